"""Events and their dates: one row each, whatever the number of their languages."""

from datetime import datetime, time, timedelta
from typing import Any

from cms.accounts.models import Unit, User
from cms.core import clock
from cms.core.partial import PartialDate
from cms.demo.people import BY_CODE
from cms.demo.seed.calls import moment_of
from cms.demo.seed.content import Values
from cms.demo.seed.references import Stored
from cms.events.domain.recur import save_recurrence
from cms.events.domain.save_date import save_date
from cms.events.enums import EventState
from cms.events.models import Event, Occurrence, Recurrence, Venue
from cms.events.recurrence import Rule
from cms.forms.models import Form
from cms.pages.models import HubPage

PLAIN = ("code", "name", "kind", "number", "languages", "mediation", "people_at_most")


def seed_events(rows: list[Values], stored: Stored) -> None:
    """Add the events that are missing; their pages name them."""
    for row in rows:
        event = Event.objects.filter(code=row["code"]).first() or _made(row)
        stored.keep(event.pk, Event, event.code)


def _made(row: Values) -> Event:
    event = event_of(row)
    event.unit = Unit.objects.get(code=row["unit"])
    event.form = Form.objects.get(code=row["form"])
    event.full_clean()
    event.save()
    return event


def event_of(row: Values) -> Event:
    """Return an event that is not saved yet, without unit and form."""
    return Event(state=EventState.LIVE, **{name: row[name] for name in PLAIN if name in row})


def seed_dates(rows: list[Values], stored: Stored) -> None:
    """Add the dates of events that have none; they name venues and hubs, which are pages."""
    manager = User.objects.get(email=BY_CODE["event_manager"].email)
    for row in rows:
        event = Event.objects.get(code=row["code"])
        if event.occurrences.exists():
            continue
        for date in row.get("date", ()):
            occurrence = date_of(date)
            occurrence.event = event
            _place(occurrence, date, stored)
            save_date(occurrence=occurrence, by=manager)
        if "recurrence" in row:
            seats = {name: row["recurrence"].get(name) for name in ("capacity", "waiting_limit")}
            recurrence = Recurrence(event=event, **seats)
            _place(recurrence, row["recurrence"], stored)
            save_recurrence(recurrence=recurrence, rule=rule_of(row["recurrence"]), known=(), by=manager)


def date_of(row: Values) -> Occurrence:
    """Return a date that is not saved yet, without event and place."""
    return Occurrence(
        on=_day(row["on"]),
        begins=_hour(row.get("begins")),
        ends=_hour(row.get("ends")),
        opens_wall=moment_of(row.get("opens")),
        online=row.get("online", False),
        online_link=row.get("link", ""),
        capacity=row.get("capacity"),
        waiting_limit=row.get("waiting_limit"),
    )


def rule_of(row: Values) -> Rule:
    """Return a weekly rule from tomorrow on."""
    begins, ends = time.fromisoformat(row["begins"]), time.fromisoformat(row["ends"])
    days = tuple(day - 1 for day in row["weekdays"])
    first = clock.today() + timedelta(days=1)
    while first.weekday() not in days:
        first += timedelta(days=1)
    starts = datetime.combine(first, begins)
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    until = _day(row["until"]).first
    return Rule(
        freq="weekly", interval=1, weekdays=days, nth=None, starts=starts, minutes=minutes, until=until
    )


def _place(thing: Any, row: Values, stored: Stored) -> None:
    if "venue" in row:
        thing.venue_id = stored.snippet(Venue, row["venue"], "ka")
    if "hub" in row:
        thing.hub = HubPage.objects.get(pk=stored.page(row["hub"]))


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _day(text: str) -> PartialDate:
    """Return the day of "+8d", or the month of "+2m", counted from today."""
    today = clock.today()
    number = int(text[:-1])
    if text.endswith("d"):
        return PartialDate.of(today + timedelta(days=number))
    months = today.year * 12 + today.month - 1 + number
    return PartialDate(months // 12, months % 12 + 1)
