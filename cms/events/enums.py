"""Codes of events."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core.codes import Codes

ANNOUNCE = "events.announce"
"""The verb by which one writes the page of an event; forms of pages ask for it before the policy is there."""


class EventKind(Codes):
    """What people come for."""

    WORKSHOP = "workshop", _("Workshop")
    INFORMATION = "information", _("Information session")
    MEETING = "meeting", pgettext_lazy("kind of event", "Meeting")
    CONSULTATION = "consultation", _("Consultation hours")


class EventState(Codes):
    """Whether the public knows of it."""

    DRAFT = "draft", pgettext_lazy("state of an event", "In preparation")
    LIVE = "live", pgettext_lazy("state of an event", "Announced")


class OccurrenceStatus(Codes):
    """What the office has decided about a date."""

    SCHEDULED = "scheduled", pgettext_lazy("date of an event", "Takes place")
    POSTPONED = "postponed", pgettext_lazy("date of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("date of an event", "Cancelled")


class Precision(Codes):
    """How exactly it is known when a date is."""

    EXACT = "exact", _("Day and hour")
    DAY = "day", _("Day")
    MONTH = "month", _("Month")


class Standing(Codes):
    """What a date means, at one moment, to somebody who wants to come; seats are another question."""

    PREPARED = "prepared", _("Not announced yet")
    UNDATED = "undated", _("Date follows")
    AHEAD = "ahead", _("Registration opens later")
    OPEN = "open", _("Registration open")
    CLOSED = "closed", _("Registration closed")
    OVER = "over", pgettext_lazy("date of an event", "Over")
    POSTPONED = "postponed", pgettext_lazy("date of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("date of an event", "Cancelled")


class Room(Codes):
    """Whether somebody who registers now gets a seat."""

    FREE = "free", _("Seats free")
    FEW = "few", _("Few seats left")
    WAITING = "waiting", _("Full, waiting list open")
    NONE = "none", _("Full")


class RegistrationState(Codes):
    """Where a registration stands; the table in `transitions` says what leads where."""

    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", pgettext_lazy("state of a registration", "Confirmed")
    WAITLISTED = "waitlisted", _("On the waiting list")
    OFFERED = "offered", _("Seat offered")
    LAPSED = "lapsed", _("Offer has lapsed")
    CANCELLED_BY_PERSON = "cancelled_by_person", _("Cancelled by the person")
    CANCELLED_BY_OFFICE = "cancelled_by_office", _("Cancelled by the office")


SEAT_TAKING = frozenset({RegistrationState.CONFIRMED, RegistrationState.OFFERED})
"""Whose seats nobody else can have; live holds of drafts come on top."""

CONCERNED = frozenset({RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.WAITLISTED})
"""Who has to be told when a date changes."""


class RegistrationVerb(StrEnum):
    """What can happen to a registration."""

    CONFIRM = "confirm"
    QUEUE = "queue"
    OFFER = "offer"
    ACCEPT = "accept"
    LAPSE = "lapse"
    REJOIN = "rejoin"
    CANCEL = "cancel"
    CALL_OFF = "call_off"
    DATE_OFF = "date_off"


class Source(Codes):
    """Through which door somebody has come."""

    WEB = "web", _("Website")
    HELPER = "helper", _("Helper")
    DESK = "desk", _("At the desk")


class PartyRole(Codes):
    """What an organisation has to do with an event."""

    ORGANISER = "organiser", _("Organiser")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Financed by")
