"""Let whoever waits move up, in strict order; the only place where an offer is made."""

from datetime import datetime

from cms.core import clock
from cms.events import queries, seats
from cms.events.deadlines import offer_ends
from cms.events.domain.tell import tell_about
from cms.events.enums import EventState, OccurrenceStatus, RegistrationVerb
from cms.events.models import Occurrence, Registration
from cms.forms.domain.transition import move
from cms.forms.queries.locked import locked

OFFER = "events/offer"
"""The message with which the clock of an offer starts."""

HOUR = 3600


def promote(*, occurrence: Occurrence) -> list[Registration]:
    """Offer the free seats of a date to the first in the list, as long as the next one fits; return them.

    A group waits for enough seats together, and everybody behind it waits with it: nobody overtakes.
    The caller has locked the date (`seats.lock`) and does this in the transaction that freed a seat.
    """
    now = clock.now()
    if not takes_place(occurrence, now):
        return []
    free = seats.count(occurrence, at=now).free
    moved_up = []
    for waiting in seats.queue(occurrence):
        if free is not None and waiting.seats > free:
            break
        moved_up.append(_offer(occurrence, waiting, now))
        if free is not None:
            free -= waiting.seats
    return moved_up


def takes_place(occurrence: Occurrence, moment: datetime) -> bool:
    """Tell whether somebody can still move up: it is announced, neither off nor begun."""
    live = occurrence.event.state == EventState.LIVE and occurrence.status == OccurrenceStatus.SCHEDULED
    return live and moment < (occurrence.starts_at if occurrence.begins else occurrence.ends_at)


def _offer(occurrence: Occurrence, waiting: Registration, now: datetime) -> Registration:
    submission = locked(waiting.submission)
    registration = queries.locked(submission)
    registration.offered_at, registration.reached_at, registration.offer_ends_at = now, None, None
    registration.save(update_fields=["offered_at", "reached_at", "offer_ends_at"])
    submission.registration = registration
    move(submission=submission, thing=registration, verb=RegistrationVerb.OFFER, by=None)
    begin = occurrence.starts_at if occurrence.begins else occurrence.ends_at
    hours = max(1, round((offer_ends(reached=now, starts=begin) - now).total_seconds() / HOUR))
    tell_about(occurrence=occurrence, submission=submission, template="offer", hours=hours)
    return registration
