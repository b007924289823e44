"""Numbers as each language writes them, bound so that no line breaks inside. Plain text, no HTML."""

from decimal import Decimal

from django.utils import formats, numberformat
from django.utils.translation import get_language

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_OF_OURS = {"ar": (",", NO_BREAK_SPACE)}
"""Decimal mark and thousands where Django says nothing of use: it does not group Arabic at all."""


def number(value: Decimal | int, *, places: int | None = None) -> str:
    """Return a number with its thousands apart; `places` are the digits behind the mark.

    Raises:
        TypeError: The value is a float, which is not what was counted or paid.

    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"Numbers for people are Decimal or int, not {type(value).__name__}.")
    mark, thousands = _OF_OURS.get(get_language() or "") or (
        formats.get_format("DECIMAL_SEPARATOR"),
        formats.get_format("THOUSAND_SEPARATOR"),
    )
    size = -value if value < 0 else value
    digits = numberformat.format(
        size, mark, decimal_pos=places, grouping=3, thousand_sep=thousands, force_grouping=True
    )
    return f"{MINUS}{digits}" if value < 0 else digits


def percent(value: Decimal | int, *, places: int | None = None) -> str:
    """Return a share of a hundred: 83 gives "83 %", bound."""
    return f"{number(value, places=places)}{NO_BREAK_SPACE}%"
