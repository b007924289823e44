"""What the page about one submission shows beside the submission itself."""

from typing import Any

from django.db.models import Exists, OuterRef

from cms.forms.enums import Audience, Cause
from cms.forms.models import Note, Reopening, Submission


def lines_with(submission: Submission) -> list[Note]:
    """Return what office and applicant have written to each other; never a note among staff."""
    return list(submission.notes.filter(audience=Audience.APPLICANT).order_by("pk"))


def sent_versions(submission: Submission) -> list[Any]:
    """Return when it was sent, and sent again; `amended` by the person's own wish. Without the answers."""
    amended = Reopening.objects.filter(after=OuterRef("pk"), cause=Cause.AMENDMENT)
    sent = submission.versions.only("number", "stage", "received_at", "submission")
    return list(sent.annotate(amended=Exists(amended)).order_by("stage", "number"))
