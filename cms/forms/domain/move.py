"""Let staff move a submission on: the steps that have a button of their own."""

from django.db import transaction

from cms.accounts.models import User
from cms.forms import kinds
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.transition import transition
from cms.forms.models import Submission
from cms.forms.policy import may_work_on
from cms.forms.transitions import Actor, Transition


def steps_of_staff(kind: kinds.Kind) -> dict[str, Transition]:
    """Return the steps that staff take by a button, by verb.

    Those without a label are part of something else, such as a question to the applicant.
    """
    return {verb: step for verb, step in kind.transitions.items() if step.actor == Actor.STAFF and step.label}


def possible(submission: Submission) -> dict[str, Transition]:
    """Return the steps of staff that lead on from where it stands."""
    kind = kinds.of(submission)
    state = kind.state_of(submission)
    return {verb: step for verb, step in steps_of_staff(kind).items() if state in step.sources}


def leads_on(submission: Submission, verb: str) -> bool:
    """Tell whether a step of its kind leads on from where it stands."""
    kind = kinds.of(submission)
    step = kind.transitions.get(verb)
    return step is not None and kind.state_of(submission) in step.sources


@transaction.atomic
def move(*, submission: Submission, verb: str, by: User, reason: str = "") -> Submission:
    """Take one of the steps of staff; the person reads the `reason` as it was written.

    Raises:
        NotAllowedError: `by` may not work on it.
        NotNowError: its state does not lead there, or the verb is no step of staff.
        ValueError: the step needs a reason.

    """
    if not may_work_on(by, submission):
        raise NotAllowedError
    step = steps_of_staff(kinds.of(submission)).get(verb)
    if step is None:
        raise NotNowError
    reason = reason.strip()
    if step.reason and not reason:
        raise ValueError("This step needs a reason.")
    transition(submission=submission, verb=verb, by=by, reason=reason)
    return submission
