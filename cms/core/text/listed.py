"""Words in one line, with the comma of the language in use."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(parts: Iterable[object]) -> str:
    """Return "a, b, c", in Arabic with its own comma; what is empty is left out."""
    separator = pgettext("between the items of a list", ", ")
    return separator.join(text for text in map(str, parts) if text)
