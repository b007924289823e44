"""Keep seats for somebody who is still writing."""

from datetime import timedelta

from django.db import transaction

from cms.core import clock
from cms.events import seats
from cms.events.models import Hold
from cms.forms.domain.errors import NotNowError
from cms.forms.models import Submission
from cms.forms.queries.locked import locked

FIRST = timedelta(minutes=20)
LONGEST = timedelta(minutes=60)
"""Nobody keeps a seat by writing for hours: others want it too."""


@transaction.atomic
def keep_seats(*, submission: Submission, people: int) -> Hold | None:
    """Keep seats of its date for a draft, or as many as it needs now; return None if there are not so many.

    Nothing is kept where seats are not counted, or while somebody waits: newcomers never overtake.
    What was kept before stays kept, at least.

    Raises:
        NotNowError: it was sent meanwhile.
        BusyError: others have held the date for too long.

    """
    occurrence = seats.lock_one(submission.registration.occurrence_id)
    if not locked(submission).is_draft:
        raise NotNowError
    now = clock.now()
    mine = seats.live_holds(now).filter(submission=submission).first()
    if mine and mine.seats >= people:
        return mine
    left = seats.count(occurrence, at=now, but=submission)
    if occurrence.capacity is None or left.waiting or not left.fits(people):
        return mine
    begin = mine.created_at if mine else now
    ends = begin + LONGEST
    Hold.objects.filter(submission=submission).delete()
    return Hold.objects.create(
        occurrence=occurrence,
        submission=submission,
        seats=people,
        created_at=begin,
        expires_at=min(now + FIRST, ends),
        ends_at=ends,
    )


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
