"""What every public page shows around its content; nothing is asked of the database until it does."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.pages import presenters


def site(request: HttpRequest) -> dict[str, Any]:
    """Add `menu` and `foot`, lists of links, and `host`, the office."""
    language = get_language() or ""
    return {
        "menu": SimpleLazyObject(lambda: presenters.menu(language, request.path)),
        "host": SimpleLazyObject(lambda: presenters.host(language)),
        "foot": SimpleLazyObject(lambda: presenters.foot(language)),
    }
