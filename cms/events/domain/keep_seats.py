"""Keep seats for somebody who is still writing."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from cms.core import clock
from cms.events import seats
from cms.events.domain.promote import promote
from cms.events.kinds import number_of_people
from cms.events.models import Hold, Occurrence
from cms.forms import kinds
from cms.forms.domain.errors import BusyError, NotNowError
from cms.forms.kinds import Answers
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
    mine = seats.live_holds(now).filter(submission=submission).first()
    if mine and mine.seats >= people:
        return _narrowed(occurrence, mine, people)
    left = seats.count(occurrence, at=now, but=submission)
    if not left.may_keep(people) or not kinds.of(held).acceptance(held, now).open:
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


def _narrowed(occurrence: Occurrence, mine: Hold, people: int) -> Hold:
    if mine.seats > people:
        mine.seats = people
        mine.save(update_fields=["seats"])
        promote(occurrence=occurrence)
    return mine


def keep_for(*, submission: Submission, answers: Answers) -> Hold | None:
    """Do the same for as many people as were named; while others hold the date nothing is kept.

    Seats are given when a registration is sent: whoever goes on writing without a kept one loses nothing.
    """
    with suppress(BusyError, NotNowError):
        return keep_seats(submission=submission, people=number_of_people(submission, answers))
    return None


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
