"""What was sent and is open once more."""

from collections.abc import Mapping

from cms.forms.enums import Cause
from cms.forms.models import Reopening, Submission, SubmissionVersion
from cms.forms.models.reopening import OPEN

Opened = Mapping[str, Reopening]
"""By cause; there is one of each at most."""

WITH_FORM = "before__form_version"
"""What pages that show what is asked fetch along."""


def open_by_cause(submission: Submission, *along: str) -> Opened:
    """Return what is open, with what is fetched along."""
    rows = submission.reopenings.filter(OPEN)
    return {row.cause: row for row in (rows.select_related(*along) if along else rows)}


def first_of(opened: Opened) -> Reopening | None:
    """Return what can be worked on: a question of the office goes before a change of one's own."""
    return opened.get(Cause.QUESTION) or opened.get(Cause.AMENDMENT)


def was_amended(version: SubmissionVersion) -> bool:
    """Tell whether a version came of a change that nobody had asked for."""
    return Reopening.objects.filter(after=version, cause=Cause.AMENDMENT).exists()
