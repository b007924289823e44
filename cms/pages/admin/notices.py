"""Sentences out of date, told where editors come by: at a page, at a snippet, on the first page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import TranslatableMixin

from cms.core.languages import language_name
from cms.core.text.case import capfirst
from cms.pages.policy import may_translate
from cms.pages.staleness.objects import Overdue, overdue

SHOWN = 5
"""So many on the first page; the others are behind a link."""


def sentence(late: Overdue) -> str:
    """Say how much is out of date in which language."""
    text = ngettext(
        "%(language)s: %(count)d sentence is out of date.",
        "%(language)s: %(count)d sentences are out of date.",
        late.count,
    )
    return text % {"language": _language(late), "count": late.count}


def tell(request: HttpRequest, instance: Any) -> None:
    """Tell whoever opens a page or snippet which of its translations are out of date.

    A message, because it is the one thing that Wagtail's and wagtail-localize's editors both show.
    """
    if request.method != "GET" or not isinstance(instance, TranslatableMixin):
        return
    found = sorted(overdue(request.user, instance), key=_language)
    if found:
        names = [_language(late) for late in found] if len(found) > 1 else [gettext("See which")]
        buttons = [messages.button(_address(late), name) for late, name in zip(found, names, strict=True)]
        messages.info(request, " ".join(sentence(late) for late in found), buttons=buttons)


class OverduePanel(Component):
    """The first page of the admin: translations that fell behind."""

    name = "translations"
    template_name = "cms_pages/admin/overdue.html"
    order = 150

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Find them."""
        found = overdue(self.request.user) if may_translate(self.request.user) else []
        rows = [
            {"title": late.translation.source.object_repr, "text": sentence(late), "url": _address(late)}
            for late in found[:SHOWN]
        ]
        return {"rows": rows, "more": len(found) - len(rows), "all_url": reverse("translations:index")}


def _address(late: Overdue) -> str:
    return reverse("translations:detail", args=[late.translation.pk])


def _language(late: Overdue) -> str:
    return capfirst(language_name(late.translation.target_locale.language_code))
