"""What must hold before a translation goes public."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.models import TranslatableMixin

from cms.pages.staleness.queries import translation_into


def refuse_half_done(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Refuse to publish a translation in which sentences are missing or out of date.

    wagtail-localize would put those of the original in their place: a page in two languages, one of
    them under the wrong name. What was translated so far is kept.
    """
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_into(instance) if isinstance(instance, TranslatableMixin) else None
    if translation is None:
        return None
    total, done = translation.get_progress()
    if total == done:
        return None
    text = ngettext(
        "Not published: %(count)d sentence is not translated from the present text. What you did is kept.",
        "Not published: %(count)d sentences are not translated from the present text. What you did is kept.",
        total - done,
    )
    detail = reverse("translations:detail", args=[translation.pk])
    messages.error(
        request, text % {"count": total - done}, buttons=[messages.button(detail, gettext("See which"))]
    )
    return redirect(request.get_full_path())
