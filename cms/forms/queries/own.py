"""Submissions as their owners come to them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from cms.forms.models import Submission, SubmissionVersion, Upload

ALONG = ("version__form",)
"""What every page asks for; helper and organisation are read where they are shown, if there are any."""

LARGE = ("version__structure", "version__texts", "version__missing")
"""All words of a form in all languages: the journey of a draft reads those of the newest version."""


def by_token(token: UUID, *, related: Collection[str]) -> Submission | None:
    """Return one with what every page about it asks for; `related` is what its kind needs."""
    found = Submission.objects.select_related(*ALONG, *related).defer(*LARGE)
    # Its token is unique: to put one row in order would cost a third of asking for it.
    return next(iter(found.filter(token=token).order_by()), None)


def of_person(
    own: QuerySet[Submission], *, held: Collection[str], related: Collection[str]
) -> QuerySet[Submission]:
    """Return what somebody has filled in, and what their browser came to by a link; the latest first."""
    theirs = Submission.objects.filter(Q(pk__in=own.values("pk")) | Q(token__in=held))
    return (
        theirs.select_related(*ALONG, "organisation", "helper", *related)
        .defer(*LARGE)
        .order_by("-saved_at", "-pk")
    )


def file_of(submission: Submission, token: UUID) -> Upload | None:
    """Return a file that belongs to it: one that is there now, or one that was sent."""
    kept = Q(removed_at=None) | Q(frozen=True)
    return submission.uploads.filter(kept, token=token).first()


def sent_version(submission: Submission, number: int) -> SubmissionVersion | None:
    """Return the answers as they were sent for the n-th time, in its present stage."""
    versions = submission.versions.select_related("form_version")
    return versions.filter(number=number).order_by("-stage").first()


def last_sent(submission: Submission) -> SubmissionVersion | None:
    """Return the answers as they were sent last."""
    return submission.versions.order_by("-stage", "-number").first()
