"""Opening hours: who asks at a moment learns whether somebody is there, and else when.

Wall times of the site's zone; whatever is compared is compared as moments, so that nothing is off by
an hour when clocks change. Nothing here asks the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

AHEAD: Final = 60
"""Days for which exceptions are announced."""

LOOKED_AT: Final = 400
"""Days after which nobody looks for the next opening any more: a year and a closed summer."""

WORKDAYS: Final = (1, 2, 3, 4, 5)


class Span(NamedTuple):
    """From when to when, wall time, on one day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Change:
    """Days on which the week does not count: other hours, or nobody is there."""

    first: date
    last: date
    span: Span | None = None
    reason: str = ""

    @property
    def days(self) -> int:
        """For how many days it holds."""
        return (self.last - self.first).days + 1


class Opening(NamedTuple):
    """A time at which somebody is there, as two moments of the zone."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a week, and the changes to it."""

    week: dict[int, tuple[Span, ...]]
    """ISO weekday → spans of the day, in order, none touching another."""

    changes: tuple[Change, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.week or self.changes)

    def rows(self) -> list[tuple[int, tuple[Span, ...]]]:
        """Return the days to show: Monday to Friday, and the weekend if somebody is there then."""
        weekend = [day for day in (6, 7) if day in self.week]
        days = [*WORKDAYS, 6, 7] if weekend else WORKDAYS
        return [(day, self.week.get(day, ())) for day in days] if self.week else []

    def on(self, day: date) -> tuple[Span, ...]:
        """Return the spans of one day.

        Of changes that overlap, the one for the fewest days counts: "closed in August, but open on
        the 12th". Among equals, closed wins; other hours for the same days add up.
        """
        holding = [change for change in self.changes if change.first <= day <= change.last]
        if not holding:
            return self.week.get(day.isoweekday(), ())
        fewest = min(change.days for change in holding)
        spans = [change.span for change in holding if change.days == fewest]
        return () if None in spans else joined(span for span in spans if span)

    def openings(self, moment: datetime) -> Iterator[Opening]:
        """Yield the openings that end after the moment, which is of the zone."""
        for count in range(LOOKED_AT):
            day = moment.date() + timedelta(days=count)
            for span in self.on(day):
                opening = Opening(*(datetime.combine(day, at, moment.tzinfo) for at in span))
                # In the hour that a clock leaves out, nobody can be there.
                if max(_utc(opening.opens), _utc(moment)) < _utc(opening.closes):
                    yield opening

    def now(self, moment: datetime) -> Opening | None:
        """Return the opening that the moment lies in."""
        first = next(self.openings(moment), None)
        return first if first and _utc(first.opens) <= _utc(moment) else None

    def next_opening(self, moment: datetime) -> Opening | None:
        """Return the first opening that begins after the moment."""
        return next((item for item in self.openings(moment) if _utc(item.opens) > _utc(moment)), None)

    def ahead(self, day: date, *, days: int = AHEAD) -> list[Change]:
        """Return the changes that are not over and begin soon, in their order."""
        until = day + timedelta(days=days)
        soon = [change for change in self.changes if change.last >= day and change.first <= until]
        return sorted(soon, key=lambda change: (change.first, change.last, change.span or ()))


def read(times: Iterable[Any], exceptions: Iterable[Any], reasons: Mapping[str, str] | None = None) -> Hours:
    """Return the hours of the two streams of an `OpeningHours`; `reasons` translate some, by block id."""
    week: dict[int, list[Span]] = {}
    for block in times:
        week.setdefault(int(block.value["day"]), []).append(Span(block.value["opens"], block.value["closes"]))
    translated = reasons or {}
    changes = [_change(block.value, translated.get(block.id, "")) for block in exceptions]
    return Hours({day: joined(spans) for day, spans in sorted(week.items())}, tuple(changes))


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order; those that overlap or touch become one, those without length go."""
    result: list[Span] = []
    for span in sorted(span for span in spans if span.opens < span.closes):
        if result and span.opens <= result[-1].closes:
            result[-1] = Span(result[-1].opens, max(result[-1].closes, span.closes))
        else:
            result.append(span)
    return tuple(result)


def _change(value: Any, reason: str) -> Change:
    whole = value["opens"] and value["closes"]
    span = Span(value["opens"], value["closes"]) if whole else None
    last = max(value["last"] or value["first"], value["first"])
    return Change(value["first"], last, span, reason or value["reason"] or "")


def _utc(moment: datetime) -> datetime:
    # Two times of one zone are compared by their hands, not by when they are.
    return moment.astimezone(UTC)
