"""Change what was sent without being asked: begun, and sent again (`send_again`) or dropped."""

from datetime import datetime

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.forms import kinds
from cms.forms.domain.clarify import latest
from cms.forms.domain.errors import NotNowError
from cms.forms.domain.sent_copy import go_back, remember
from cms.forms.enums import Cause
from cms.forms.models import Reopening, Submission
from cms.forms.queries.locked import locked
from cms.forms.queries.reopened import open_by_cause


@transaction.atomic
def begin_amendment(*, submission: Submission, by: User | None, arrived: datetime) -> Reopening:
    """Open all questions of what was sent; one that is open already is returned.

    Until it is sent, what was sent before counts, and staff see nothing of it.

    Raises:
        NotNowError: the kind takes no change at that moment, or the office asks something.

    """
    held = locked(submission)
    opened = open_by_cause(held)
    if Cause.QUESTION in opened:
        raise NotNowError
    if Cause.AMENDMENT in opened:
        return opened[Cause.AMENDMENT]
    before = latest(held)
    if before is None or not kinds.of(held).may_amend(held, arrived):
        raise NotNowError
    go_back(submission=held)  # What was typed for a question that was taken back is no wish of today.
    remember(submission=held)
    return Reopening.objects.create(submission=held, cause=Cause.AMENDMENT, opened_by=by, before=before)


@transaction.atomic
def drop_amendment(*, submission: Submission, by: User | None) -> None:
    """Let the working copy be as it was sent; a repeat changes nothing.

    Raises:
        NotNowError: the office asks something: what is typed may be the answer to it.

    """
    held = locked(submission)
    opened = open_by_cause(held)
    if Cause.QUESTION in opened:
        raise NotNowError
    amendment = opened.get(Cause.AMENDMENT)
    if amendment is None:
        return
    amendment.dropped_at = clock.now()
    amendment.save(update_fields=["dropped_at"])
    go_back(submission=held)
    record("forms.amendment_dropped", target=held, actor=by, details={"amendment": amendment.pk})
