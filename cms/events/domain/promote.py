"""Let whoever waits move up, in strict order; the only place where an offer is made, or made again."""

from datetime import datetime, timedelta

from cms.core import clock
from cms.events import queries, seats
from cms.events.deadlines import offer_ends
from cms.events.domain.tell import tell_about
from cms.events.enums import EventState, OccurrenceStatus, Precision, RegistrationState, RegistrationVerb
from cms.events.models import Occurrence, Registration
from cms.forms.domain.transition import move
from cms.forms.queries.locked import locked

OFFER = "events/offer"
"""The message with which the clock of an offer starts."""

HOUR = timedelta(hours=1)


def promote(*, occurrence: Occurrence) -> list[Registration]:
    """Offer the free seats of a date to the first in the list, as long as the next one fits; return them.

    The caller has locked the date (`seats.lock`) and does this in the transaction that freed a seat.
    """
    now = clock.now()
    if not takes_place(occurrence, now):
        return []
    left = seats.count(occurrence, at=now)
    if not left.in_line:
        return []
    return [_offer(occurrence, waiting, now) for waiting in seats.in_turn(occurrence, left)]


def offer_again(*, before: Occurrence, current: Occurrence) -> list[Registration]:
    """Make the offers anew that stood still while a date was put off, or not announced; return them.

    What had reached its person has run on meanwhile. They are told again, with the new day, and the
    clock starts with that. The caller has locked the date, and changes it in the same transaction.
    """
    now = clock.now()
    if announced(before) or not takes_place(current, now):
        return []
    offers = Registration.objects.filter(
        occurrence=current, state=RegistrationState.OFFERED, reached_at__isnull=False
    )
    return [_tell(current, _anew(offer, now), now) for offer in offers.select_related("submission")]


def takes_place(occurrence: Occurrence, moment: datetime) -> bool:
    """Tell whether somebody can still move up: it is announced, neither off nor begun."""
    return announced(occurrence) and moment < occurrence.begin


def announced(occurrence: Occurrence) -> bool:
    """Tell whether offers can be made and taken: not while a date is put off, or not yet public."""
    known = occurrence.precision != Precision.MONTH
    live = occurrence.event.state == EventState.LIVE and occurrence.status == OccurrenceStatus.SCHEDULED
    return live and known


def _offer(occurrence: Occurrence, waiting: Registration, now: datetime) -> Registration:
    registration = _anew(waiting, now)
    move(submission=registration.submission, thing=registration, verb=RegistrationVerb.OFFER, by=None)
    return _tell(occurrence, registration, now)


def _anew(found: Registration, now: datetime) -> Registration:
    """Lock it; return it with an offer that has not reached its person yet."""
    submission = locked(found.submission)
    submission.registration = registration = queries.locked(submission)
    registration.submission = submission
    registration.offered_at, registration.reached_at, registration.offer_ends_at = now, None, None
    registration.save(update_fields=["offered_at", "reached_at", "offer_ends_at"])
    return registration


def _tell(occurrence: Occurrence, registration: Registration, now: datetime) -> Registration:
    lasts = offer_ends(reached=now, starts=occurrence.begin) - now
    submission = registration.submission
    tell_about(occurrence=occurrence, submission=submission, template="offer", hours=lasts // HOUR)
    return registration
