"""All questions of a call on one page, with the limits of the call."""

from cms.forms.models import FormVersion
from cms.forms.presenters import questions
from cms.forms.presenters.questions import AllQuestions
from cms.grants.kinds import limits_of
from cms.grants.models import Call

__all__ = ["AllQuestions", "all_questions"]


def all_questions(call: Call, version: FormVersion, *, language: str) -> AllQuestions:
    """Return every question of a version with the limits of the call, in `language`."""
    return questions.all_questions(version, language, limits=limits_of(call))
