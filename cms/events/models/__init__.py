"""Events, their dates, registrations for them, and the pages that tell about them."""

from cms.events.models.event import Event
from cms.events.models.occurrence import Occurrence
from cms.events.models.pages import EventIndexPage, EventPage
from cms.events.models.recurrence import Recurrence
from cms.events.models.registration import Attendee, Hold, Registration
from cms.events.models.snippets import Series, Venue

__all__ = [
    "Attendee",
    "Event",
    "EventIndexPage",
    "EventPage",
    "Hold",
    "Occurrence",
    "Recurrence",
    "Registration",
    "Series",
    "Venue",
]
