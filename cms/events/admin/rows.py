"""Facts beside the rows of a list, found for the rows of one page together."""

from typing import Any, NamedTuple

from cms.core import clock
from cms.core.formats.numbers import number
from cms.events import seats, told
from cms.events.models import Event, Occurrence
from cms.events.presenters.seats_page import taken_of
from cms.events.queries import places_of
from cms.events.queries.staff import upcoming


class DateFacts(NamedTuple):
    """What a list says of a date."""

    when: str
    where: str
    standing: str
    seats: str
    waiting: str


def facts_of_dates(dates: list[Occurrence]) -> dict[int, DateFacts]:
    """Return the facts by key; as many questions for three dates as for thirty."""
    now = clock.now()
    places, counts = places_of(dates), seats.count_all(dates, at=now)
    return {
        date.pk: DateFacts(
            told.when(date),
            told.where(date, places[date.pk]),
            str(date.standing(now).label),
            taken_of(counts[date.pk]),
            number(counts[date.pk].waiting) if counts[date.pk].waiting else "",
        )
        for date in dates
    }


class EventFacts(NamedTuple):
    """What a list says of an event: its next date, and the seats of all that are ahead."""

    next: str = ""
    seats: str = ""
    waiting: str = ""


def facts_of_events(events: list[Event]) -> dict[int, EventFacts]:
    """Return the facts by key, in as many questions at any length."""
    now = clock.now()
    ahead = upcoming(events, now)
    counts = seats.count_all([date for dates in ahead.values() for date in dates], at=now)
    return {key: _event(dates, counts) if dates else EventFacts() for key, dates in ahead.items()}


def _event(dates: list[Occurrence], counts: dict[int, seats.Seats]) -> EventFacts:
    lefts = [counts[date.pk] for date in dates]
    limited = all(left.capacity is not None for left in lefts)
    together = seats.Seats(
        capacity=sum(left.capacity or 0 for left in lefts) if limited else None,
        confirmed=sum(left.confirmed for left in lefts),
        offered=sum(left.offered for left in lefts),
    )
    waiting = sum(left.waiting for left in lefts)
    return EventFacts(told.when(dates[0]), taken_of(together), number(waiting) if waiting else "")


class Facts:
    """Mixin of a list: puts `facts` on the rows of the page before they are drawn."""

    def facts_of(self, rows: list[Any]) -> dict[int, Any]:
        """Return the facts by key of the row."""
        raise NotImplementedError

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Find the facts of this page alone."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)  # type: ignore[misc]  # of the view
        rows = list(context["object_list"])
        facts = self.facts_of(rows)
        for row in rows:
            row.facts = facts[row.pk]
        context["table"].data = rows
        return context


def fact(name: str) -> Any:
    """Return an accessor of one fact, for a column."""
    return lambda row: getattr(row.facts, name)
