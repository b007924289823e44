"""Answer what the office has asked: the named questions change, everything else stays as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.forms import frozen, kinds
from cms.forms.domain.clarify import latest
from cms.forms.domain.errors import FormsError, IncompleteError, NotNowError
from cms.forms.domain.freeze import copy_roles, freeze
from cms.forms.domain.note import note
from cms.forms.domain.tell_assignee import tell_assignee
from cms.forms.domain.transition import move
from cms.forms.enums import Audience
from cms.forms.journey import Journey
from cms.forms.models import Clarification, Submission, SubmissionVersion
from cms.forms.queries.locked import locked

ABSENT = object()


class NothingNewError(FormsError):
    """Neither an answer has changed nor a line was written: staff would read the same again."""

    code = "nothing_new"
    words = _("Change an answer, or write to us what you want to say.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What goes along with the answers; the same key writes once."""

    text: str
    key: UUID


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answers before and after; a key that is missing was not asked."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed: list[str] = field(default_factory=list)


def journey_of(submission: Submission, asked: Clarification, *, language: str = "") -> Journey:
    """Return the way through the questions that are open, and those that depend on them."""
    return Journey(submission, only=frozenset(asked.keys), language=language)


def compare(journey: Journey, before: SubmissionVersion) -> Comparison:
    """Return what was sent before beside what would be sent now."""
    old, new = frozen.thaw(before), journey.answers()
    keys = [key for key in journey.outline.questions if old.get(key, ABSENT) != new.get(key, ABSENT)]
    return Comparison(old, new, keys)


@transaction.atomic
def answer_clarification(
    *,
    submission: Submission,
    number: int,
    arrived: datetime,
    by: User | None,
    line: Line | None = None,
    language: str = "",
) -> SubmissionVersion:
    """Freeze a further version and let it go on; what was answered before is returned as it is.

    Args:
        submission: what was asked about.
        number: the question that was on the page: the answer never counts for another one.
        arrived: when the request reached us.
        by: who answers; None for a browser that came by a link or a code.
        line: what they write beside the answers.
        language: of the page, in which problems are told.

    Raises:
        NotNowError: the question was taken back, or is another one.
        IncompleteError: an open question is not answered well.
        NothingNewError: nothing has changed, and nothing was written.

    """
    held = locked(submission)
    asked = held.clarifications.select_for_update().filter(pk=number).first()
    if asked is not None and asked.after is not None:
        return asked.after
    before = latest(held)
    if asked is None or before is None or not asked.is_open:
        raise NotNowError
    kind = kinds.of(held)
    thing = kind.lock(held)
    journey = journey_of(held, asked, language=language)
    compared = _checked(journey, before, line)
    version = freeze(
        journey=journey,
        answers=compared.after,
        received_at=arrived,
        by=by,
        stage=before.stage,
        number=before.number + 1,
    )
    columns = copy_roles(submission=held, journey=journey, answers=compared.after)
    move(submission=held, thing=thing, verb=kind.answer_verb, by=by, also=columns)
    kind.on_sent(held, compared.after)
    _close(held, asked, version, compared.changed, line, by)
    return version


def _checked(journey: Journey, before: SubmissionVersion, line: Line | None) -> Comparison:
    """Return what would change, if it can be sent; see `answer_clarification` for what it raises."""
    submission = journey.submission
    if problems := journey.problems():
        raise IncompleteError(problems)
    compared = compare(journey, before)
    if not compared.changed and not (line and line.text.strip()):
        raise NothingNewError
    if wrong := kinds.of(submission).check_in_lock(submission, compared.after):
        raise IncompleteError(journey.placed(wrong))
    return compared


def _close(
    submission: Submission,
    asked: Clarification,
    version: SubmissionVersion,
    changed: list[str],
    line: Line | None,
    by: User | None,
) -> None:
    asked.answered_at, asked.after = clock.now(), version
    asked.save(update_fields=["answered_at", "after"])
    details = {"clarification": asked.pk, "version": version.number, "keys": changed}
    record("forms.answered", target=submission, actor=by, details=details)
    if line and line.text.strip():
        note(
            submission=submission,
            text=line.text,
            audience=Audience.APPLICANT,
            by=by,
            key=line.key,
            by_staff=False,
        )
    tell_assignee(submission=submission, template="forms/answered")
