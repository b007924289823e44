"""Tell the member of staff who works on something that its applicant has done something."""

from cms.core.absolute import absolute_url
from cms.core.i18n import supported
from cms.forms.models import Submission
from cms.forms.policy import may_work_on
from cms.messages.domain.compose import Recipient, compose
from cms.messages.models import Message


def tell_assignee(*, submission: Submission, template: str) -> Message | None:
    """Write a mail with the reference and the way to it, and nothing of what was written.

    Nobody is told where nobody is in charge, or who is may not read it any more: the queue shows it.
    """
    staff = submission.assignee
    if staff is None or not staff.is_active or not may_work_on(staff, submission):
        return None
    language = supported(staff.preferred_language)
    return compose(
        template=template,
        recipient=Recipient(name=staff.name, email=staff.email, language=language, user=staff),
        context={
            "reference": submission.reference,
            "page": absolute_url("submissions:inspect", submission.pk, language=language),
        },
        unit=submission.unit,
    )
