"""What becomes of an offer: it reaches its person, is taken, lapses, or is asked for again."""

from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from cms.core import clock
from cms.events import queries, seats
from cms.events.deadlines import offer_ends
from cms.events.domain.promote import promote, takes_place
from cms.events.domain.tell import tell_about
from cms.events.enums import RegistrationState, RegistrationVerb
from cms.events.models import Occurrence, Registration
from cms.forms.domain.errors import NotNowError
from cms.forms.domain.transition import move
from cms.forms.models import Submission
from cms.forms.queries.locked import locked

Locked = tuple[Occurrence, Submission, Registration]


def locked_all(submission: Submission) -> Locked:
    """Return date, submission and registration, locked in this order.

    Raises:
        BusyError: others have held the date for too long.

    """
    occurrence = seats.lock_one(submission.registration.occurrence_id)
    held = locked(submission)
    held.registration = registration = queries.locked(held)
    return occurrence, held, registration


@transaction.atomic
def reach_offer(*, submission: Submission, at: datetime) -> Registration:
    """Start the clock of an offer: its person was told `at` that moment; a second time changes nothing.

    Raises:
        BusyError: others have held the date for too long.

    """
    occurrence, _held, registration = locked_all(submission)
    if registration.state == RegistrationState.OFFERED and registration.reached_at is None:
        begin = occurrence.starts_at if occurrence.begins else occurrence.ends_at
        registration.reached_at = at
        registration.offer_ends_at = offer_ends(reached=at, starts=begin)
        registration.save(update_fields=["reached_at", "offer_ends_at"])
    return registration


@transaction.atomic
def accept_offer(*, submission: Submission, by: User | None, arrived: datetime) -> Submission:
    """Take the seat; a repeat changes nothing.

    Raises:
        NotNowError: nothing is offered, or it had run out when the request `arrived`.
        BusyError: others have held the date for too long.

    """
    occurrence, held, registration = locked_all(submission)
    if registration.state == RegistrationState.CONFIRMED:
        return held
    ends = registration.offer_ends_at
    if (ends is not None and arrived > ends) or not takes_place(occurrence, arrived):
        raise NotNowError
    move(submission=held, thing=registration, verb=RegistrationVerb.ACCEPT, by=by)
    tell_about(occurrence=occurrence, submission=held, template="accepted", link=True)
    return held


@transaction.atomic
def lapse_offer(*, submission: Submission, by: User | None) -> Submission:
    """Give an offered seat on, because time is over, or because staff could not reach the person.

    Raises:
        NotNowError: nothing is offered.
        BusyError: others have held the date for too long.

    """
    occurrence, held, registration = locked_all(submission)
    _lapse(occurrence, held, registration, by)
    return held


@transaction.atomic
def rejoin(*, submission: Submission, by: User | None) -> Submission:
    """Queue again at the end of the list, after an offer has lapsed; a repeat changes nothing.

    Raises:
        NotNowError: no offer has lapsed, the date is over, or the list is full.
        BusyError: others have held the date for too long.

    """
    occurrence, held, registration = locked_all(submission)
    if registration.state in {RegistrationState.WAITLISTED, RegistrationState.OFFERED}:
        return held
    now = clock.now()
    if not takes_place(occurrence, now) or not seats.count(occurrence, at=now).may_wait(registration.seats):
        raise NotNowError
    registration.queued_at = now
    registration.save(update_fields=["queued_at"])
    move(submission=held, thing=registration, verb=RegistrationVerb.REJOIN, by=by)
    return held


@transaction.atomic
def tidy(*, occurrence: Occurrence) -> None:
    """Do what the clock says at one date: holds and offers that have run out, and who moves up for them.

    Raises:
        BusyError: others have held the date for too long.

    """
    current = seats.lock_one(occurrence.pk)
    now = clock.now()
    current.holds.filter(expires_at__lte=now).delete()
    offered = current.registrations.filter(state=RegistrationState.OFFERED).order_by("offer_ends_at", "pk")
    begun = not takes_place(current, now)
    for offer in offered.select_related("submission"):
        ends = offer.offer_ends_at
        if begun or (ends is not None and ends <= now):
            held = locked(offer.submission)
            held.registration = queries.locked(held)
            _lapse(current, held, held.registration, None)
    promote(occurrence=current)


def _lapse(occurrence: Occurrence, held: Submission, registration: Registration, by: User | None) -> None:
    move(submission=held, thing=registration, verb=RegistrationVerb.LAPSE, by=by)
    tell_about(occurrence=occurrence, submission=held, template="lapsed")
