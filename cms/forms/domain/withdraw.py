"""Take back what was sent."""

from django.db import transaction

from cms.accounts.models import User
from cms.core import clock
from cms.forms import kinds
from cms.forms.domain.errors import NotNowError
from cms.forms.domain.tell import tell
from cms.forms.domain.transition import transition
from cms.forms.models import Submission
from cms.forms.models.reopening import OPEN
from cms.forms.queries.locked import locked


@transaction.atomic
def withdraw(*, submission: Submission, by: User | None) -> Submission:
    """Take it back for good, at the wish of its owner, who is told in writing; a repeat changes nothing.

    Raises:
        NotNowError: its state does not allow it, or its kind never does.

    """
    kind = kinds.of(submission)
    kind.lock_shared(submission)
    current = locked(submission)
    step = kind.transitions.get(kind.withdraw_verb)
    if step is None:
        raise NotNowError
    if kind.state_of(current) == step.target:
        return current
    if not may_withdraw(current):
        raise NotNowError
    transition(submission=current, verb=kind.withdraw_verb, by=by)
    current.reopenings.filter(OPEN).update(dropped_at=clock.now())
    if current.email or kind.receipt_by_call:  # Else nobody rings to repeat what the person has said.
        tell(submission=current, template=kind.withdrawn_template, context={})
    return current


def may_withdraw(submission: Submission) -> bool:
    """Tell whether its state and its kind allow it."""
    kind = kinds.of(submission)
    step = kind.transitions.get(kind.withdraw_verb)
    possible = step is not None and kind.state_of(submission) in step.sources
    return possible and kind.may_withdraw(submission)
