"""Ask the applicant about named questions: only those can be changed until they are answered."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms import kinds
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.receipt import recipient_of
from cms.forms.domain.sent_copy import remember
from cms.forms.domain.tell import tell
from cms.forms.domain.transition import transition
from cms.forms.enums import Cause
from cms.forms.journey import outline_of
from cms.forms.models import Reopening, Submission, SubmissionVersion
from cms.forms.policy import may_work_on
from cms.forms.queries.locked import locked
from cms.forms.queries.reopened import open_by_cause


def latest(submission: Submission) -> SubmissionVersion | None:
    """Return what was sent last, with the form it was sent with."""
    versions = submission.versions.select_related("form_version").order_by("stage", "number")
    return versions.last()


def askable(version: SubmissionVersion) -> list[str]:
    """Return the keys of the questions that were asked: what was never shown cannot be unclear."""
    outline = outline_of(version.form_version, version.language)
    return [key for key in outline.questions if key in version.digests]


@transaction.atomic
def clarify(
    *, submission: Submission, text: str, keys: Iterable[str], due_on: date | None, by: User
) -> Reopening:
    """Open the named questions of the version sent last, and ask the applicant in their language.

    A change of the applicant's own that is open waits until the question is settled.

    Raises:
        NotAllowedError: `by` may not work on it.
        NotNowError: it was not sent, waits for an answer already, or its state does not allow it.
        ValueError: no question, or one that was not asked.

    """
    kind = kinds.of(submission)
    kind.lock_shared(submission)
    current = locked(submission)
    if not may_work_on(by, current):
        raise NotAllowedError
    before = latest(current)
    if not kind.ask_verb or before is None or Cause.QUESTION in open_by_cause(current):
        raise NotNowError
    named, known = set(keys), askable(before)
    if not named or named - set(known):
        raise ValueError("Name questions that this submission was asked.")
    chosen = [key for key in known if key in named]
    transition(submission=current, verb=kind.ask_verb, by=by)
    remember(submission=current)
    asked = Reopening.objects.create(
        submission=current,
        cause=Cause.QUESTION,
        text=text.replace("\0", "").strip(),
        keys=chosen,
        due_on=due_on,
        opened_by=by,
        before=before,
    )
    record("forms.asked", target=current, actor=by, details={"keys": chosen, "clarification": asked.pk})
    _tell(current, asked)
    return asked


def _tell(submission: Submission, asked: Reopening) -> None:
    language = recipient_of(submission).language
    outline = outline_of(asked.before.form_version, language, asked.before.language)
    labels = [outline.questions[key].label for key in asked.keys]
    context = {"text": asked.text, "labels": labels, "due_on": asked.due_on}
    tell(submission=submission, template="forms/clarification", context=context)
