"""What a zone does to clocks, as calendars write it: VTIMEZONE (RFC 5545, section 3.6.5).

icalendar writes one too, but lets summer begin an hour late: it gives each onset as clocks show it
afterwards, where the RFC wants what they would have shown without the change.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY, WEEK, SECOND = timedelta(days=1), timedelta(weeks=1), timedelta(seconds=1)


class Offset(NamedTuple):
    """How far clocks are from UTC, before and after they are set."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool


class Change(NamedTuple):
    """A moment at which clocks are set, as they would have shown it without."""

    wall: datetime
    offset: Offset


def vtimezone(zone: str, first: int, last: int) -> Timezone:
    """Return a VTIMEZONE that is right for all moments of the years from `first` to `last`.

    What comes back in the same way each year is one rule, which every program can follow; other
    changes stand one by one. A zone whose clocks are left alone has one standard time.

    Raises:
        ZoneInfoNotFoundError: There is no such zone.

    """
    component = Timezone()
    component.add("TZID", zone)
    changes = _changes(zone, first - 1, last + 1)
    if not changes or changes[0].wall.year >= first:
        begin = datetime.combine(date(first - 1, 1, 1), time())
        component.add_component(_observance(begin, _steady(zone, begin)))
    for offset, group in groupby(sorted(changes, key=attrgetter("offset")), attrgetter("offset")):
        walls = [change.wall for change in group]
        yearly = _rule(walls) if [wall.year for wall in walls] == [*range(first - 1, last + 2)] else None
        for wall in walls[:1] if yearly else walls:
            component.add_component(_observance(wall, offset, yearly))
    return component


def _observance(begin: datetime, offset: Offset, yearly: vRecur | None = None) -> Component:
    component: Component = TimezoneDaylight() if offset.summer else TimezoneStandard()
    component.add("DTSTART", begin)
    component.add("TZOFFSETFROM", offset.before)
    component.add("TZOFFSETTO", offset.after)
    component.add("TZNAME", offset.name)
    if yearly:
        component.add("RRULE", yearly)
    return component


def _rule(walls: list[datetime]) -> vRecur | None:
    """Return "the last Sunday of March" where that is what all of them are."""
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) > 1:
        return None
    weeks = {(wall.day - 1) // 7 + 1 for wall in walls}
    if all((wall + WEEK).month != wall.month for wall in walls):
        weeks = {-1}
    if len(weeks) > 1:
        return None
    day = f"{weeks.pop()}{WEEKDAYS[walls[0].weekday()]}"
    return vRecur({"FREQ": "YEARLY", "BYMONTH": walls[0].month, "BYDAY": day})


@lru_cache(maxsize=64)
def _changes(zone: str, first: int, last: int) -> tuple[Change, ...]:
    home = ZoneInfo(zone)
    days = (date(last + 1, 1, 1) - date(first, 1, 1)).days
    begin = datetime(first, 1, 1, tzinfo=UTC)
    edges = ((begin + DAY * day, begin + DAY * (day + 1)) for day in range(days))
    return tuple(_change(home, *edge) for edge in edges if _differ(home, *edge))


def _differ(home: ZoneInfo, one: datetime, other: datetime) -> bool:
    return one.astimezone(home).utcoffset() != other.astimezone(home).utcoffset()


def _change(home: ZoneInfo, before: datetime, after: datetime) -> Change:
    """Find the second between two moments at which the clocks are set."""
    while after - before > SECOND:
        middle = before + (after - before) // 2 // SECOND * SECOND
        before, after = (before, middle) if _differ(home, before, middle) else (middle, after)
    old, new = before.astimezone(home), after.astimezone(home)
    offset = Offset(_utcoffset(old), _utcoffset(new), new.tzname() or "", bool(new.dst()))
    return Change((after + offset.before).replace(tzinfo=None), offset)


def _steady(zone: str, begin: datetime) -> Offset:
    there = begin.replace(tzinfo=ZoneInfo(zone))
    return Offset(_utcoffset(there), _utcoffset(there), there.tzname() or "", bool(there.dst()))


def _utcoffset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()
