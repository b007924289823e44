"""What a cell of a spreadsheet may hold.

A text that begins like a formula becomes one when a spreadsheet opens the file: it can send the
rest of the sheet to a stranger. Texts stay texts, numbers and dates stay what they are.
"""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

Cell = str | int | Decimal | bool | date | time | None
"""Also datetime, which is a date; an aware one is written as clocks of the site show it."""

_FORMULA = frozenset("=+-@")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return the text with lines that end alike, and a mark for what XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def begins_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula, whatever invisible stands before it."""
    if text.startswith(("\t", "\r", "\n")):
        return True
    for letter in text:
        if letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf"}:
            continue
        return unicodedata.normalize("NFKC", letter)[:1] in _FORMULA
    return False


def local(moment: datetime) -> datetime:
    """Return a moment as clocks of the site show it: spreadsheets know no zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment
