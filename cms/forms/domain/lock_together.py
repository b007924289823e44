"""Lock what many submissions compete for, before something is done to each of them in one transaction."""

from collections.abc import Iterable

from django.db import transaction

from cms.forms import kinds
from cms.forms.models import Submission


@transaction.atomic
def lock_together(*, submissions: Iterable[Submission]) -> None:
    """Lock it kind by kind, each in one order for everybody; it stays locked with the caller's transaction.

    Whoever locked it one by one, in the order of a list, would wait for somebody who waits for them.

    Raises:
        BusyError: others have held some of it for too long; nothing is locked then.

    """
    rows = list(submissions)
    for kind in kinds.every():
        if own := [submission for submission in rows if submission.kind == kind.code]:
            kind.lock_shared_of(own)
