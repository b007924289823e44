"""Numbers as people type them, read without guessing."""

import re
import unicodedata
from decimal import Decimal

MOST_DIGITS = 15
"""What a spreadsheet keeps exactly; nothing that is asked here is larger."""

PLACES_OF_MONEY = 2

_MARKS = str.maketrans(
    {"\u066b": ".", "\u060c": ",", "\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"}
)
"""Arabic decimal mark and comma, and the signs that editors put in the place of a minus."""

_STEERING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Signs without a width, which come along when a number is copied."""

_GAPS = "[\\s'\u2018\u2019\u02bc\u066c]+"
"""What sets thousands apart beside point and comma: spaces of every width, apostrophes, U+066C."""

_GAP = re.compile(rf"(?<=\d){_GAPS}(?=\d)")
_LOOSE = re.compile(_GAPS)
_ONLY_DIGITS = re.compile(r"[-+]?[\d.,_]+")

_WHOLE = re.compile(r"\d+", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}([.,_])\d{3}(?:\1\d{3})*", re.ASCII)
_FRACTION = re.compile(r"(\d{1,3}([.,_])\d{3}(?:\2\d{3})*|\d*)([.,])(\d+)", re.ASCII)
_NOTHING_BEHIND = re.compile(r"(?<=\d)[.,]-{0,2}\Z", re.ASCII)
"""The end of "800,-" and "800."."""


class UnclearError(ValueError):
    """One mark with three digits behind it: thousands to some, a fraction to others."""

    def __init__(self, fraction: Decimal, thousands: Decimal) -> None:
        super().__init__("A single mark with three digits behind it.")
        self.fraction = fraction
        self.thousands = thousands


class TooLongError(ValueError):
    """More digits than anything that is counted here."""


def read(text: str, *, places: int) -> Decimal | None:
    """Return the number that was typed, or None if it is none.

    Point and comma may both be the decimal mark, digits may be of any script. Where at most two
    places are wanted, "1.250" is 1250; where three or more are, nobody can tell.

    Raises:
        UnclearError: It may be a fraction or thousands.
        TooLongError: It has more than fifteen digits.

    """
    plain = _STEERING.sub("", text.translate(_MARKS))
    plain = _LOOSE.sub("", _GAP.sub("_", plain))
    if len(plain) > MOST_DIGITS * 4:
        if _ONLY_DIGITS.fullmatch(plain):
            raise TooLongError
        return None
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    minus, plain = plain.startswith("-"), plain[1:] if plain[:1] in {"+", "-"} else plain
    number = _unsigned(_NOTHING_BEHIND.sub("", plain), places)
    if number is None:
        return None
    if len(number.as_tuple().digits) > MOST_DIGITS:
        raise TooLongError
    return -number if minus and number else number


def _unsigned(plain: str, places: int) -> Decimal | None:
    if _WHOLE.fullmatch(plain):
        return Decimal(plain)
    if grouped := _THOUSANDS.fullmatch(plain):
        return _thousands(plain.split(grouped[1]), grouped[1], places)
    broken = _FRACTION.fullmatch(plain)
    if broken is None or broken[2] == broken[3]:
        return None
    before = broken[1].replace(broken[2], "") if broken[2] else broken[1]
    return Decimal(f"{before or 0}.{broken[4]}")


def _thousands(parts: list[str], mark: str, places: int) -> Decimal | None:
    first, *others = parts
    may_be_fraction = mark != "_" and len(others) == 1
    if first.startswith("0"):  # "0.125" groups nothing.
        return Decimal(".".join(parts)) if may_be_fraction else None
    if may_be_fraction and places > PLACES_OF_MONEY:
        raise UnclearError(Decimal(".".join(parts)), Decimal("".join(parts)))
    return Decimal("".join(parts))
