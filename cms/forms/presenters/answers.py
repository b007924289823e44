"""Answers in rows: the question, what was answered, and the way back to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.formats.bidi import told_in
from cms.forms.models import Submission
from cms.forms.questions import Line, Question


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of an answer; a file has an address and a size."""

    text: str
    direction: str = ""
    url: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question with its answer, or words where there is none; `url` leads to where it is changed."""

    label: str
    lines: list[ShownLine] = field(default_factory=list)
    words: str = ""
    url: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one step."""

    title: str
    rows: list[Row]


def shown(lines: Iterable[Line], submission: Submission) -> list[ShownLine]:
    """Return lines with the addresses of their files, for whoever filled it in."""
    return [entry for line in lines for entry in _of_line(line, submission)]


def _of_line(line: Line, submission: Submission) -> list[ShownLine]:
    if not line.files:
        return [ShownLine(told_in(line.text, line.language), line.direction)]
    return [
        ShownLine(file.name, "auto", reverse("forms:file", args=[submission.token, file.token]), file.size)
        for file in line.files
    ]


def unanswered(question: Question) -> str:
    """Return words where nothing stands."""
    return _("Not answered yet") if question.required else _("Not answered (optional)")


def row_of(question: Question, answer: Any, submission: Submission, url: str) -> Row:
    """Return a row of the page on which people check their answers."""
    lines = shown(question.display(answer), submission) if answer is not None else []
    return Row(
        label=question.worded(question.label),
        lines=lines,
        words="" if lines else unanswered(question),
        url=url,
        verb=_("Change") if lines else _("Add"),
    )
