"""Files of a draft: added where a question asks for them, taken away by whoever brought them."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from cms.core import clock
from cms.forms.domain.errors import NotNowError, TooManyFilesError
from cms.forms.journey import Journey, StepOutline
from cms.forms.models import StepData, Submission, Upload
from cms.forms.queries.locked import writable
from cms.forms.questions import Question
from cms.forms.uploads.receive import Received

MOST_REMOVED = 5
"""So many removed files wait for the job that deletes them: nobody fills the disk by changing their mind."""


def add_files(*, journey: Journey, question: str, files: Sequence[Received]) -> list[Upload]:
    """Keep files as an answer to a question; all of them or none.

    Raises:
        NotNowError: it was sent meanwhile, or this question is not asked now.
        TooManyFilesError: there would be more than the question takes.

    """
    with none_left_behind() as written, transaction.atomic():
        put_files(journey=journey, question=question, files=files, written=written)
        _touch(journey.submission)
    return written


def put_files(*, journey: Journey, question: str, files: Sequence[Received], written: list[Upload]) -> None:
    """Do as `add_files`, in a transaction of the caller, which stands in `none_left_behind() as written`.

    Raises:
        NotNowError: it was sent meanwhile, or this question is not asked now.
        TooManyFilesError: there would be more than the question takes.

    """
    _step, asked = _asked(journey, question)
    _must_fit(journey.submission, asked, len(files))
    for file in files:
        written.append(_write(journey.submission, question, file))  # noqa: PERF401 - known if one fails
    journey.put_files(question, written[-len(files) :])


@contextmanager
def none_left_behind() -> Iterator[list[Upload]]:
    """Take files off the disk again if the transaction that writes their rows comes to nothing."""
    written: list[Upload] = []
    try:
        yield written
    except BaseException:
        for upload in written:
            upload.file.delete(save=False)
        raise


@transaction.atomic
def remove_file(*, journey: Journey, token: UUID) -> None:
    """Take a file away; a job deletes it later unless it was sent once. Twice is no error.

    Raises:
        NotNowError: it was sent meanwhile, or the file's question may not be changed.

    """
    upload = journey.submission.uploads.filter(token=token).first()
    if upload is None:
        return
    step, _question = _asked(journey, upload.question)
    journey.submission.uploads.filter(pk=upload.pk, removed_at=None).update(removed_at=clock.now())
    StepData.objects.filter(submission=journey.submission, step=step.key).update(complete=False)
    delete_older(journey.submission)
    _touch(journey.submission)
    journey.refresh()


def delete_older(submission: Submission) -> None:
    """Delete removed files but for the latest; the file before its row, so that none is left behind."""
    removed = submission.uploads.filter(frozen=False).exclude(removed_at=None)
    for upload in removed.order_by("-removed_at", "-pk")[MOST_REMOVED:]:
        upload.file.storage.delete(upload.file.name or "")
        upload.delete()


def _asked(journey: Journey, key: str) -> tuple[StepOutline, Question]:
    """Return a question for files that may be answered now, with its step; lock the submission."""
    visible = next((step for step in journey.steps for item in step.items if item.key == key), None)
    question = journey.outline.questions.get(key)
    if visible is None or question is None or question.type != "files":
        raise NotNowError
    if not writable(journey.submission, reopening=journey.reopening):
        raise NotNowError
    step = journey.outline.step(visible.key)
    if step is None:
        raise NotNowError
    return step, question


def _must_fit(submission: Submission, asked: Question, more: int) -> None:
    here = submission.uploads.filter(question=asked.key, removed_at=None).count()
    if here + more > asked.spec.get("count", 1):
        raise TooManyFilesError


def _write(submission: Submission, question: str, file: Received) -> Upload:
    digest = hashlib.sha256()
    file.content.seek(0)
    for chunk in file.content.chunks():
        digest.update(chunk)
    file.content.seek(0)
    upload = Upload(
        submission=submission,
        question=question,
        name=file.name,
        type=file.type,
        size=file.size,
        sha256=digest.hexdigest(),
    )
    upload.file.save(file.name, file.content, save=False)
    try:
        upload.save(force_insert=True)
    except BaseException:
        upload.file.delete(save=False)
        raise
    return upload


def _touch(submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(saved_at=clock.now())
