"""Dates, spans and times as each language writes them. Plain text, no HTML.

Why not Babel: 33 MB of data, of which little would stay. Its Georgian puts a comma before the year
and cannot say "2023 წლის ნოემბერი", and its spans shorten the names of months in every language.
The names come from Django's catalogues; the patterns are Django's letters.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import dateformat, formats, timezone
from django.utils.translation import get_language

from cms.core.partial import PartialDate

DASH = "\u2013"


class Patterns(NamedTuple):
    """How one language writes a day, its weekday, a month, and the beginning of a span."""

    day: str
    weekday: str
    month: str
    day_of_month: str = "j"
    day_of_year: str = "j F"


PATTERNS = {
    "ka": Patterns("j F Y", "l, j F Y", "Y წლის F"),
    "it": Patterns("j F Y", "l j F Y", "F Y"),
    "de": Patterns("j. F Y", "l, j. F Y", "F Y", "j.", "j. F"),
    "en": Patterns("j F Y", "l, j F Y", "F Y"),
    "ar": Patterns("j F Y", "l، j F Y", "F Y"),
}

_SMALL_NAMES = frozenset({"it"})
"""Languages that write months and weekdays small, while Django's catalogue has capitals."""


def day(value: date | PartialDate) -> str:
    """Return "8 December 2020"; of a partial date as much as is known; of a moment the local day."""
    if isinstance(value, PartialDate):
        return partial(value)
    return _written(value, _patterns().day)


def day_of_year(value: date) -> str:
    """Return "8 December", where the year is known from what is around."""
    return _written(value, _patterns().day_of_year)


def month_name(value: date | PartialDate) -> str:
    """Return "December"."""
    return _written(_begin(value), "F")


def short(value: date) -> str:
    """Return "08.12.2020", or what is usual in the language."""
    return formats.date_format(_local(value), "SHORT_DATE_FORMAT")


def weekday(value: date) -> str:
    """Return "Tuesday, 8 December 2020"."""
    return _written(value, _patterns().weekday)


def weekday_name(number: int) -> str:
    """Return "Monday" of 0, as it stands alone or inside a sentence."""
    return _written(date(2024, 1, 1 + number), "l")  # That year began on a Monday.


def month(value: date | PartialDate) -> str:
    """Return "November 2023", in Georgian "2023 წლის ნოემბერი"."""
    return _written(_begin(value), _patterns().month)


def partial(value: PartialDate) -> str:
    """Return a year, a month or a day, as exactly as it is known."""
    if value.month is None:
        return str(value.year)
    return _written(value.first, _patterns().day if value.day else _patterns().month)


def clock(value: datetime | time) -> str:
    """Return "9:00" of 24 hours; of a moment the local time."""
    return dateformat.time_format(_moment(value) if isinstance(value, datetime) else value, "G:i")


def clock_span(first: datetime | time, last: datetime | time) -> str:
    """Return "9:00–12:00"; in a line from right to left it needs `ltr`."""
    return f"{clock(first)}{DASH}{clock(last)}"


def span(first: date | PartialDate, last: date | PartialDate) -> str:
    """Return from when to when, saying nothing twice.

    "15–25 November 2026", "30 November – 2 December 2026", "November–December 2026", "2023–2025".
    Dates of different precision are both written out.
    """
    begin, end = _partial(first), _partial(last)
    if begin == end:
        return partial(begin)
    if len(begin) != len(end) or begin.year != end.year:
        gap = "" if begin.month is end.month is None else " "
        return f"{partial(begin)}{gap}{DASH}{gap}{partial(end)}"
    patterns = _patterns()
    if begin.day is None:
        name = _written(begin.first, "F")
        whole, tail = month(end), _written(end.first, "F")
        return whole.replace(tail, f"{name}{DASH}{tail}", 1)
    if begin.month == end.month:
        return f"{_written(begin.first, patterns.day_of_month)}{DASH}{day(end)}"
    return f"{_written(begin.first, patterns.day_of_year)} {DASH} {day(end)}"


def iso(value: date | time | PartialDate) -> str:
    """Return what `<time datetime>` wants; a moment has its offset."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, datetime):
        return _moment(value).isoformat(timespec="minutes")
    return value.isoformat(timespec="minutes") if isinstance(value, time) else value.isoformat()


def _partial(value: date | PartialDate) -> PartialDate:
    return value if isinstance(value, PartialDate) else PartialDate.of(_local(value))


def _begin(value: date | PartialDate) -> date:
    return value.first if isinstance(value, PartialDate) else value


def _local(value: date) -> date:
    return _moment(value) if isinstance(value, datetime) else value


def _moment(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _patterns() -> Patterns:
    known = PATTERNS.get(get_language() or "")
    if known:
        return known
    whole = str(formats.get_format("DATE_FORMAT"))  # A language added by the site: as Django has it.
    return Patterns(whole, f"l, {whole}", str(formats.get_format("YEAR_MONTH_FORMAT")))


def _written(value: date, pattern: str) -> str:
    text = dateformat.format(_local(value), pattern)
    return text.lower() if get_language() in _SMALL_NAMES else text
