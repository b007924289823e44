"""Which columns a table of submissions has, whatever forms they were filled in with.

A question is found by its key, which never changes; its column is called by the export name that
the newest form gives it. What belongs to the submission itself begins with "submission.", what
its kind adds with the code of the kind, so that no question can take such a name.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.export.cells import Cell
from cms.core.zones import wall_of
from cms.forms import kinds
from cms.forms.journey import outline_of
from cms.forms.models import FormVersion, Submission

Value = Callable[[Submission], Cell]


@dataclass(frozen=True, slots=True)
class Fact:
    """A column with something that everything of a kind has, whatever was asked."""

    name: str
    label: Any
    value: Value


@dataclass(frozen=True, slots=True)
class Asked:
    """A column with the answers to one question."""

    name: str
    key: str
    label: str
    special: bool


def zone_of(submission: Submission) -> str:
    """Return the zone in which the subject keeps its deadline; the site's where it has none."""
    moment = submission.received_at or submission.created_at
    return kinds.of(submission).acceptance(submission, moment).zone or settings.TIME_ZONE


def _received(submission: Submission) -> Cell:
    moment = submission.received_at
    return wall_of(moment, zone_of(submission)).replace(microsecond=0) if moment else None


def _state(submission: Submission) -> Cell:
    kind = kinds.of(submission)
    return str(kind.states(kind.state_of(submission)).label)


def _subject(submission: Submission) -> Cell:
    return kinds.of(submission).subject(submission).code


def facts() -> list[Fact]:
    """Return the columns that every submission has, in the language in use."""
    return [
        Fact("submission.reference", _("Reference"), lambda row: row.reference),
        Fact("submission.kind", _("Kind"), lambda row: row.kind),
        Fact("submission.subject", _("Call or event"), _subject),
        Fact("submission.title", _("Title"), lambda row: row.title),
        Fact("submission.phase", _("Phase"), lambda row: row.get_phase_display()),
        Fact("submission.state", _("State"), _state),
        Fact("submission.unit", _("Unit"), lambda row: row.unit.name),
        Fact("submission.language", _("Language"), lambda row: row.language),
        Fact("submission.received", _("Received, as clocks showed it in the zone"), _received),
        Fact("submission.zone", _("Time zone"), zone_of),
        Fact("submission.assigned_to", _("Assigned to"), lambda row: str(row.assignee or "")),
        Fact("submission.due", _("Due"), lambda row: row.due_on),
        Fact("submission.organisation", _("Organisation"), lambda row: str(row.organisation or "")),
        Fact("submission.person", _("Name"), lambda row: row.person_name),
        Fact("submission.email", _("E-mail address"), lambda row: row.email),
        Fact("submission.phone", _("Telephone"), lambda row: row.phone),
    ]


def facts_of_kinds(codes: Iterable[str]) -> list[Fact]:
    """Return the columns that kinds add; they are empty for other kinds."""
    return [
        Fact(f"{code}.{name}", f"{kinds.get(code).label}: {name}", _only_for(code, value))
        for code in codes
        for name, value in kinds.get(code).export_columns()
    ]


def _only_for(code: str, value: Value) -> Value:
    return lambda row: value(row) if row.kind == code else None


def questions(versions: Iterable[FormVersion], *, language: str, special: bool) -> list[Asked]:
    """Return a column for every question that any of the versions asks, in the order of the forms.

    A question that only an older version knows stands behind the one it followed. Two questions
    with one export name keep both columns: each then carries its key behind the name.
    """
    newest = sorted(versions, key=lambda version: (-version.form_id, version.number), reverse=True)
    found: dict[str, Any] = {}
    order: list[str] = []
    protected: set[str] = set()
    for outline in (outline_of(version, language) for version in newest):
        protected |= outline.special
        behind = 0
        for key, question in outline.questions.items():
            if key not in found:
                found[key] = question
                order.insert(behind, key)
            behind = order.index(key) + 1
    wanted = [found[key] for key in order if special or key not in protected]
    names = Counter(question.export for question in wanted)
    return [
        Asked(
            name=f"{question.export} ({question.key})" if names[question.export] > 1 else question.export,
            key=question.key,
            label=question.label,
            special=question.key in protected,
        )
        for question in wanted
    ]
