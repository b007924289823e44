"""One POST to a step: its files and everything that was typed, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from cms.forms.domain.errors import NotNowError, TooManyFilesError
from cms.forms.domain.files import none_left_behind, put_files
from cms.forms.domain.save_step import Conflict, Saved, put_step
from cms.forms.domain.take_files import Good, Wrong, check_files
from cms.forms.domain.tell_saved import tell_later
from cms.forms.journey import Journey, StepForm

Uploads = MultiValueDict[str, UploadedFile[Any]]


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
    good, wrong = check_files(journey=journey, step=step, data=data, uploads=uploads)
    try:
        form, saved = _write(journey, step, data, good, serial)
    except TooManyFilesError:  # Another window was quicker: now the room that is left is known.
        journey.refresh()
        return write_step(journey=journey, step=step, data=data, uploads=uploads, serial=serial)
    except NotNowError:
        journey.refresh()
        return Written(journey.form(step, data), None, wrong)
    return Written(form, saved, wrong)


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
