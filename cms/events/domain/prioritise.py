"""Let somebody who waits come earlier, or later, and say why."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.events.domain.answer_offer import locked_all
from cms.events.domain.promote import promote
from cms.events.enums import RegistrationState
from cms.events.models import Registration
from cms.events.policy import may_work_at
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.models import Submission

HIGHEST = 9
"""So far up or down; more steps nobody could tell apart."""


@transaction.atomic
def prioritise(*, submission: Submission, priority: int, reason: str, by: User) -> Registration:
    """Set the priority of somebody who waits; 0 is the usual one. Whoever fits then moves up.

    Raises:
        NotAllowedError: `by` does not work on registrations of this event.
        NotNowError: it does not wait any more.
        ValueError: the priority is too high or too low, or there is no reason.
        BusyError: others have held the date for too long.

    """
    reason = reason.strip()
    if abs(priority) > HIGHEST or not reason:
        raise ValueError("A priority is -9 to 9 and has a reason.")
    occurrence, held, registration = locked_all(submission)
    if not may_work_at(by, occurrence.event):
        raise NotAllowedError
    if registration.state != RegistrationState.WAITLISTED:
        raise NotNowError
    before, registration.priority = registration.priority, priority
    registration.priority_reason = reason
    registration.save(update_fields=["priority", "priority_reason"])
    details = {"from": before, "to": priority, "reason": reason}
    record("events.prioritised", target=held, actor=by, details=details)
    promote(occurrence=occurrence)
    return registration
