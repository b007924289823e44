"""Give the work on a submission to somebody, and say until when."""

from datetime import date

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.enums import OPEN_PHASES
from cms.forms.models import Submission
from cms.forms.policy import may_be_assigned, may_work_on
from cms.forms.queries.locked import locked


@transaction.atomic
def assign(*, submission: Submission, to: User | None, by: User) -> Submission:
    """Give it to `to`, or to nobody; return it as it is now.

    Raises:
        NotAllowedError: `by` may not work on it, or `to` may not.
        NotNowError: it is closed: there is nothing left to do.

    """
    current = _workable(submission, by)
    before, after = current.assignee_id, to.pk if to else None
    if before == after:
        return current
    if to is not None and not may_be_assigned(to, current):
        raise NotAllowedError
    current.assignee = to
    current.save(update_fields=["assignee"])
    record("forms.assigned", target=current, actor=by, details={"from": before, "to": after})
    return current


@transaction.atomic
def set_due(*, submission: Submission, due_on: date | None, by: User) -> Submission:
    """Say by which day the next step has to be done; None for no day. Return it as it is now.

    Raises:
        NotAllowedError: `by` may not work on it.
        NotNowError: it is closed.

    """
    current = _workable(submission, by)
    if current.due_on != due_on:
        current.due_on = due_on
        current.save(update_fields=["due_on"])
        details = {"due_on": due_on.isoformat() if due_on else None}
        record("forms.due", target=current, actor=by, details=details)
    return current


def _workable(submission: Submission, by: User) -> Submission:
    current = locked(submission)
    if not may_work_on(by, current):
        raise NotAllowedError
    if current.phase not in OPEN_PHASES:
        raise NotNowError
    return current
