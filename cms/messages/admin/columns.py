"""Columns that know about languages and telephones."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.tables import Column, StatusTagColumn

from cms.core.languages import direction, own_name
from cms.messages.enums import MessageState
from cms.messages.models import Message

GOOD = {MessageState.SENT, MessageState.REACHED}


class LanguageColumn(Column):
    """A language in its own words."""

    def get_value(self, instance: Message) -> str:
        """Return the language's own name."""
        return own_name(instance.language)


class PhoneColumn(Column):
    """A number to ring, read from left to right in every language."""

    cell_template_name = "messages/admin/phone_cell.html"


class SpokenColumn(Column):
    """What to read out, in the language and the direction of the person."""

    cell_template_name = "messages/admin/spoken_cell.html"

    def get_cell_context_data(self, instance: Message, parent_context: Any) -> Any:
        """Add the direction."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"direction": direction(instance.language)}


class StateColumn(StatusTagColumn):
    """A state as a tag: filled once the person has been told."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, accessor="get_state_display", primary=self.is_good, **kwargs)

    @staticmethod
    def is_good(instance: Message) -> bool:
        """Tell whether the message got through."""
        return instance.state in GOOD


class CallButtonsColumn(Column):
    """The three ends a call can have."""

    cell_template_name = "messages/admin/call_buttons_cell.html"

    def get_cell_context_data(self, instance: Message, parent_context: Any) -> Any:
        """Add the addresses of the confirmation pages."""
        context = super().get_cell_context_data(instance, parent_context)
        names = ("reached", "missed", "given_up")
        urls = {name: reverse(f"calls:{name}", args=(instance.pk,)) for name in names}
        return context | {"urls": urls}
