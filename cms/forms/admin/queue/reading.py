"""What the page of a submission reads aloud: answers, changed answers, questions, history."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.core.text.differences import Piece, differences, opcodes
from cms.core.zones import moment
from cms.forms import kinds
from cms.forms.admin.queue.columns import zone_of
from cms.forms.answers import Answered, AnsweredStep, State, answers_for, staff
from cms.forms.enums import Pii
from cms.forms.models import Reopening, Submission, SubmissionVersion
from cms.forms.queries import queue
from cms.forms.transitions import Actor

LONGEST = 2000
"""Longer texts are compared by sentences: by words it would take seconds."""

SENTENCE = re.compile(r"[^.!?\u061f\n]+[.!?\u061f\n]*\s*|[.!?\u061f\n]+\s*")

OWN_WORDS = frozenset({"short_text", "long_text"})
"""Answers that people write in their own language; the others are in the language of the labels."""


class Choice(NamedTuple):
    """One of several ways to look at the page."""

    code: str
    label: str
    url: str
    here: bool


class Shown(NamedTuple):
    """One question with its answer as the page shows it."""

    answer: Answered
    code: str
    dir: str
    special: bool
    state: str


class Part(NamedTuple):
    """One step of the form."""

    title: str
    answers: Sequence[Shown]


class Change(NamedTuple):
    """One answer that was changed, word by word; a protected one without its words."""

    label: str
    before: Sequence[Piece] = ()
    after: Sequence[Piece] = ()
    hidden: bool = False


class Opened(NamedTuple):
    """What was asked, or changed unasked, and what came of it."""

    reopening: Reopening
    labels: Sequence[str]
    changes: Sequence[Change]


class Event(NamedTuple):
    """One step on the way of a submission."""

    label: Any
    by: str
    at: str


def choices(
    request: HttpRequest, name: str, options: Iterable[tuple[str, str]], *, chosen: str
) -> list[Choice]:
    """Return links to the same page with another value of one parameter."""
    found = []
    for code, label in options:
        query = request.GET.copy()
        query[name] = code
        found.append(Choice(code, label, f"?{query.urlencode()}", code == chosen))
    return found


def shown(steps: Iterable[AnsweredStep], version: SubmissionVersion) -> list[Part]:
    """Return the answers by step; what a condition hid from the applicant is not there."""
    parts = []
    for step in steps:
        answers = [_shown(answer, version) for answer in step.answers if answer.state != State.NOT_ASKED]
        if answers:
            parts.append(Part(step.title, answers))
    return parts


def _shown(answer: Answered, version: SubmissionVersion) -> Shown:
    own = answer.question.type in OWN_WORDS
    return Shown(
        answer=answer,
        code=version.language if own else "",
        dir="auto" if own else "",
        special=answer.question.pii == Pii.SPECIAL,
        state=str(answer.state),
    )


def opened(
    reopenings: Iterable[Reopening], versions: Sequence[SubmissionVersion], *, special: bool, language: str
) -> list[Opened]:
    """Return what was open again, the latest first, with the answers that it changed."""
    known = {version.pk: version for version in versions}
    found = []
    for reopening in reopenings:
        before = known[reopening.before_id]
        after = known.get(reopening.after_id) if reopening.after_id else None
        old = _by_key(before, special=special, language=language)
        labels = [old[key].label if key in old else key for key in reopening.keys]
        new = _by_key(after, special=special, language=language) if after else {}
        changes = _changes(old, new, frozenset(reopening.changed)) if after else []
        found.append(Opened(reopening, labels, changes))
    return found


def _by_key(version: SubmissionVersion, *, special: bool, language: str) -> dict[str, Answered]:
    steps = answers_for(staff(special=special), version, language=language)
    return {answer.key: answer for step in steps for answer in step.answers}


def _changes(old: dict[str, Answered], new: dict[str, Answered], changed: frozenset[str]) -> list[Change]:
    """Compare what may be seen; of the rest it is known which answers are others than before."""
    changes = []
    for key, answer in new.items():
        before, after = _text(old.get(key)), _text(answer)
        if State.HIDDEN in {answer.state, old[key].state if key in old else None}:
            changes += [Change(answer.label, hidden=True)] if key in changed else []
        elif before != after:
            changes.append(Change(answer.label, *compared(before, after)))
    return changes


def compared(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return two texts in pieces, the changed words marked; of long texts the changed sentences."""
    if max(len(before), len(after)) <= LONGEST:
        return differences(before, after)
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        for side, text in zip(sides, ("".join(old[i1:i2]), "".join(new[j1:j2])), strict=True):
            if text:
                side.append(Piece(text, changed=tag != "equal"))
    return sides


def _text(answer: Answered | None) -> str:
    if answer is None or answer.state == State.NOT_ASKED:
        return ""
    lines = []
    for line in answer.lines:
        lines += [line.text] if line.text else [file.name for file in line.files]
    return "\n".join(lines)


def history(submission: Submission, reopenings: Iterable[Reopening]) -> list[Event]:
    """Return its way, the latest step first, with who took each; what people changed unasked is on it."""
    kind, zone = kinds.of(submission), zone_of(submission)
    events = [
        (row.sent_at, _("Answers changed"), str(row.opened_by or _nobody(kind, Actor.APPLICANT)))
        for row in reopenings
        if row.is_amendment and row.sent_at
    ]
    for change in queue.changes_of(submission):
        step = kind.transitions.get(change.verb)
        by = str(change.by) if change.by else _nobody(kind, step.actor if step else Actor.SYSTEM)
        label = kind.states(change.target).label if change.target in kind.states.values else change.target
        events.append((change.at, label, by))
    events.sort(key=itemgetter(0), reverse=True)
    return [Event(label, by, moment(at, zone)) for at, label, by in events]


def _nobody(kind: kinds.Kind, actor: Actor) -> str:
    """Return who did it where no person is noted."""
    if actor == Actor.APPLICANT:
        return str(kind.staff_words.who)
    return _("By itself") if actor == Actor.SYSTEM else _("Somebody who has left")
