"""The working copy as it was sent: kept while it is open once more, gone back to when that is dropped."""

from typing import Any

from cms.core import clock
from cms.forms.domain.files import delete_older
from cms.forms.domain.save_step import write_texts
from cms.forms.journey import Journey, StepOutline
from cms.forms.journey.way import raw_of
from cms.forms.models import SentCopy, StepData, Submission

Steps = dict[str, dict[str, Any]]
Files = dict[str, list[str]]

COLUMNS = ("data", "sealed", "shown", "complete")


def remember(*, submission: Submission) -> None:
    """Keep what stands there, unless something was opened before: then more may stand there than was sent."""
    if not SentCopy.objects.filter(submission=submission).exists():
        SentCopy.objects.create(submission=submission, steps=_steps(submission), files=_files(submission))


def renew(*, journey: Journey) -> None:
    """Take over what has just been sent of the open questions; the others stand as they were sent.

    What else was typed is not lost: it stays in the working copy. Where there is nothing else, there
    is nothing to keep either.
    """
    copy = SentCopy.objects.filter(submission=journey.submission).first()
    if copy is None:
        return
    steps, files = _steps(journey.submission), _files(journey.submission)
    copy.steps = {
        step.key: _mixed(journey, step, before=copy.steps, now=steps) for step in journey.outline.steps
    }
    sent = {key: files if journey.may_change(key) else copy.files for key in (*copy.files, *files)}
    copy.files = {key: source[key] for key, source in sent.items() if key in source}
    if copy.files == files and _texts(copy.steps) == _texts(steps):
        copy.delete()
    else:
        copy.save()


def forget(*, submission: Submission) -> None:
    """Keep it no longer: what stands in the working copy is what was sent."""
    SentCopy.objects.filter(submission=submission).delete()


def go_back(*, submission: Submission) -> None:
    """Let the working copy be as it was sent; files that were added are removed, removed ones are back.

    The rows stay and count on, so that a page that is still open notices.
    """
    copy = SentCopy.objects.filter(submission=submission).first()
    if copy is None:
        return
    rows = list(submission.steps.select_for_update())
    for row in rows:
        for column, value in _columns(_row(copy.steps, row.step)).items():
            setattr(row, column, value)
        row.serial += 1
    StepData.objects.bulk_update(rows, [*COLUMNS, "serial"])
    sent = [token for tokens in copy.files.values() for token in tokens]
    submission.uploads.filter(removed_at=None).exclude(token__in=sent).update(removed_at=clock.now())
    submission.uploads.filter(token__in=sent).update(removed_at=None)
    delete_older(submission)
    copy.delete()


def _steps(submission: Submission) -> Steps:
    return {row.step: _columns(row) for row in submission.steps.all()}


def _files(submission: Submission) -> Files:
    found: Files = {}
    here = submission.uploads.filter(removed_at=None).order_by("pk")
    for question, token in here.values_list("question", "token"):
        found.setdefault(question, []).append(str(token))
    return found


def _mixed(journey: Journey, step: StepOutline, *, before: Steps, now: Steps) -> dict[str, Any]:
    """Return a step with the open questions as they are now, and the others as they were."""
    was, here = _row(before, step.key), _row(now, step.key)
    old, new = raw_of(was), raw_of(here)
    sources = {name: new if journey.may_change(item.key) else old for name, item in step.names.items()}
    mixed = StepData(step=step.key, complete=here.complete)
    mixed.shown = [
        item.key
        for item in step.items
        if item.key in (here.shown if journey.may_change(item.key) else was.shown)
    ]
    write_texts(mixed, step, {name: source[name] for name, source in sources.items() if name in source})
    return _columns(mixed)


def _columns(row: StepData) -> dict[str, Any]:
    return {column: getattr(row, column) for column in COLUMNS}


def _row(steps: Steps, key: str) -> StepData:
    """Return a step of a copy as a row; one that was not there is empty."""
    return StepData(step=key, **steps.get(key, {}))


def _texts(steps: Steps) -> dict[str, Any]:
    """Return what stands in the steps, opened: the same text is never sealed the same way twice."""
    rows = {key: raw_of(_row(steps, key)) for key in steps}
    return {key: raw for key, raw in rows.items() if raw}
