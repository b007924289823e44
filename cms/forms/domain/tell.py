"""Tell whoever handed something in: by mail, or by a call task where there is no address."""

from collections.abc import Mapping

from cms.core.absolute import absolute_url
from cms.forms.domain.receipt import recipient_of
from cms.forms.models import Submission
from cms.messages.domain.compose import compose
from cms.messages.models import Message


def tell(*, submission: Submission, template: str, context: Mapping[str, object]) -> Message:
    """Write the message in the transaction of the caller.

    Templates also get `reference`, `title` and the address of the page where it stands. Whoever has
    no account is led to where a link can be had: this text is read by staff, a link by nobody else.
    """
    recipient = recipient_of(submission)
    page, named = ("forms:status", [submission.token]) if submission.owner_id else ("forms:links", [])
    status = absolute_url(page, *named, language=recipient.language)
    shared = {"reference": submission.reference, "title": submission.title, "status": status}
    return compose(
        template=template,
        recipient=recipient,
        context={**shared, **context},
        unit=submission.unit,
        about=submission,
    )
