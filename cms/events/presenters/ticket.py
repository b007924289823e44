"""One sheet for the door: the date, the people, the reference and a code that staff can read."""

from dataclasses import dataclass
from datetime import datetime

from cms.core import clock
from cms.events.kinds import occurrence_of
from cms.events.presenters.own import DateTold, date_told
from cms.events.tickets import ticket_url
from cms.forms.models import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What is printed."""

    title: str
    language: str
    """Of the title; empty where it is the name for staff."""
    date: DateTold
    people: list[str]
    reference: str
    code: str
    """What the QR code says: an address for staff."""
    online_link: str
    printed_at: datetime
    zone: str


def ticket_of(submission: Submission) -> Ticket:
    """Return the ticket of a confirmed registration."""
    occurrence = occurrence_of(submission)
    event = occurrence.event
    return Ticket(
        title=event.title,
        language=event.title_language,
        date=date_told(occurrence),
        people=[attendee.name for attendee in submission.registration.attendees.all()],
        reference=submission.reference,
        code=ticket_url(submission),
        online_link=occurrence.online_link,
        printed_at=clock.now(),
        zone=occurrence.zone,
    )
