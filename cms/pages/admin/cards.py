"""A sentence as translators see it: what it was, what it is, and its translation."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib.admin.utils import quote as quote_key
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from wagtail.models import Page

from cms.core.text.case import capfirst
from cms.core.text.differences import Piece, differences
from cms.pages.staleness.lines import Line
from cms.pages.staleness.wording import plain

FOUND_BY = 6
"""So many words lead a browser to a sentence in the editor."""


@dataclass(frozen=True, slots=True)
class Card:
    """One sentence; `before` is empty unless it was reworded."""

    line: Line
    place: str
    before: list[Piece]
    after: list[Piece]
    translation: str
    editor: str

    @property
    def only_markup(self) -> bool:
        """Whether the words are the same, and bold type or a link was changed."""
        return bool(self.before) and not any(piece.changed for piece in [*self.before, *self.after])


def card(line: Line, *, model: Any, editor: str) -> Card:
    """Return a sentence with its changed words marked.

    Args:
        line: the sentence.
        model: the class of what it belongs to.
        editor: the address where it is translated.

    """
    text = plain(line.text)
    before, after = (
        differences(plain(line.earlier), text) if line.earlier else ([], [Piece(text, changed=False)])
    )
    return Card(
        line=line,
        place=_place(model, line.path),
        before=before,
        after=after,
        translation=plain(line.translation),
        editor=f"{editor}{_fragment(line.text)}",
    )


def edit_url(model: Any, pk: Any) -> str:
    """Return where a page or snippet is edited; of a translation, where it is translated."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[quote_key(pk)])


def submit_url(model: Any, pk: Any) -> str:
    """Return where a page or snippet is sent to translators."""
    if issubclass(model, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[pk])
    names = [model._meta.app_label, model._meta.model_name, quote_key(pk)]
    return reverse("wagtail_localize:submit_snippet_translation", args=names)


def _place(model: Any, path: str) -> str:
    try:
        found = model._meta.get_field(path.partition(".")[0])
    except FieldDoesNotExist:
        return ""
    return capfirst(getattr(found, "verbose_name", ""))


def _fragment(data: str) -> str:
    """Return what makes a browser scroll to a sentence: the editor gives it no address.

    The editor shows the sentence as it is kept, markup and all.
    """
    start = quote(" ".join(data.split()[:FOUND_BY]), safe="").replace("-", "%2D")
    return f"#:~:text={start}" if start else ""
