"""The only door to answers that were sent: who looks decides what is opened.

Whoever shows answers of a special category writes the audit entry `forms.special_read`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cms.forms import frozen, vault
from cms.forms.enums import Blind, Pii
from cms.forms.journey import outline_of
from cms.forms.models import SubmissionVersion
from cms.forms.questions import Line, Question


class State(StrEnum):
    """What there is to see of a question."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"
    HIDDEN = "hidden"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks: whether special categories are opened, and whether names may be seen."""

    special: bool = False
    blind: bool = False

    def may_see(self, question: Question) -> bool:
        """Tell whether the answer to a question is shown to this viewer."""
        if question.pii == Pii.SPECIAL and not self.special:
            return False
        return not self.blind or question.blind == Blind.SHOW


def owner() -> Viewer:
    """Return whoever sent it: they see all of it."""
    return Viewer(special=True)


def staff(*, special: bool) -> Viewer:
    """Return somebody of the staff; `special` is what `policy.may_read_special` says."""
    return Viewer(special=special)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question of the form as it was sent, with what may be seen of its answer."""

    key: str
    label: str
    state: State
    question: Question
    lines: list[Line] = field(default_factory=list)
    value: Any = None


@dataclass(frozen=True, slots=True)
class AnsweredStep:
    """The questions of one step, asked or not."""

    title: str
    answers: list[Answered]
    language: str
    """Of title and labels."""


def answers_for(viewer: Viewer, version: SubmissionVersion, *, language: str) -> list[AnsweredStep]:
    """Return all questions of the form as it was sent, with the answers that `viewer` may see.

    Labels are those of the sent form in `language`, or in the language in which it was sent. Asks
    the database for nothing if the version came with its `form_version`.
    """
    outline = outline_of(version.form_version, language, version.language)
    opened = _opened(viewer, version)
    return [
        AnsweredStep(
            step.title,
            [_answered(viewer, version, opened, item) for item in step.items if item.key],
            step.language,
        )
        for step in outline.steps
    ]


def _opened(viewer: Viewer, version: SubmissionVersion) -> Mapping[str, Any]:
    """Return the answers that can be shown; those whose key is lost count as erased."""
    if not viewer.special or not version.sealed:
        return version.answers
    try:
        return {**version.answers, **frozen.thaw_special(version)}
    except vault.UnreadableError:
        return version.answers


def _answered(
    viewer: Viewer, version: SubmissionVersion, opened: Mapping[str, Any], question: Question
) -> Answered:
    state = _state(viewer, version, opened, question)
    value = opened[question.key] if state == State.ANSWERED else None
    return Answered(
        key=question.key,
        label=question.label,
        state=state,
        question=question,
        lines=question.display(value) if state == State.ANSWERED else [],
        value=value,
    )


def _state(
    viewer: Viewer, version: SubmissionVersion, opened: Mapping[str, Any], question: Question
) -> State:
    if question.key not in version.digests:
        return State.NOT_ASKED
    if not viewer.may_see(question):
        return State.HIDDEN
    if question.key not in opened:
        return State.ERASED
    return State.UNANSWERED if opened[question.key] is None else State.ANSWERED
