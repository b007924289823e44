"""One POST to a step: its files and everything that was typed, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.dispatch import Signal
from django.utils.datastructures import MultiValueDict

from cms.forms import kinds
from cms.forms.domain.errors import NotNowError, TooManyFilesError
from cms.forms.domain.files import none_left_behind, put_files
from cms.forms.domain.save_step import Conflict, Saved, put_step
from cms.forms.domain.take_files import Good, Wrong, check_files
from cms.forms.domain.tell_saved import tell_later
from cms.forms.journey import Journey, StepForm

Uploads = MultiValueDict[str, UploadedFile[Any]]

drafted = Signal()
"""Arguments: `submission`, and `before` and `after`: the answers to the questions that its kind watches.

Sent after everything is kept, in no transaction: what a receiver locks, nobody holds back. `before` is
None if something was wrong with them or missing; while something is, it is not sent.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What has become of it: the form as it stands now, and what is wrong with files by question."""

    form: StepForm
    saved: Saved | Conflict | None
    """None: it was sent meanwhile, nothing was written."""

    wrong: Wrong


def write_step(
    *, journey: Journey, step: str, data: Mapping[str, Any], uploads: Uploads, serial: int
) -> Written:
    """Keep the files that fit and everything that was typed, whatever is wrong with it.

    Args:
        journey: of a draft.
        step: the key of a visible step.
        data: what was posted.
        uploads: files by posted name.
        serial: what the page carried.

    """
    watched = kinds.of(journey.submission).watched
    before = journey.answers_to(watched)
    good, wrong = check_files(journey=journey, step=step, data=data, uploads=uploads)
    try:
        form, saved = _write(journey, step, data, good, serial)
    except TooManyFilesError:  # Another window was quicker: now the room that is left is known.
        journey.refresh()
        return write_step(journey=journey, step=step, data=data, uploads=uploads, serial=serial)
    except NotNowError:
        journey.refresh()
        return Written(journey.form(step, data), None, wrong)
    if isinstance(saved, Saved):
        _tell_kind(journey, before, journey.answers_to(watched))
    return Written(form, saved, wrong)


def _tell_kind(journey: Journey, before: kinds.Answers | None, after: kinds.Answers | None) -> None:
    if after is not None and after != before:
        kind = kinds.of(journey.submission)
        drafted.send(sender=type(kind), submission=journey.submission, before=before, after=after)


def _write(
    journey: Journey, step: str, data: Mapping[str, Any], good: Good, serial: int
) -> tuple[StepForm, Saved | Conflict]:
    with none_left_behind() as written, transaction.atomic():
        for question, files in good.items():
            put_files(journey=journey, question=question, files=files, written=written)
        form = journey.form(step, data)
        saved = put_step(
            journey=journey,
            step=step,
            raw=form.raw,
            shown=form.shown,
            serial=serial,
            complete=form.complete,
        )
        if isinstance(saved, Saved):
            tell_later(journey=journey, step=step)
    return form, saved
