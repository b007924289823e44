"""What the queue of the staff reads: few questions, however long the list is."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cms.accounts.models import User
from cms.core import clock
from cms.core.text.script import fold
from cms.forms.enums import OPEN_PHASES, Cause, Phase, Pii
from cms.forms.models import Note, Reopening, StateChange, Submission, SubmissionVersion, Upload
from cms.forms.references import tidy
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message

WORDS = 8
"""So many words of a search count; each is one look through the table."""


def overdue() -> Q:
    """Return the condition of what should have been done by now."""
    return Q(due_on__lt=clock.today(), phase__in=sorted(OPEN_PHASES))


def about(submission: Submission) -> QuerySet[Message]:
    """Return what was told, or is to be told, about a submission."""
    kind = ContentType.objects.get_for_model(Submission)
    return Message.objects.filter(about_type=kind, about_id=submission.pk)


def with_row(submissions: QuerySet[Submission], *, related: Iterable[str]) -> QuerySet[Any]:
    """Fetch along what a row of the queue shows, and count the calls that nobody has made yet."""
    kind = ContentType.objects.get_for_model(Submission)
    calls = (
        Message.objects.filter(
            about_type=kind, about_id=OuterRef("pk"), channel=Channel.CALL, state=MessageState.OPEN
        )
        .order_by()
        .values("about_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        submissions.select_related("unit", "assignee", "organisation", "owner", *related)
        .defer("search_text")
        .annotate(open_calls=Coalesce(Subquery(calls, output_field=IntegerField()), 0))
    )


def searched(submissions: QuerySet[Submission], text: str) -> QuerySet[Submission]:
    """Return those in which every word stands, however it is written, or whose reference it is."""
    text = text.replace("\0", " ").strip()
    if not text:
        return submissions
    found = Q()
    for word in fold(text).split()[:WORDS]:
        found &= Q(search_text__contains=word)
    return submissions.filter(found | Q(reference__contains=tidy(text)))


def counted(submissions: QuerySet[Submission]) -> dict[str, int]:
    """Return how many are in each phase, and how many are "overdue"; one question."""
    phases = {str(phase): Count("pk", filter=Q(phase=phase)) for phase in Phase}
    return submissions.order_by().aggregate(**phases, overdue=Count("pk", filter=overdue()))


def first_due(submissions: QuerySet[Submission]) -> QuerySet[Any]:
    """Return what still has to be done, what is due first on top."""
    still = submissions.filter(phase__in=sorted(OPEN_PHASES))
    return still.order_by(F("due_on").asc(nulls_last=True), "received_at", "pk")


def drafts_by_subject(drafts: QuerySet[Submission], *, subject_code: str) -> list[tuple[str, int]]:
    """Return how many drafts there are for each subject. What stands in them is nobody's business."""
    rows = drafts.filter(phase=Phase.DRAFT).exclude(**{subject_code: None}).order_by(subject_code)
    return list(rows.values_list(subject_code).annotate(Count("pk")))


def assignees(submissions: QuerySet[Submission]) -> QuerySet[User]:
    """Return the people to whom some of these are assigned."""
    held = submissions.order_by().exclude(assignee=None).values("assignee")
    return User.objects.filter(pk__in=held).order_by("name", "email")


def latest_versions(submissions: QuerySet[Submission]) -> QuerySet[SubmissionVersion]:
    """Return the last sent version of each."""
    last = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-stage", "-number")
    keys = submissions.order_by().annotate(last=Subquery(last.values("pk")[:1])).values("last")
    return SubmissionVersion.objects.filter(pk__in=keys)


def versions_of(submission: Submission) -> list[SubmissionVersion]:
    """Return everything that was sent, the first first, with the forms as they were."""
    found = submission.versions.select_related("form_version").order_by("stage", "number")
    for version in found:
        version.submission = submission
    return list(found)


def notes_of(submission: Submission) -> QuerySet[Note]:
    """Return what was written about it, the oldest first."""
    return submission.notes.select_related("author").order_by("pk")


def changes_of(submission: Submission) -> QuerySet[StateChange]:
    """Return its way so far, the latest step first."""
    return submission.changes.select_related("by").order_by("-pk")


def reopenings_of(submission: Submission) -> list[Reopening]:
    """Return what was asked, and what the person changed unasked, once it is sent; the latest first."""
    told = ~Q(cause=Cause.AMENDMENT, sent_at=None)
    return list(submission.reopenings.filter(told).select_related("opened_by").order_by("-pk"))


def sent_file(submission: Submission, token: UUID) -> Upload | None:
    """Return a file that was sent; one that somebody has only put into a draft is nobody's business."""
    return submission.uploads.filter(token=token, frozen=True).first()


def special_keys(submission: Submission) -> frozenset[str]:
    """Return the questions of a special category in whichever form it was sent with."""
    forms = submission.versions.values_list("form_version__structure", flat=True)
    return frozenset(
        item["key"]
        for structure in forms
        for step in structure["steps"]
        for item in step["items"]
        if item.get("key") and item.get("pii") == Pii.SPECIAL
    )
