"""Choosers in the language of whoever looks.

Wagtail translates some of their words once: when it is imported, or when the first editor opens a
form. Everybody else would read them in the language of the site or of that editor.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as wagtails  # A name that `make messages` does not collect.
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.snippets.widgets import AdminSnippetChooser

WORDS = {
    "choose_one_text": "Choose",
    "choose_another_text": "Choose another",
    "edit_item_text": "Edit",
    "search_tab_label": "Search",
    "create_action_label": "Create",
}
"""What every chooser starts with, by the attribute of Wagtail's viewset."""


def _choose(name: Any) -> str:
    sentence = "Choose %(object)s"
    return gettext(sentence) % {"object": name}


choose = lazy(_choose, str)


def begin(chooser: AdminSnippetChooser, model: Any = None, **options: Any) -> None:
    """Start a snippet's chooser: only "Choose" names what, since "another" has a gender in most languages."""
    chooser.model = model or chooser.model
    chooser.choose_one_text = choose(chooser.model._meta.verbose_name)
    BaseChooser.__init__(chooser, **options)


def install() -> None:
    """Let every chooser of Wagtail translate its words when they are shown."""
    for name, word in WORDS.items():
        setattr(ChooserViewSet, name, wagtails(word))
    AdminSnippetChooser.__init__ = begin
