"""What is told of a date where people register: when, where, in which language, how many seats."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.formats.numbers import number
from cms.core.languages import language_name
from cms.core.text.listed import listed
from cms.events import queries, told
from cms.events.enums import Room
from cms.events.models import Occurrence
from cms.events.queries import Whereabouts
from cms.events.seats import Seats

Facts = list[tuple[str, str]]


def facts_of(occurrence: Occurrence) -> Facts:
    """Return what stands in the short list about a date, as (label, text)."""
    place = queries.places_of([occurrence])[occurrence.pk]
    where = told.where(occurrence, place)
    when_and_where = [(_("When"), told.when(occurrence)), *([(_("Where"), where)] if where else [])]
    return [*when_and_where, *more_of(occurrence, place)]


def more_of(occurrence: Occurrence, place: Whereabouts, *, cost: str = "") -> Facts:
    """Return what is good to know beyond time and place."""
    event = occurrence.event
    facts = [
        (_("Languages spoken"), named(event.languages)),
        (_("Language mediation into"), named(event.mediation)),
        (_("Access"), access_of(place)),
        (_("Cost"), cost),
    ]
    return [(label, text) for label, text in facts if text]


def named(codes: list[str]) -> str:
    """Return the names of languages in one line."""
    return listed(language_name(code) for code in codes)


def access_of(place: Whereabouts) -> str:
    """Return what helps people to get in and to follow, as far as it is known."""
    venue = place.venue
    if venue is None:
        return ""
    notes = [
        _("step-free") if venue.step_free else "",
        _("lift") if venue.lift else "",
        _("hearing loop") if venue.hearing_loop else "",
        venue.access_note.rstrip("."),  # Who shows it ends the sentence.
    ]
    return listed(notes)


def seats_now(left: Seats) -> tuple[str, str]:
    """Return how many seats there are at this moment, and which kind of notice says it."""
    match left.room:
        case Room.NONE:
            return _("All seats are taken, and the waiting list is full."), "warn"
        case Room.WAITING:
            return waiting_now(left), "warn"
    if left.free is None or left.capacity is None:
        return _("There is room for everybody who comes."), ""
    text = ngettext("%(free)s of %(all)s seats is free.", "%(free)s of %(all)s seats are free.", left.free)
    return text % {"free": number(left.free), "all": number(left.capacity)}, ""


def waiting_now(left: Seats) -> str:
    """Return that one joins the waiting list, with as much of it as is true at any moment."""
    if not left.waiting:
        return _("All seats are taken. By sending you join the waiting list; nobody waits yet.")
    text = ngettext(
        "All seats are taken. By sending you join the waiting list; one person waits now.",
        "All seats are taken. By sending you join the waiting list; %(people)s people wait now.",
        left.waiting,
    )
    return text % {"people": number(left.waiting)}
