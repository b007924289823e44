"""Passages that keep their own direction inside a line of the other one."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from cms.core.languages import direction

NOTHING = mark_safe("")


def ltr(text: object) -> SafeString:
    """Return a number, code, address or time that always runs from left to right, as HTML.

    Without it the parts of "+995 555 00 00 00" and "9:00–12:00" change places in Arabic.
    """
    return format_html('<bdi dir="ltr">{}</bdi>', text) if str(text) else mark_safe("")


def kept_in_line(text: str) -> SafeString:
    """Return the same only where the language in use runs from right to left; elsewhere just escaped."""
    return ltr(text) if get_language_bidi() else format_html("{}", text)


def foreign(language: str) -> SafeString:
    """`<p{{ notice.language|foreign }}>`: lang and dir, where they differ from what is around.

    A passage without a language is the reader's.
    """
    if not language or language == get_language():
        return NOTHING
    return format_html(' lang="{}" dir="{}"', language, direction(language))


def told_in(text: str, language: str) -> str:
    """`{{ step.title|told_in:step.language }}`: the same around a few words inside a line."""
    if not text or not language or language == get_language():
        return text
    return format_html("<bdi{}>{}</bdi>", foreign(language), text)


def joined(mark: str, parts: Iterable[str]) -> str:
    """Put parts together with a mark between them; HTML where one of them is."""
    every = list(parts)
    if not any(isinstance(part, SafeData) for part in every):
        return mark.join(every)
    return format_html_join(mark, "{}", ((part,) for part in every))


def quoting(sentence: str, **quoted: Any) -> str:
    """Fill the blanks of a sentence; HTML where a part is, as `told_in` makes it."""
    if not any(isinstance(part, SafeData) for part in quoted.values()):
        return sentence % quoted
    parts = {name: conditional_escape(part) for name, part in quoted.items()}
    return mark_safe(conditional_escape(sentence) % parts)  # noqa: S308 - every part is escaped here
