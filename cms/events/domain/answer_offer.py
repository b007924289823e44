"""What becomes of an offer: it reaches its person, is taken, lapses, or is asked for again."""

from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from cms.core import clock
from cms.events import queries, seats
from cms.events.deadlines import GRACE, offer_ends
from cms.events.domain.promote import OFFER, announced, promote, takes_place
from cms.events.domain.tell import tell_about
from cms.events.enums import RegistrationState, RegistrationVerb
from cms.events.models import Occurrence, Registration
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.transition import move
from cms.forms.models import Submission
from cms.forms.policy import may_work_on
from cms.forms.queries.locked import locked
from cms.messages.domain.drop import drop_calls

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
def reach_offer(*, submission: Submission, at: datetime, written: datetime | None = None) -> Registration:
    """Start the clock of an offer: its person was told `at` that moment; a second time changes nothing.

    A message `written` before the offer was about an earlier one, which has lapsed.

    Raises:
        BusyError: others have held the date for too long.

    """
    occurrence, _held, registration = locked_all(submission)
    earlier = (
        written is not None and registration.offered_at is not None and written < registration.offered_at
    )
    if registration.state == RegistrationState.OFFERED and registration.reached_at is None and not earlier:
        registration.reached_at = at
        registration.offer_ends_at = offer_ends(reached=at, starts=occurrence.begin)
        registration.save(update_fields=["reached_at", "offer_ends_at"])
    return registration


@transaction.atomic
def forget_reached(*, submission: Submission, at: datetime) -> Registration:
    """Stop the clock of an offer again: the mail that started it `at` that moment has come back.

    Nobody rings to say what it said if the offer has ended meanwhile.

    Raises:
        BusyError: others have held the date for too long.

    """
    _occurrence, held, registration = locked_all(submission)
    if registration.state != RegistrationState.OFFERED:
        drop_calls(about=held, templates=(OFFER,))
    elif registration.reached_at == at:
        registration.reached_at = registration.offer_ends_at = None
        registration.save(update_fields=["reached_at", "offer_ends_at"])
    return registration


@transaction.atomic
def accept_offer(*, submission: Submission, by: User | None, arrived: datetime) -> Submission:
    """Take the seat; a repeat changes nothing. Whoever has an address gets it in writing.

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
    if held.email:  # Nobody rings to say what was just said on the telephone, or stands on the page.
        tell_about(occurrence=occurrence, submission=held, template="accepted", link=True)
    return held


@transaction.atomic
def lapse_offer(*, submission: Submission, by: User | None) -> Submission:
    """Give an offered seat on, because time is over, or because staff could not reach the person.

    Raises:
        NotAllowedError: `by` does not work on this registration.
        NotNowError: nothing is offered, or the date is put off: its offers stand still.
        BusyError: others have held the date for too long.

    """
    occurrence, held, registration = locked_all(submission)
    if by is not None and not may_work_on(by, held):
        raise NotAllowedError
    if not announced(occurrence):
        raise NotNowError
    _lapse(held, registration, by)
    tell_about(occurrence=occurrence, submission=held, template="lapsed")
    return held


@transaction.atomic
def rejoin(*, submission: Submission, by: User | None) -> Submission:
    """Queue again at the end of the list, after an offer has lapsed; a repeat changes nothing.

    Raises:
        NotNowError: no offer has lapsed, the date has begun, the list is full, or the group too large.
        BusyError: others have held the date for too long.

    """
    occurrence, held, registration = locked_all(submission)
    if registration.state in {RegistrationState.WAITLISTED, RegistrationState.OFFERED}:
        return held
    now = clock.now()
    left = seats.count(occurrence, at=now)
    people = registration.seats
    if not takes_place(occurrence, now) or not left.may_wait(people) or not left.ever_fits(people):
        raise NotNowError
    registration.queued_at = seats.next_place(occurrence, at=now)
    registration.priority, registration.priority_reason = 0, ""  # It counted for the place that was lost.
    registration.save(update_fields=["queued_at", "priority", "priority_reason"])
    move(submission=held, thing=registration, verb=RegistrationVerb.REJOIN, by=by)
    return held


@transaction.atomic
def tidy(*, occurrence: Occurrence) -> None:
    """Do what the clock says at one date: holds and offers that have run out, and who moves up for them.

    Offers of a date that is put off stand still: nobody could take them. Once it has begun nobody is
    told any more, and nobody can queue again.

    Raises:
        BusyError: others have held the date for too long.

    """
    current = seats.lock_one(occurrence.pk)
    now = clock.now()
    current.holds.filter(expires_at__lte=now).delete()
    if not announced(current):
        return
    begun = current.begin <= now - GRACE
    due = current.registrations.filter(state=RegistrationState.OFFERED).order_by("offer_ends_at", "pk")
    for offer in (due if begun else due.filter(offer_ends_at__lte=now - GRACE)).select_related("submission"):
        held = locked(offer.submission)
        held.registration = queries.locked(held)
        _lapse(held, held.registration, None)
        if not begun:
            tell_about(occurrence=current, submission=held, template="lapsed")
    promote(occurrence=current)


def _lapse(held: Submission, registration: Registration, by: User | None) -> None:
    move(submission=held, thing=registration, verb=RegistrationVerb.LAPSE, by=by)
