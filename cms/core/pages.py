"""The base of every page type.

An abstract class, not Wagtail's swappable base page: that one breaks wagtail-localize.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


class BasePage(Page):
    """A page that knows where it stands in other languages."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `translations`, language code → address, for the language switch."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        siblings = self.get_translations(inclusive=True).live().public().select_related("locale")
        addresses = {page.locale.language_code: page.get_url(request) for page in siblings}
        context["translations"] = {code: address for code, address in addresses.items() if address}
        return context
