"""What the questions of one submission need to know beyond themselves.

The database is asked when the first question wants to know, and not at all on most pages.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from cms.accounts.policy import organisations_of
from cms.core import clock
from cms.forms import kinds
from cms.forms.models import Submission, Upload
from cms.forms.questions import FileInfo, Surroundings


def surroundings_of(submission: Submission) -> Surroundings:
    """Return what a submission's questions need to know, but for its files."""
    organisations: Any = SimpleLazyObject(partial(_organisations, submission))
    return Surroundings(
        today=clock.today(),
        region=settings.PHONE_REGION,
        organisations=organisations,
        limits=_limits(submission),
    )


def with_files(around: Surroundings, submission: Submission) -> Surroundings:
    """Return the same with the files that are here."""
    files: Any = SimpleLazyObject(partial(_files, submission))
    return replace(around, files=files)


def with_more_files(around: Surroundings, question: str, uploads: Iterable[Upload]) -> Surroundings:
    """Return the same with files that have just been added to a question."""
    more = (FileInfo(token=str(it.token), name=it.name, size=it.size, type=it.type) for it in uploads)
    return replace(around, files={**around.files, question: (*around.files.get(question, ()), *more)})


def _files(submission: Submission) -> Mapping[str, tuple[FileInfo, ...]]:
    """Return files by question; removed ones are not here, and there are none before it is begun."""
    if submission.pk is None:
        return {}
    found: dict[str, tuple[FileInfo, ...]] = {}
    rows = submission.uploads.filter(removed_at=None).values_list("question", "token", "name", "size", "type")
    for question, token, name, size, kind in rows:
        file = FileInfo(token=str(token), name=name, size=size, type=kind)
        found[question] = (*found.get(question, ()), file)
    return found


def _organisations(submission: Submission) -> tuple[tuple[str, str], ...]:
    owner = submission.owner
    if owner is None:
        return ()
    rows = organisations_of(owner).order_by("name").values_list("pk", "name")
    return tuple((str(key), name) for key, name in rows)


def _limits(submission: Submission) -> Mapping[str, Any]:
    with suppress(KeyError):  # A kind whose room is not installed has no limits either.
        return kinds.of(submission).limits(submission)
    return {}
