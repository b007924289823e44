"""Write something down about a submission: for colleagues, or between staff and applicant."""

from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.forms.domain.errors import NotAllowedError
from cms.forms.domain.tell import tell
from cms.forms.enums import Audience
from cms.forms.models import Note, Submission
from cms.forms.policy import may_work_on
from cms.forms.queries.locked import locked


@transaction.atomic
def note(
    *,
    submission: Submission,
    text: str,
    audience: Audience,
    by: User | None,
    key: UUID,
    by_staff: bool = True,
) -> Note:
    """Write a note; what staff write to the applicant also goes out as a mail or a call task.

    Args:
        submission: what it is about.
        text: as it was typed; the mail quotes it.
        audience: staff alone, or the applicant as well.
        by: who wrote it; None for an applicant without an account.
        key: the same key is the same note: a form that is sent twice writes once.
        by_staff: False for a line of the applicant, who has been let in by the caller.

    Raises:
        NotAllowedError: staff who may not work on it; an applicant who writes to staff among themselves;
            a key that belongs to a note about something else.

    """
    current = locked(submission)
    if by_staff and (by is None or not may_work_on(by, current)):
        raise NotAllowedError
    if not by_staff and audience != Audience.APPLICANT:
        raise NotAllowedError
    known = Note.objects.filter(key=key).first()
    if known and known.submission_id != current.pk:
        raise NotAllowedError
    if known:
        return known
    written = Note.objects.create(
        submission=current,
        key=key,
        audience=audience,
        author=by,
        by_staff=by_staff,
        text=text.replace("\0", "").strip(),
    )
    record("forms.note", target=current, actor=by, details={"audience": str(audience), "note": written.pk})
    if by_staff and audience == Audience.APPLICANT:
        tell(submission=current, template="forms/note", context={"text": written.text})
    return written
