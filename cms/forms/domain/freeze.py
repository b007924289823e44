"""Freeze answers as they are sent, and copy what lists need to know of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.accounts.models import User
from cms.core.text.script import fold
from cms.forms import frozen
from cms.forms.enums import Pii, QuestionRole
from cms.forms.journey import Journey
from cms.forms.models import Submission, SubmissionVersion

COPIED = {
    QuestionRole.TITLE: ("title", 250),
    QuestionRole.PERSON_NAME: ("person_name", 200),
    QuestionRole.EMAIL: ("email", 254),
    QuestionRole.PHONE: ("phone", 50),
}
"""Role → column and its length."""


def freeze(
    *,
    journey: Journey,
    answers: Mapping[str, Any],
    received_at: datetime,
    by: User | None,
    stage: int = 1,
    number: int = 1,
) -> SubmissionVersion:
    """Write the answers down for good, in the words of the form in which they were given.

    Files that were sent are kept from now on; those of hidden questions are not part of it.
    """
    outline, submission = journey.outline, journey.submission
    kept = frozen.freeze(answers, special=outline.special)
    version = SubmissionVersion.objects.create(
        submission=submission,
        stage=stage,
        number=number,
        form_version=journey.version,
        language=journey.language,
        answers=kept.answers,
        sealed=kept.sealed,
        salts=kept.salts,
        digests=kept.digests,
        received_at=received_at,
        sent_by=by,
    )
    asked = [question.key for question in outline.of_type("files")]
    tokens = [file["token"] for key in asked for file in answers.get(key) or ()]
    if tokens:
        submission.uploads.filter(token__in=tokens).update(frozen=True)
    return version


def copy_roles(*, submission: Submission, journey: Journey, answers: Mapping[str, Any]) -> list[str]:
    """Set title, person and organisation from the answers, and the text by which it is found.

    Answers of a special category are never copied. Where nobody was asked, what is known stays: the
    person of a helper's draft, or who signed in. Returns the names of the columns; saves nothing.
    """
    found = _by_role(journey, answers)
    for role, (column, length) in COPIED.items():
        if isinstance(answer := found.get(role), str):
            setattr(submission, column, answer[:length])
    owner = submission.owner
    if owner is not None:
        submission.person_name = submission.person_name or owner.name
        submission.email = submission.email or owner.email
    organisation = found.get(QuestionRole.ORGANISATION)
    named = organisation
    if isinstance(organisation, dict):
        submission.organisation_id, named = organisation["id"], organisation["name"]
    parts = (submission.reference, named, submission.person_name, submission.title)
    submission.search_text = fold(" ".join(str(part) for part in parts if part))
    columns = [column for column, _length in COPIED.values()]
    return [*columns, "organisation", "search_text"]


def _by_role(journey: Journey, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first answer to each role, but none of a special category."""
    found: dict[str, Any] = {}
    for key, question in journey.outline.questions.items():
        answer = answers.get(key)
        if question.role and question.pii != Pii.SPECIAL and answer is not None:
            found.setdefault(question.role, answer)
    return found
