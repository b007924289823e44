"""Send a submission: everything in one transaction, once, and judged by when it arrived."""

from datetime import datetime, timedelta

from django.db import transaction

from cms.accounts.models import User
from cms.forms import kinds
from cms.forms.domain.errors import BusyError, IncompleteError, NotOpenError
from cms.forms.domain.freeze import copy_roles, freeze
from cms.forms.domain.receipt import send_receipts
from cms.forms.domain.reference import draw_reference
from cms.forms.domain.transition import move
from cms.forms.journey import Journey
from cms.forms.models import FormVersion, Submission, SubmissionVersion
from cms.forms.queries.locked import locked
from cms.forms.questions import Surroundings

SPARE = timedelta(minutes=1)
"""What another window saves by itself meanwhile was typed before."""

COLUMNS = ("reference", "received_at", "version")


def submit(
    *,
    submission: Submission,
    arrived: datetime,
    by: User | None,
    surroundings: Surroundings | None = None,
    language: str = "",
) -> SubmissionVersion:
    """Check, freeze and send; return what was frozen, with the submission as it is now.

    What was sent before is returned as it is: no second reference, no second message. Answers are
    judged before anything is locked, so that nobody waits for that, and once more under lock, as
    another window may have changed them.

    Args:
        submission: a draft.
        arrived: when the request reached us: the deadline is judged by it.
        by: who sends; None for a browser that nobody signed in with.
        surroundings: what questions need to know; asked of the submission if not given.
        language: in which the form was filled in; by default that of the page.

    Raises:
        NotOpenError: nothing was taken at that moment; what was typed stays.
        IncompleteError: answers are missing or wrong.
        BusyError: what many compete for was not to be had, twice.

    """
    version = None
    if submission.is_draft and kinds.of(submission).acceptance(submission, arrived).open:
        journey = Journey(submission, surroundings=surroundings, language=language)
        if problems := journey.problems():
            raise IncompleteError(problems)
        version = journey.version
    details = (submission, arrived, by, surroundings, language, version)
    try:
        return _submit(*details)
    except BusyError:
        return _submit(*details)


@transaction.atomic
def _submit(
    submission: Submission,
    arrived: datetime,
    by: User | None,
    surroundings: Surroundings | None,
    language: str,
    known: FormVersion | None,
) -> SubmissionVersion:
    kind = kinds.of(submission)
    kind.lock_shared(submission)
    held = locked(submission)
    if not held.is_draft:
        return _last_of(held)
    thing = kind.lock(held)
    acceptance = kind.acceptance(held, arrived)
    if not acceptance.open:
        raise NotOpenError(acceptance)
    if _written_later(held, arrived):
        raise NotOpenError(kind.acceptance(held, held.saved_at))
    journey = Journey(held, surroundings=surroundings, language=language, version=known)
    if problems := journey.problems():
        raise IncompleteError(problems)
    answers = journey.answers()
    if wrong := kind.check_in_lock(held, answers):
        raise IncompleteError(journey.placed(wrong))
    held.reference = draw_reference(prefix=kind.prefix(held), received_at=arrived)
    held.received_at = arrived
    version = freeze(journey=journey, answers=answers, received_at=arrived, by=by)
    held.version = journey.version
    columns = copy_roles(submission=held, journey=journey, answers=answers)
    verb = kind.send_verb(held, answers)
    kind.on_sent(held, answers)
    move(submission=held, thing=thing, verb=verb, by=by, also=[*COLUMNS, *columns])
    send_receipts(submission=held)
    return version


def _written_later(submission: Submission, arrived: datetime) -> bool:
    """Tell whether somebody held the request back until after the deadline, and went on writing."""
    saved_at = submission.saved_at
    return saved_at - arrived > SPARE and not kinds.of(submission).acceptance(submission, saved_at).open


def _last_of(submission: Submission) -> SubmissionVersion:
    """Return what was sent last."""
    version = submission.versions.order_by("-stage", "-number")[0]
    version.submission = submission
    return version
