"""Write a line to the office."""

from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.note import note
from cms.forms.domain.tell_assignee import tell_assignee
from cms.forms.enums import Audience
from cms.forms.models import Note, Submission


@transaction.atomic
def write(*, submission: Submission, text: str, by: User | None, key: UUID) -> Note:
    """Keep the line where staff read it, and tell whoever works on it; the same key writes once.

    Raises:
        NotNowError: a draft has no reader yet.
        NotAllowedError: the key belongs to another line.

    """
    if submission.is_draft:
        raise NotNowError
    known = Note.objects.filter(key=key).first()
    if known and known.submission_id != submission.pk:
        raise NotAllowedError
    written = note(
        submission=submission, text=text, audience=Audience.APPLICANT, by=by, key=key, by_staff=False
    )
    if not known:
        tell_assignee(submission=submission, template="forms/written")
    return written
