"""What is said of a date, in the language in use: when and where, as plain text for any page or mail."""

from datetime import datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.core.formats import dates
from cms.core.languages import direction
from cms.core.text.listed import listed
from cms.core.zones import moment, wall_of, zone_name
from cms.events.enums import Precision, Standing
from cms.events.models import Occurrence
from cms.events.queries import Whereabouts, places_of

ISOLATE, END = "\u2066", "\u2069"
"""Around a span of hours in a line from right to left, where no markup can say it."""


def when(occurrence: Occurrence) -> str:
    """Return "Wednesday, 25 November 2026, 11:00–15:00, Tbilisi time", as exactly as it is known."""
    if occurrence.precision == Precision.MONTH:
        return _("%(month)s, the day follows") % {"month": dates.month(occurrence.on)}
    if occurrence.precision == Precision.DAY:
        return days(occurrence)
    told = {"days": days(occurrence), "hours": hours(occurrence), "zone": zone_name(occurrence.zone)}
    return _("%(days)s, %(hours)s, %(zone)s") % told


def days(occurrence: Occurrence) -> str:
    """Return the day with its weekday, or the span of several days."""
    first, last = occurrence.on.first, occurrence.last_day
    return dates.span(first, last) if last and last > first else dates.weekday(first)


def hours(occurrence: Occurrence) -> str:
    """Return "11:00–15:00", or when it begins; nothing if that is not known."""
    if occurrence.begins is None:
        return ""
    if occurrence.ends is None:
        return dates.clock(occurrence.begins)
    span = dates.clock_span(occurrence.begins, occurrence.ends)
    return f"{ISOLATE}{span}{END}" if direction(get_language() or "") == "rtl" else span


def where(occurrence: Occurrence, place: Whereabouts | None = None) -> str:
    """Return venue and address, hub, "online" or the town alone; asks the database unless told the place."""
    place = place or places_of([occurrence])[occurrence.pk]
    if place.venue:
        return joined(place.venue.name, place.venue.address, _city(place))
    if place.hub:
        return joined(place.hub.title, place.hub.address, _city(place))
    if place.online:
        return _("Online")
    return _city(place)


def joined(*parts: str) -> str:
    """Return parts in one line, none of them twice."""
    kept: list[str] = []
    for part in parts:
        if part and not any(part in other for other in kept):
            kept.append(part)
    return listed(kept)


def clock_at(at: datetime, occurrence: Occurrence) -> str:
    """Return the hour of a moment as clocks at the date show it."""
    return dates.clock(wall_of(at, occurrence.zone))


def why_closed(occurrence: Occurrence, standing: Standing) -> str:
    """Return why a date takes no registrations at that standing; nothing where it does."""
    match standing:
        case Standing.OPEN:
            return ""
        case Standing.AHEAD if occurrence.opens_at:
            return _("Registration opens on %(moment)s.") % {
                "moment": moment(occurrence.opens_at, occurrence.zone)
            }
        case Standing.CLOSED:
            return _("Registration closed on %(moment)s.") % {
                "moment": moment(occurrence.closes_at, occurrence.zone)
            }
    return str(REASONS[standing])


REASONS = {
    Standing.PREPARED: gettext_lazy("This event has not been announced yet."),
    Standing.UNDATED: gettext_lazy("The day is not known yet. As soon as it is, you can register."),
    Standing.AHEAD: gettext_lazy("Registration is not open yet."),
    Standing.OVER: gettext_lazy("This date is over."),
    Standing.POSTPONED: gettext_lazy("This date has been postponed. A new one follows."),
    Standing.CANCELLED: gettext_lazy("This date has been cancelled."),
}


def _city(place: Whereabouts) -> str:
    return place.city.name if place.city else ""
