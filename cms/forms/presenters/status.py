"""Where something stands, in plain words, with what the person can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.core import clock, typed
from cms.core.formats.numbers import number
from cms.core.renderer import Form
from cms.forms import kinds
from cms.forms.domain.withdraw import may_withdraw
from cms.forms.enums import Cause
from cms.forms.journey import outline_of
from cms.forms.kinds import Waypoint
from cms.forms.models import Note, Reopening, Submission
from cms.forms.presenters.crossing import Arch, Crossing
from cms.forms.presenters.receipt import zone_of
from cms.forms.queries import status as queries
from cms.forms.queries.reopened import WITH_FORM, Opened, open_by_cause

LONGEST_LINE = 4000


class LineForm(Form):
    """A line to the office."""

    text = typed.LongTextField(
        label=gettext_lazy("Write to us"),
        help_text=gettext_lazy("We read it where we work on this, and answer here."),
        max_characters=LONGEST_LINE,
        error_messages={"required": gettext_lazy("Write something first")},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What staff ask, with the questions that can be changed."""

    text: str
    labels: list[str]
    due_on: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Amending:
    """A change that was begun: it may have to wait for a question, or come too late."""

    waits: bool
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that was written, by the person or by the office."""

    own: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One sending, with the way to its answers."""

    label: str
    url: str
    at: datetime


def status_of(submission: Submission, form: LineForm | None = None) -> dict[str, Any]:
    """Return what `forms/status.html` shows; `form` is one that was not right yet."""
    kind = kinds.of(submission)
    path = kind.path(submission)
    opened = open_by_cause(submission, WITH_FORM)
    asked = opened.get(Cause.QUESTION)
    return {
        "submission": submission,
        "state": kind.plain_state(submission),
        "subject": kind.subject(submission),
        "kind": kind.label,
        "path": path,
        "crossing": crossing_of(path),
        "asked": asked_of(asked) if asked else None,
        "lines": lines_of(queries.lines_with(submission)),
        "office": submission.unit.name,
        "sent": sent_of(submission, queries.sent_versions(submission)),
        "facts": facts_of(submission),
        "zone": zone_of(submission),
        "form": form or LineForm(),
        "may_withdraw": may_withdraw(submission),
        "taking_back": kind.taking_back,
        "may_amend": not opened and kind.may_amend(submission, clock.now()),
        "amending": amending_of(submission, opened),
        "own_template": kind.own_template,
    }


def crossing_of(path: Sequence[Waypoint]) -> Crossing | None:
    """Return the stations as a bridge; None where the way has come to its end."""
    here = next((index for index, station in enumerate(path) if station.here), None)
    if here is None or here == len(path) - 1:
        return None
    sentence = _("Station %(position)s of %(all)s: %(title)s")
    named = {"position": number(here + 1), "all": number(len(path)), "title": path[here].label}
    arches = [Arch(str(station.label), here=station.here) for station in path]
    return Crossing(_("Where it stands"), sentence % named, arches)


def amending_of(submission: Submission, opened: Opened) -> Amending | None:
    """Return the change that the person has begun, if there is one."""
    if Cause.AMENDMENT not in opened:
        return None
    over = not kinds.of(submission).may_amend(submission, clock.now())
    return Amending(waits=Cause.QUESTION in opened, over=over)


def asked_of(asked: Reopening) -> Asked:
    """Return the question of staff with the words of the form, in the best language for the reader."""
    outline = outline_of(asked.before.form_version, get_language() or "", asked.before.language)
    labels = [item.worded(item.label) for key, item in outline.questions.items() if key in asked.keys]
    return Asked(text=asked.text, labels=labels, due_on=asked.due_on)


def lines_of(notes: Sequence[Note]) -> list[Line]:
    """Return the thread without names: the office answers, not one of its people."""
    return [Line(own=not note.by_staff, text=note.text, at=note.created_at) for note in notes]


def sent_of(submission: Submission, versions: Sequence[Any]) -> list[Sent]:
    """Return each sending with what it came of and the address of its answers."""
    return [
        Sent(
            label=_sending(number, amended=version.amended),
            url=reverse("forms:sent", args=[submission.token, version.number]),
            at=version.received_at,
        )
        for number, version in enumerate(versions)
    ]


def _sending(number: int, *, amended: bool) -> str:
    if not number:
        return _("The answers as sent")
    return _("The answers after your change") if amended else _("The answers after our question")


def facts_of(submission: Submission) -> list[tuple[str, str]]:
    """Return what it is, in short."""
    organisation = submission.organisation
    facts = [
        (str(kinds.of(submission).label), kinds.of(submission).subject(submission).told),
        (_("Title"), submission.title),
        (_("Organisation"), organisation.name if organisation else ""),
        (_("Name"), submission.person_name),
    ]
    return [(label, value) for label, value in facts if value]
