"""What is known of a person before they have answered: nobody types their name twice."""

from typing import Any

from cms.forms.enums import Pii, QuestionRole
from cms.forms.journey.outline import StepOutline
from cms.forms.models import Submission


def known_of(submission: Submission, step: StepOutline) -> dict[str, Any]:
    """Return by question what a step that was never saved begins with.

    It is what a helper has entered at the door, or what the account of the owner says, who need not be
    the one who comes. Nothing of it counts as an answer before somebody has sent the page; a special
    category is never filled in.
    """
    owner = submission.owner if submission.is_draft else None
    name = submission.person_name or (owner.name if owner else "")
    told = {
        QuestionRole.PERSON_NAME: name,
        QuestionRole.EMAIL: submission.email or (owner.email if owner else ""),
        QuestionRole.PHONE: submission.phone,
        QuestionRole.ATTENDEES: [submission.person_name] if submission.person_name else "",
    }
    asked = ((item.key, told.get(QuestionRole(item.role))) for item in step.items if item.role and item.key)
    special = {item.key for item in step.items if item.pii == Pii.SPECIAL}
    return {key: value for key, value in asked if value and key not in special}
