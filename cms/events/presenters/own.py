"""What somebody sees of their own registration: the date, the seat or the place in the list, the ticket."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core import clock
from cms.core.formats.numbers import number
from cms.core.zones import moment, zone_name
from cms.events import queries, seats, told
from cms.events.domain.promote import announced, takes_place
from cms.events.enums import CONCERNED, OccurrenceStatus, Room
from cms.events.enums import RegistrationState as State
from cms.events.models import Occurrence, Registration
from cms.events.presenters.facts import Facts, access_of, facts_of, seats_now
from cms.forms.models import Submission

TOLD = CONCERNED | {State.LAPSED, State.CANCELLED_BY_OFFICE}
"""Who reads that a date does not take place; whoever has cancelled knows enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTold:
    """A date in large: its days, and below them the hours; only as much as is known."""

    days: str
    hours: str
    zone: str
    where: str
    directions: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What stands on receipt and status."""

    state: str
    """Empty for an offer that stands still: nobody is asked to take it."""
    date: DateTold
    people: list[str]
    place: str = ""
    """Where somebody stands in the waiting list."""
    until: str = ""
    """Until when an offer stands."""
    called_off: str = ""
    """What the office has decided about the date, where that is more than "it takes place"."""
    online_link: str = ""
    may_rejoin: bool = False
    ticket_url: str = ""
    calendar_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What stands beside the questions: the date, and whether a seat is kept."""

    facts: Facts
    text: str
    kind: str = ""
    kept_until: str = ""
    longer_url: str = ""


def seat_beside(submission: Submission) -> Seat:
    """Return what a draft is told about its seat; nothing of it can turn out to be a promise broken."""
    occurrence: Occurrence = submission.registration.occurrence
    facts = facts_of(occurrence)
    now = clock.now()
    if closed := told.why_closed(occurrence, occurrence.standing(now)):
        return Seat(facts=facts, text=closed, kind="warn")
    hold = seats.live_holds(now).filter(submission=submission).first()
    if hold is None:
        return Seat(facts=facts, text=_seat_without_hold(occurrence, submission))
    return Seat(
        facts=facts,
        text="",
        kept_until=told.clock_at(hold.expires_at, occurrence),
        longer_url=""
        if hold.expires_at >= hold.ends_at
        else reverse("events:longer", args=[submission.token]),
    )


def _seat_without_hold(occurrence: Occurrence, submission: Submission) -> str:
    left = seats.count(occurrence, at=clock.now(), but=submission)
    now, _kind = seats_now(left)
    if left.free is None or left.room in {Room.WAITING, Room.NONE}:
        return now
    return " ".join([_("No seat is kept for you: seats are given when you send."), now])


def own_of(submission: Submission) -> Own:
    """Return what somebody sees of what they have sent."""
    registration: Registration = submission.registration
    occurrence: Occurrence = registration.occurrence
    state = State(registration.state)
    confirmed = state == State.CONFIRMED
    token = submission.token
    return Own(
        state="" if state == State.OFFERED and not announced(occurrence) else state.value,
        date=date_told(occurrence),
        people=[attendee.name for attendee in registration.attendees.all()],
        place=place_of(registration) if state == State.WAITLISTED else "",
        until=until_of(registration) if state == State.OFFERED else "",
        called_off=_called_off(occurrence, state),
        online_link=occurrence.online_link if confirmed else "",
        may_rejoin=state == State.LAPSED and takes_place(occurrence, clock.now()),
        ticket_url=reverse("events:ticket", args=[token]) if confirmed else "",
        calendar_url=reverse("events:own_calendar", args=[token]) if state in CONCERNED else "",
    )


def date_told(occurrence: Occurrence) -> DateTold:
    """Return the date for a heading."""
    place = queries.places_of([occurrence])[occurrence.pk]
    known = occurrence.on.day is not None
    return DateTold(
        days=told.days(occurrence) if known else told.when(occurrence),
        hours=told.hours(occurrence),
        zone=zone_name(occurrence.zone),
        where=told.where(occurrence, place),
        directions=place.venue.directions if place.venue else "",
        access=access_of(place),
    )


def place_of(registration: Registration) -> str:
    """Return the place in the list as it is now: registrations are served one after another.

    Nothing for a group that is passed over: its state says so.
    """
    if registration.too_large:
        return ""
    before = queries.before_in_queue(registration)
    if not before.registrations:
        return _("You are the first in the list.")
    text = ngettext(
        "You are number %(place)s in the list; one person waits before you.",
        "You are number %(place)s in the list; %(people)s people wait before you.",
        before.people,
    )
    return text % {"place": number(before.registrations + 1), "people": number(before.people)}


def until_of(registration: Registration) -> str:
    """Return until when an offer stands; its time begins when it has reached the person."""
    if registration.offer_ends_at is None:
        return ""
    return moment(registration.offer_ends_at, registration.occurrence.zone)


def _called_off(occurrence: Occurrence, state: State) -> str:
    changed = occurrence.status != OccurrenceStatus.SCHEDULED
    return told.why_closed(occurrence, occurrence.standing()) if changed and state in TOLD else ""
