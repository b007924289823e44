"""The one function that changes the state of a submission."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.forms import kinds
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.enums import Phase
from cms.forms.models import StateChange, Submission
from cms.forms.policy import may_work_on
from cms.forms.queries.locked import locked
from cms.forms.transitions import Actor

moved = Signal()
"""Arguments: `submission`, `verb`, `by`, and `reason`, empty where staff gave none.

Sent in the transaction of the step, after everything is written.

A receiver touches the database and nothing else; what it raises takes the step back.
"""


@transaction.atomic
def transition(*, submission: Submission, verb: str, by: User | None, reason: str = "") -> Submission:
    """Lock, check, write state and phase, note the step, audit; return the submission as it is now.

    The `reason` is kept with what the person is told, nowhere else. Staff verbs ask the policy. Who
    may do what applicants do is asked where the applicant is known: at the door (`may_fill_in`).

    Raises:
        NotAllowedError: a verb of staff, and `by` does not work on this submission.
        NotNowError: the state does not lead there, or the kind knows no such verb.

    """
    kind = kinds.of(submission)
    kind.lock_shared(submission)
    held = locked(submission)
    return move(submission=held, thing=kind.lock(held), verb=verb, by=by, reason=reason)


def move(
    *,
    submission: Submission,
    thing: Any,
    verb: str,
    by: User | None,
    also: Sequence[str] = (),
    reason: str = "",
) -> Submission:
    """Do the same with what the caller has locked already; `also` are further columns to write.

    Raises:
        NotAllowedError: see `transition`.
        NotNowError: see `transition`.

    """
    kind = kinds.of(submission)
    step = kind.transitions.get(verb)
    if step is not None and step.actor == Actor.STAFF and (by is None or not may_work_on(by, submission)):
        raise NotAllowedError
    if step is None or thing.state not in step.sources:
        raise NotNowError
    source, thing.state = thing.state, step.target
    thing.save(update_fields=["state"])
    submission.phase = Phase(kind.phases[step.target])
    submission.save(update_fields=["phase", *also])
    StateChange.objects.create(
        submission=submission, verb=verb, source=source, target=step.target, by=by, at=clock.now()
    )
    record(f"forms.{verb}", target=submission, actor=by, details={"from": source, "to": step.target})
    moved.send(sender=type(kind), submission=submission, verb=verb, by=by, reason=reason)
    return submission
