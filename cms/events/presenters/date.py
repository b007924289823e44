"""One date, as pages and lists show it: when and where, how many seats, and what one can do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from cms.core.formats import dates, numbers
from cms.core.languages import address_in
from cms.core.zones import wall_of, zone_name
from cms.events import told
from cms.events.enums import Precision, Room, Standing
from cms.events.models import Occurrence
from cms.events.presenters.facts import access_of
from cms.events.queries import Whereabouts
from cms.events.seats import Seats

KINDS = {
    Standing.PREPARED: "plain",
    Standing.CLOSED: "plain",
    Standing.OVER: "plain",
    Standing.POSTPONED: "warn",
    Standing.CANCELLED: "bad",
}
"""Where a date stands → the shape of its tag."""

OPEN_ROOMS = frozenset({Room.FREE, Room.FEW})


class Tag(NamedTuple):
    """A word with a shape."""

    label: str
    kind: str = ""


class Day(NamedTuple):
    """A date as lists show it: the day large, the rest small; of a month only nothing is large."""

    iso: str
    large: str
    small: str


class Spot(NamedTuple):
    """A venue or hub: name, address and how one gets in, in its own language."""

    name: str
    language: str
    address: str = ""
    directions: str = ""
    url: str = ""
    map_link: str = ""
    access: str = ""
    """How one gets in, in the language in use."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date for readers."""

    number: int
    day: Day
    town: str
    """Where, in a word or two."""
    town_language: str
    hours: str
    """ "Sunday, 11:00–15:00", or what is known of it."""
    spot: Spot | None
    online: bool
    hybrid: bool
    tags: tuple[Tag, ...]
    facts: tuple[str, ...]
    standing: Standing
    room: Room
    action: str = ""
    """ "register", "wait", or nothing where nothing can be done."""
    url: str = ""
    queue: bool = False
    """Whether there is a waiting list once it is full."""
    name: str = ""
    """What tells this date from others, for whoever hears the button alone."""


def date_line(
    occurrence: Occurrence, place: Whereabouts, seats: Seats, *, now: datetime, language: str
) -> DateLine:
    """Return a date as it stands now, in the language in use; addresses are for a reader of `language`.

    The event of the date comes with its form.
    """
    standing = occurrence.standing(now)
    town, town_language = _town(place)
    day = day_of(occurrence, now)
    action = action_of(occurrence, standing, seats.room)
    return DateLine(
        number=occurrence.number,
        day=day,
        town=town,
        town_language=town_language,
        hours=hours_of(occurrence),
        spot=_spot(place, town, language),
        online=place.online,
        hybrid=place.online and bool(place.venue or place.hub),
        tags=(seats_tag(occurrence, standing, seats),),
        facts=_facts(occurrence, standing, seats),
        standing=standing,
        room=seats.room,
        action=action,
        url=_address(occurrence, language) if action else "",
        queue=seats.capacity is not None and seats.waiting_limit != 0,
        name=told.joined(town, f"{day.large} {day.small}".strip()),
    )


def action_of(occurrence: Occurrence, standing: Standing, room: Room) -> str:
    """Return what one can do about a date: "register", "wait" or nothing."""
    form = occurrence.event.form
    if standing != Standing.OPEN or form is None or form.current_id is None or room == Room.NONE:
        return ""
    return "wait" if room == Room.WAITING else "register"


def day_of(occurrence: Occurrence, now: datetime) -> Day:
    """Return the day large and its month small, with the year unless it is this one."""
    first = occurrence.on.first
    this_year = first.year == wall_of(now, occurrence.zone).year
    if occurrence.precision == Precision.MONTH:
        return Day(str(occurrence.on), "", dates.month_name(first) if this_year else dates.month(first))
    large, _space, small = (dates.day_of_year(first) if this_year else dates.day(first)).partition(" ")
    return Day(first.isoformat(), large, small)


def hours_of(occurrence: Occurrence) -> str:
    """Return weekday and hours, or all the days if there are several; the zone where it is not ours.

    Of a date of which only the month is known there is nothing to say.
    """
    if occurrence.precision == Precision.MONTH:
        return ""
    first, last = occurrence.on.first, occurrence.last_day
    several = last is not None and last > first
    parts = [dates.span(first, last) if several and last else dates.weekday_name(first.weekday())]
    if occurrence.begins:
        parts.append(told.hours(occurrence))
    if occurrence.begins and (occurrence.online or occurrence.zone != settings.TIME_ZONE):
        parts.append(zone_name(occurrence.zone))
    return pgettext("between two parts of a line", ", ").join(parts)


def seats_tag(occurrence: Occurrence, standing: Standing, seats: Seats) -> Tag:
    """Return what somebody who wants to come has to know first."""
    if standing == Standing.UNDATED:
        return Tag(_("The day follows"))
    if standing not in {Standing.OPEN, Standing.AHEAD}:
        return Tag(str(standing.label), KINDS[standing])
    if occurrence.event.form_id is None:
        return Tag(_("No registration needed"), "good")
    if standing == Standing.AHEAD and occurrence.opens_at:
        opens = wall_of(occurrence.opens_at, occurrence.zone)
        return Tag(_("Opens on %(day)s") % {"day": dates.day_of_year(opens.date())})
    return _room_tag(seats)


def _room_tag(seats: Seats) -> Tag:
    if seats.room in OPEN_ROOMS:
        return Tag(free_seats(seats), "good" if seats.room == Room.FREE else "warn")
    if seats.free is not None and seats.free > 0:
        return Tag(_("Free seats go to the waiting list"), "plain")
    return Tag(taken_seats(seats), "plain")


def free_seats(seats: Seats) -> str:
    """Return "23 of 40 seats free"."""
    if seats.capacity is None or seats.free is None:
        return str(Standing.OPEN.label)
    told_ = ngettext("%(free)s of %(all)s seat free", "%(free)s of %(all)s seats free", seats.capacity)
    return told_ % {"free": numbers.number(seats.free), "all": numbers.number(seats.capacity)}


def taken_seats(seats: Seats) -> str:
    """Return "Full, all 60 seats taken"."""
    if not seats.capacity:
        return str(Room.NONE.label)
    told_ = ngettext("Full, %(all)s seat taken", "Full, all %(all)s seats taken", seats.capacity)
    return told_ % {"all": numbers.number(seats.capacity)}


def _facts(occurrence: Occurrence, standing: Standing, seats: Seats) -> tuple[str, ...]:
    """Return what else is to be known of the seats."""
    if occurrence.event.form_id is None:
        return ()
    if standing == Standing.AHEAD and seats.capacity:
        number = numbers.number(seats.capacity)
        return (ngettext("%(number)s seat", "%(number)s seats", seats.capacity) % {"number": number},)
    if standing != Standing.OPEN or seats.room in OPEN_ROOMS:
        return ()
    facts = []
    if seats.waiting:
        told_ = ngettext("%(number)s person is waiting", "%(number)s people are waiting", seats.waiting)
        facts.append(told_ % {"number": numbers.number(seats.waiting)})
    if seats.room == Room.NONE and seats.waiting_limit:
        facts.append(_("The waiting list is full"))
    return tuple(facts)


def _town(place: Whereabouts) -> tuple[str, str]:
    """Return where it is in a word or two, and the language of that."""
    if place.city:
        return place.city.name, place.city.locale.language_code
    if place.venue:
        return place.venue.name, place.venue.locale.language_code
    if place.hub:
        return place.hub.title, place.hub.language
    return (_("Online"), "") if place.online else (_("The place follows"), "")


def _spot(place: Whereabouts, town: str, language: str) -> Spot | None:
    if place.venue:
        return _venue(place, town)
    if place.hub:
        return _hub(place.hub, town, language)
    return None


def _venue(place: Whereabouts, town: str) -> Spot:
    venue: Any = place.venue
    return Spot(
        name="" if venue.name == town else venue.name,
        language=venue.locale.language_code,
        address=venue.address,
        directions=venue.directions,
        map_link=venue.map_link,
        access=access_of(place),
    )


def _hub(hub: Any, town: str, language: str) -> Spot:
    return Spot(
        name="" if hub.title == town else hub.title,
        language=hub.language,
        address=hub.address,
        directions=hub.directions,
        url=address_in(language, hub.get_url() or "/"),
        map_link=hub.map_link,
        access=". ".join(filter(None, [str(hub.get_step_free_display()), hub.access_note])),
    )


def _address(occurrence: Occurrence, language: str) -> str:
    with override(language):
        return reverse("events:register", args=[occurrence.event.code, occurrence.number])
