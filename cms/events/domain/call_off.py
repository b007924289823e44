"""Call a date off: put it off to a day that is not known yet, or cancel it for good."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.events import queries, seats
from cms.events.domain.save_date import step
from cms.events.domain.tell import tell_about
from cms.events.domain.tell_all import Telling, concerned, telling
from cms.events.enums import OccurrenceStatus, RegistrationVerb
from cms.events.models import Occurrence
from cms.events.policy import may_manage
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.transition import move
from cms.forms.queries.locked import locked


def may_call_off(occurrence: Occurrence, *, postpone: bool = False) -> bool:
    """Tell whether a date can be called off: not what is over, cancelled, or put off once already."""
    once = OccurrenceStatus.POSTPONED if postpone else OccurrenceStatus.CANCELLED
    return occurrence.status not in {once, OccurrenceStatus.CANCELLED} and clock.now() < occurrence.ends_at


@transaction.atomic
def call_off(*, occurrence: Occurrence, by: User, reason: str, postpone: bool = False) -> Telling:
    """Call a date off and tell everybody concerned why; return how many were told.

    Who is registered for a date that is put off stays registered. Of a date that is cancelled every
    registration ends, and nobody moves up. The reason is told as it was written.

    Raises:
        NotAllowedError: `by` does not manage the event.
        NotNowError: it is over, or was called off already.
        BusyError: others have held the date for too long.

    """
    current = seats.lock_one(occurrence.pk)
    if not may_manage(by, current.event):
        raise NotAllowedError
    if not may_call_off(current, postpone=postpone):
        raise NotNowError
    before = current.status
    current.status = OccurrenceStatus.POSTPONED if postpone else OccurrenceStatus.CANCELLED
    current.save(update_fields={"status", *step(current, day=current)})
    verb = "postponed" if postpone else "cancelled"
    record(f"events.date_{verb}", target=current, actor=by, details={"from": before, "reason": reason})
    current.holds.all().delete()
    told_to = list(concerned(current))
    for registration in told_to:
        submission = registration.submission
        submission.registration = registration
        if not postpone:
            submission = locked(submission)
            submission.registration = thing = queries.locked(submission)
            move(submission=submission, thing=thing, verb=RegistrationVerb.DATE_OFF, by=by)
        template = "postponed" if postpone else "date_off"
        tell_about(occurrence=current, submission=submission, template=template, reason=reason)
    return telling(told_to)
