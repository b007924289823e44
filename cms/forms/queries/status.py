"""What the page about one submission shows beside the submission itself."""

from cms.forms.enums import Audience
from cms.forms.models import Clarification, Note, Submission, SubmissionVersion


def open_clarification(submission: Submission) -> Clarification | None:
    """Return what is asked and not answered yet, with the version it is about."""
    asked = submission.clarifications.select_related("before__form_version")
    return asked.filter(answered_at=None, cancelled_at=None).first()


def lines_with(submission: Submission) -> list[Note]:
    """Return what office and applicant have written to each other; never a note among staff."""
    return list(submission.notes.filter(audience=Audience.APPLICANT).order_by("pk"))


def sent_versions(submission: Submission) -> list[SubmissionVersion]:
    """Return when it was sent, and sent again; without the answers."""
    return list(
        submission.versions.only("number", "stage", "received_at", "submission").order_by("stage", "number")
    )


def answered(submission: Submission) -> Clarification | None:
    """Return the question that was answered last."""
    done = submission.clarifications.select_related("after").exclude(answered_at=None)
    return done.order_by("-answered_at").first()
