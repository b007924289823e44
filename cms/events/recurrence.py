"""Dates that repeat: a part of RFC 5545 (section 3.3.10) that people can say in one line.

Every second week on Tuesday and Thursday, or each month on its first Monday, until a day, without
some days. All times are wall times: a workshop at 18:00 stays at 18:00 when the clocks are set.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final, Literal

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekday
from django.utils.translation import gettext, ngettext, pgettext

from cms.core.formats import dates
from cms.core.formats.numbers import number
from cms.core.text.listed import listed
from cms.core.typed import kept_ltr

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SUNDAY: Final = 6
LAST: Final = -1
NTHS: Final = (1, 2, 3, 4, LAST)
MOST: Final = 400
"""More dates than anybody plans by one rule."""

LONGEST_STEP: Final = 52
MINUTES_OF_A_DAY: Final = 24 * 60

Freq = Literal["weekly", "monthly"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How dates repeat.

    Attributes:
        freq: By weeks or by months.
        interval: 2 for every second week or month.
        weekdays: 0 is Monday; in order. One alone where months are counted.
        nth: Which of the month's weekdays: 1 to 4, or -1 for the last; None where weeks are counted.
        starts: When the first one begins, or the first that fits after it; naive.
        minutes: How long each takes.
        until: The last day on which one may begin.
        skip: Days without.

    Raises:
        ValueError: The parts do not fit together; the message says which.

    """

    freq: Freq
    interval: int
    weekdays: tuple[int, ...]
    nth: int | None
    starts: datetime
    minutes: int
    until: date | None = None
    skip: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        _must(self.freq in {"weekly", "monthly"}, "A rule counts weeks or months.")
        _must(1 <= self.interval <= LONGEST_STEP, f"A step is 1 to {LONGEST_STEP} weeks or months.")
        _must(bool(self.weekdays), "A rule has a weekday.")
        _must(set(self.weekdays) <= set(range(7)), "Weekdays are 0 to 6.")
        _must(list(self.weekdays) == sorted(set(self.weekdays)), "Weekdays stand in order, each once.")
        if self.freq == "weekly":
            _must(self.nth is None, "Of a week there is no second Monday.")
        else:
            _must(self.nth in NTHS, "Of a month, the first to fourth or the last weekday can be taken.")
            _must(len(self.weekdays) == 1, "Of a month, one weekday can be taken.")
        _must(self.starts.tzinfo is None, "A wall time carries no zone of its own.")
        _must(not (self.starts.second or self.starts.microsecond), "Wall times are of whole minutes.")
        _must(1 <= self.minutes <= MINUTES_OF_A_DAY, "A date takes a minute at least, a day at most.")
        _must(self.until is None or self.until >= self.starts.date(), "A rule ends after it starts.")


def _must(fits: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence: it must be so
    if not fits:
        raise ValueError(message)


def occurrences(rule: Rule, *, after: date, before: date) -> list[tuple[datetime, datetime]]:
    """Return when dates begin and end, of those that begin on a day from `after` to `before`.

    Both days are included. They are in order, and the first four hundred at most.
    """
    return list(islice(_between(rule, after, before), MOST))


def _between(rule: Rule, after: date, before: date) -> Iterator[tuple[datetime, datetime]]:
    length = timedelta(minutes=rule.minutes)
    last = min(filter(None, (before, rule.until)))
    for start in _rrule(rule, last):
        if start.date() >= after and start.date() not in rule.skip:
            yield start, start + length


def _rrule(rule: Rule, last: date) -> rrule:
    days = [weekday(day, rule.nth) for day in rule.weekdays]
    end = datetime.combine(last, time.max)
    return rrule(
        WEEKLY if rule.freq == "weekly" else MONTHLY,
        dtstart=rule.starts,
        interval=rule.interval,
        byweekday=days,
        wkst=MO,
        until=end,
    )


# --- As text ----------------------------------------------------------------------------------------

_MOMENT: Final = "%Y%m%dT%H%M%S"
_MOMENT_SIGNS = re.compile(r"\d{8}T\d{6}", re.ASCII)
_LENGTH = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,4})M)?", re.ASCII)
_DAY = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


def to_rrule(rule: Rule) -> str:
    """Return a rule as lines of RFC 5545: DTSTART, DURATION, RRULE and, where days are left out, EXDATE.

    The times are local ones without a zone, so UNTIL is too (section 3.3.10).
    """
    nth = rule.nth or ""
    parts = [f"FREQ={rule.freq.upper()}", f"INTERVAL={rule.interval}"]
    parts.append("BYDAY=" + ",".join(f"{nth}{WEEKDAYS[day]}" for day in rule.weekdays))
    if rule.until:
        parts.append(f"UNTIL={_written(datetime.combine(rule.until, time(23, 59, 59)))}")
    lines = [f"DTSTART:{_written(rule.starts)}", f"DURATION:PT{rule.minutes}M", f"RRULE:{';'.join(parts)}"]
    if rule.skip:
        at = rule.starts.time()
        lines.append("EXDATE:" + ",".join(_written(datetime.combine(day, at)) for day in sorted(rule.skip)))
    return "\n".join(lines)


def parse(text: str) -> Rule:
    """Return the rule of such lines.

    Raises:
        ValueError: Something in it is not understood, or not among what a rule can say.

    """
    lines = _pairs(text.split(), ":", known={"DTSTART", "DURATION", "RRULE", "EXDATE"})
    missing = {"DTSTART", "DURATION", "RRULE"} - lines.keys()
    _must(not missing, f"A rule needs {', '.join(sorted(missing))}.")
    starts = _read(lines["DTSTART"])
    parts = _pairs(lines["RRULE"].split(";"), "=", known={"FREQ", "INTERVAL", "BYDAY", "UNTIL", "WKST"})
    _must(parts.get("WKST", "MO") == "MO", "Weeks begin on Monday.")
    nth, weekdays = _days(parts.get("BYDAY", ""))
    return Rule(
        freq=_freq(parts.get("FREQ", "")),
        interval=_whole(parts.get("INTERVAL", "1")),
        weekdays=weekdays,
        nth=nth,
        starts=starts,
        minutes=_minutes(lines["DURATION"]),
        until=_last_day(parts["UNTIL"], starts.time()) if "UNTIL" in parts else None,
        skip=_skipped(lines["EXDATE"], starts.time()) if "EXDATE" in lines else frozenset(),
    )


def _pairs(items: list[str], mark: str, *, known: set[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for item in items:
        name, found, value = item.partition(mark)
        _must(bool(found and value) and name in known, f"{name} is not among what a rule can say.")
        _must(name not in pairs, f"{name} stands there twice.")
        pairs[name] = value
    return pairs


def _freq(text: str) -> Freq:
    if text == "WEEKLY":
        return "weekly"
    _must(text == "MONTHLY", "A rule counts weeks or months.")
    return "monthly"


def _days(text: str) -> tuple[int | None, tuple[int, ...]]:
    found = [_DAY.fullmatch(item) for item in text.split(",")]
    read = [(int(match[1]) if match[1] else None, WEEKDAYS.index(match[2])) for match in found if match]
    nths = {nth for nth, _ in read}
    _must(len(read) == len(found) and len(nths) == 1, "BYDAY names weekdays, all counted alike.")
    return nths.pop(), tuple(sorted(day for _, day in read))


def _minutes(text: str) -> int:
    match = _LENGTH.fullmatch(text)
    if not match:
        raise ValueError("DURATION is told in hours and minutes.")
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def _last_day(text: str, at: time) -> date:
    """Return the last day on which a date at this time is not after UNTIL."""
    end = _read(text if "T" in text else f"{text}T235959")
    return end.date() if end.time() >= at else end.date() - timedelta(days=1)


def _skipped(text: str, at: time) -> frozenset[date]:
    moments = [_read(item) for item in text.split(",")]
    _must(all(moment.time() == at for moment in moments), "EXDATE names times of the rule.")
    return frozenset(moment.date() for moment in moments)


def _whole(text: str) -> int:
    _must(text.isascii() and text.isdecimal(), "INTERVAL is a number.")
    return int(text[:4])


def _read(text: str) -> datetime:
    _must(bool(_MOMENT_SIGNS.fullmatch(text)), "Times are written as 20261103T090000, without a zone.")
    return datetime.strptime(text, _MOMENT)  # noqa: DTZ007 - wall time


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("-", "").replace(":", "")


# --- For people -------------------------------------------------------------------------------------


def told(rule: Rule) -> str:
    """Return "Every week: Tuesday, Thursday, 9:00–12:00" in the language in use, as plain text.

    The day stands alone behind the colon, so that no language has to bend its name.
    """
    begin = rule.starts.time()
    end = (rule.starts + timedelta(minutes=rule.minutes)).time()
    return _every(rule) % {
        "count": number(rule.interval),
        "days": listed(_day(day, rule.nth) for day in rule.weekdays),
        "time": kept_ltr(dates.clock_span(begin, end)),
    }


def _every(rule: Rule) -> str:
    if rule.freq == "weekly":
        return ngettext(
            "Every week: %(days)s, %(time)s", "Every %(count)s weeks: %(days)s, %(time)s", rule.interval
        )
    return ngettext(
        "Every month: %(days)s, %(time)s", "Every %(count)s months: %(days)s, %(time)s", rule.interval
    )


def _day(day: int, nth: int | None) -> str:
    """Return "Monday" or "first Monday"; Sunday apart, which is the one feminine day in Italian."""
    name = dates.weekday_name(day)
    if nth is None:
        return name
    if day == SUNDAY:
        counted = {
            1: pgettext("Sunday", "first %(day)s"),
            2: pgettext("Sunday", "second %(day)s"),
            3: pgettext("Sunday", "third %(day)s"),
            4: pgettext("Sunday", "fourth %(day)s"),
            LAST: pgettext("Sunday", "last %(day)s"),
        }
    else:
        counted = {
            1: gettext("first %(day)s"),
            2: gettext("second %(day)s"),
            3: gettext("third %(day)s"),
            4: gettext("fourth %(day)s"),
            LAST: gettext("last %(day)s"),
        }
    return counted[nth] % {"day": name}
