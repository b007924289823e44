"""Take a question to the applicant back: it has answered itself."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.forms import kinds
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.tell import tell
from cms.forms.domain.transition import transition
from cms.forms.enums import Cause
from cms.forms.models import Reopening, Submission
from cms.forms.models.reopening import OPEN
from cms.forms.policy import may_work_on
from cms.forms.queries.locked import locked


@transaction.atomic
def take_back(*, submission: Submission, by: User) -> Reopening:
    """Close the open question; the answers stay as they were sent, and the applicant is told.

    Raises:
        NotAllowedError: `by` may not work on it.
        NotNowError: nothing is asked, or it has been answered in the meantime.

    """
    kind = kinds.of(submission)
    kind.lock_shared(submission)
    current = locked(submission)
    if not may_work_on(by, current):
        raise NotAllowedError
    asked = current.reopenings.select_for_update().filter(OPEN, cause=Cause.QUESTION).first()
    if asked is None:
        raise NotNowError
    transition(submission=current, verb=kind.take_back_verb, by=by)
    asked.dropped_at = clock.now()
    asked.save(update_fields=["dropped_at"])
    record("forms.taken_back", target=current, actor=by, details={"clarification": asked.pk})
    tell(submission=current, template="forms/taken_back", context={})
    return asked
