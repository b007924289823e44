"""Keep seats for somebody who is still writing."""

from datetime import timedelta

from django.db import transaction

from cms.core import clock
from cms.events import seats
from cms.events.domain.promote import promote
from cms.events.models import Hold, Occurrence
from cms.forms import kinds
from cms.forms.domain.errors import NotNowError
from cms.forms.models import Submission
from cms.forms.queries.locked import locked

FIRST = timedelta(minutes=20)
LONGEST = timedelta(minutes=60)
"""Nobody keeps a seat by writing for hours: others want it too."""


@transaction.atomic
def keep_seats(*, submission: Submission, people: int) -> Hold | None:
    """Keep seats of its date for a draft, as many as it needs now; return what is kept, None if nothing.

    Nothing new is kept where seats are not counted, while somebody is in line, or beyond half of the
    seats that are left (`Seats.may_keep`): seats are given when a registration is sent, kept or not.
    What was kept before stays kept; seats that are not needed any more go to who waits.

    Raises:
        NotNowError: it was sent meanwhile.
        BusyError: others have held the date for too long.

    """
    occurrence = seats.lock_one(submission.registration.occurrence_id)
    held = locked(submission)
    if not held.is_draft:
        raise NotNowError
    now = clock.now()
    there = Hold.objects.filter(submission=submission).first()
    mine = there if there and there.expires_at > now else None
    if mine and mine.seats >= people:
        return _narrowed(occurrence, mine, people)
    held.registration = submission.registration
    held.registration.occurrence = occurrence  # As it is now, under lock.
    if not kinds.of(held).acceptance(held, now).open:
        return mine
    return keep_in_lock(occurrence=occurrence, submission=submission, people=people, there=there) or mine


def keep_in_lock(
    *, occurrence: Occurrence, submission: Submission, people: int, there: Hold | None = None
) -> Hold | None:
    """Do the same where the date is locked and takes registrations; `there` is what was kept before."""
    now = clock.now()
    if not seats.count(occurrence, at=now, but=submission).may_keep(people):
        return None
    hold = there or Hold(submission=submission)
    if there is None or there.expires_at <= now:
        hold.created_at, hold.ends_at = now, now + LONGEST
    hold.expires_at = min(now + FIRST, hold.ends_at)
    hold.occurrence, hold.seats = occurrence, people
    hold.save()
    return hold


def _narrowed(occurrence: Occurrence, mine: Hold, people: int) -> Hold:
    if mine.seats > people:
        mine.seats = people
        mine.save(update_fields=["seats"])
        promote(occurrence=occurrence)
    return mine


@transaction.atomic
def keep_longer(*, submission: Submission) -> Hold:
    """Keep the seats of a draft for as long again, up to an hour in all.

    Raises:
        NotNowError: nothing is kept any more.
        BusyError: others have held the date for too long.

    """
    seats.lock(submission.registration.occurrence_id)
    now = clock.now()
    hold = seats.live_holds(now).filter(submission=submission).first()
    if hold is None:
        raise NotNowError
    hold.expires_at = max(hold.expires_at, min(now + FIRST, hold.ends_at))
    hold.save(update_fields=["expires_at"])
    return hold
