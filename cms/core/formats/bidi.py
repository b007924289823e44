"""Passages that keep their own direction inside a line of the other one."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi


def ltr(text: object) -> SafeString:
    """Return a number, code, address or time that always runs from left to right, as HTML.

    Without it the parts of "+995 555 00 00 00" and "9:00–12:00" change places in Arabic.
    """
    return format_html('<bdi dir="ltr">{}</bdi>', text) if str(text) else mark_safe("")


def kept_in_line(text: str) -> SafeString:
    """Return the same only where the language in use runs from right to left; elsewhere just escaped."""
    return ltr(text) if get_language_bidi() else format_html("{}", text)
