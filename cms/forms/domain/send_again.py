"""Send once more what was opened again: for a question of the office, or at the person's own wish."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.forms import frozen, kinds
from cms.forms.domain.clarify import latest
from cms.forms.domain.errors import BusyError, FormsError, IncompleteError, NotNowError
from cms.forms.domain.freeze import copy_roles, freeze
from cms.forms.domain.note import note
from cms.forms.domain.sent_copy import forget, renew
from cms.forms.domain.submit import SPARE
from cms.forms.domain.tell_assignee import tell_assignee
from cms.forms.domain.transition import move
from cms.forms.enums import Audience, Cause
from cms.forms.journey import Journey
from cms.forms.models import Reopening, Submission, SubmissionVersion
from cms.forms.queries.locked import locked
from cms.forms.queries.reopened import first_of, open_by_cause

ABSENT = object()

amended = Signal()
"""Arguments: `submission`, `by`. A change of the person's own counts from now on; as for `moved`."""


class NothingNewError(FormsError):
    """Neither an answer has changed nor a line was written: staff would read the same again."""

    code = "nothing_new"
    words = _("Change an answer, or write to us what you want to say.")


class NothingChangedError(FormsError):
    """A change of one's own in which no answer is another."""

    code = "nothing_changed"
    words = _("You have not changed any answer yet.")


class AmendmentOverError(NotNowError):
    """The kind takes no change any more; what was typed stays until the person drops it."""

    code = "amendment_over"
    words = _("Your answers cannot be changed here any more. What you sent before counts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What goes along with the answers; the same key writes once."""

    text: str
    key: UUID

    def __bool__(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answers before and after; a key that is missing was not asked."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed: list[str] = field(default_factory=list)


def journey_of(submission: Submission, opened: Reopening, *, language: str = "") -> Journey:
    """Return the way through what is open: all of it, or what was asked about and depends on it."""
    only = None if opened.is_amendment else frozenset(opened.keys)
    return Journey(submission, only=only, reopening=opened.pk, language=language)


def compare(journey: Journey, before: SubmissionVersion) -> Comparison:
    """Return what was sent before beside what would be sent now."""
    old, new = frozen.thaw(before), journey.answers()
    keys = [key for key in journey.outline.questions if old.get(key, ABSENT) != new.get(key, ABSENT)]
    return Comparison(old, new, keys)


def send_again(
    *,
    submission: Submission,
    number: int,
    arrived: datetime,
    by: User | None,
    line: Line | None = None,
    language: str = "",
) -> SubmissionVersion:
    """Freeze a further version; what was sent before is returned as it is.

    The answer to a question lets the submission go on, and whoever works on it is told. A change of
    the person's own leaves its state alone.

    Args:
        submission: what is open again.
        number: the reopening that was on the page: what is sent never counts for another one.
        arrived: when the request reached us.
        by: who sends; None for a browser that came by a link or a code.
        line: what they write beside the answers to a question.
        language: of the page, in which problems are told.

    Raises:
        NotNowError: it was taken back, dropped or is another one, or the office asks something first.
        AmendmentOverError: the kind took no change at that moment.
        IncompleteError: an open question is not answered well, or the kind refuses the answers.
        NothingNewError: nothing has changed, and nothing was written.
        NothingChangedError: the same for a change of one's own.
        BusyError: what many compete for was not to be had, twice.

    """
    details = (submission, number, arrived, by, line, language)
    try:
        return _send_again(*details)
    except BusyError:
        return _send_again(*details)


@transaction.atomic
def _send_again(
    submission: Submission,
    number: int,
    arrived: datetime,
    by: User | None,
    line: Line | None,
    language: str,
) -> SubmissionVersion:
    kind = kinds.of(submission)
    kind.lock_shared(submission)
    held = locked(submission)
    opened = held.reopenings.select_for_update().filter(pk=number).first()
    if opened is not None and opened.after is not None:
        return opened.after
    before = latest(held)
    if opened is None or before is None or opened != first_of(open_by_cause(held)):
        raise NotNowError
    thing = kind.lock(held)
    if opened.is_amendment and not _amendable(held, arrived):
        raise AmendmentOverError
    journey = journey_of(held, opened, language=language)
    compared = _checked(journey, opened, before, line)
    version = freeze(
        journey=journey,
        answers=compared.after,
        received_at=arrived,
        by=by,
        stage=before.stage,
        number=before.number + 1,
    )
    columns = copy_roles(submission=held, journey=journey, answers=compared.after)
    if opened.is_amendment:
        held.save(update_fields=columns)
    else:
        move(submission=held, thing=thing, verb=kind.answer_verb, by=by, also=columns)
    kind.on_sent(held, compared.after)
    opened.before, opened.after, opened.changed = before, version, compared.changed
    opened.sent_at = clock.now()
    opened.save(update_fields=["before", "after", "changed", "sent_at"])
    _amended(held, opened, by) if opened.is_amendment else _answered(journey, opened, line, by)
    return version


def _amendable(submission: Submission, arrived: datetime) -> bool:
    """Ask the kind; whoever held the request back and went on writing is judged by the last save."""
    late = submission.saved_at - arrived > SPARE
    return kinds.of(submission).may_amend(submission, submission.saved_at if late else arrived)


def _checked(journey: Journey, opened: Reopening, before: SubmissionVersion, line: Line | None) -> Comparison:
    """Return what would change, if it can be sent; see `send_again` for what it raises."""
    submission = journey.submission
    if problems := journey.problems():
        raise IncompleteError(problems)
    compared = compare(journey, before)
    if not compared.changed and opened.is_amendment:
        raise NothingChangedError
    if not compared.changed and not line:
        raise NothingNewError
    if wrong := kinds.of(submission).check_in_lock(submission, compared.after):
        raise IncompleteError(journey.placed(wrong))
    return compared


def _amended(submission: Submission, opened: Reopening, by: User | None) -> None:
    forget(submission=submission)
    record("forms.amended", target=submission, actor=by, details=_details("amendment", opened))
    amended.send(sender=type(kinds.of(submission)), submission=submission, by=by)


def _answered(journey: Journey, opened: Reopening, line: Line | None, by: User | None) -> None:
    submission = journey.submission
    renew(journey=journey)
    waiting = open_by_cause(submission).get(Cause.AMENDMENT)
    if waiting is not None:
        waiting.before = opened.after  # type: ignore[assignment]  # it has just been sent
        waiting.save(update_fields=["before"])
    record("forms.answered", target=submission, actor=by, details=_details("clarification", opened))
    if line:
        note(
            submission=submission,
            text=line.text,
            audience=Audience.APPLICANT,
            by=by,
            key=line.key,
            by_staff=False,
        )
    tell_assignee(submission=submission, template="forms/answered")


def _details(name: str, opened: Reopening) -> dict[str, Any]:
    version = opened.after.number if opened.after else None
    return {name: opened.pk, "version": version, "keys": opened.changed}
