"""Tell the person, and whoever helped, that it has arrived."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from cms.core.absolute import absolute_url
from cms.core.i18n import in_locale
from cms.core.zones import moment
from cms.forms import kinds
from cms.forms.models import Submission
from cms.messages.domain.compose import Recipient, compose
from cms.messages.models import Message


def send_receipts(*, submission: Submission) -> list[Message]:
    """Write the receipt, a mail or a call to make, and a second one for the helper.

    Whoever left neither address nor telephone has the reference on the page, and their helper's mail.
    """
    receipts = []
    kind = kinds.of(submission)
    if submission.email or (submission.phone and kind.receipt_by_call):
        recipient = recipient_of(submission)
        with in_locale(recipient.language):
            template, more = kind.receipt(submission)
        receipts.append(_write(template, submission, recipient, more))
    helper = submission.helper
    if helper is not None and helper.email != submission.email:
        recipient = Recipient(
            name=helper.name, email=helper.email, language=helper.preferred_language, user=helper
        )
        receipts.append(_write("forms/receipt_helper", submission, recipient, {}))
    return receipts


def recipient_of(submission: Submission) -> Recipient:
    """Return the person whom a submission is about, in their language."""
    owner = submission.owner
    return Recipient(
        name=submission.person_name,
        email=submission.email,
        phone=submission.phone,
        language=submission.language,
        user=owner if owner and owner.email == submission.email else None,
    )


def _write(template: str, submission: Submission, recipient: Recipient, more: Mapping[str, Any]) -> Message:
    return compose(
        template=template,
        recipient=recipient,
        context={**_context(submission, recipient.language), **more},
        unit=submission.unit,
        about=submission,
    )


def _context(submission: Submission, language: str) -> dict[str, Any]:
    """Return what the receipt tells, in the language of whoever reads it."""
    kind = kinds.of(submission)
    received = submission.received_at
    if received is None:
        raise ValueError("There is no receipt for a draft.")
    with in_locale(language):
        subject = kind.subject(submission)
        return {
            "reference": submission.reference,
            "subject_title": subject.title,
            "subject_note": subject.note,
            "state": kind.states(kind.state_of(submission)).label if kind.short else "",
            "kind": kind.label,
            "person": submission.person_name,
            "received": moment(received, kind.acceptance(submission, received).zone or settings.TIME_ZONE),
            "steps": kind.next_steps(submission),
            "status_url": absolute_url("forms:status", submission.token, language=language),
            "mine_url": absolute_url("forms:mine", language=language),
            "has_account": submission.owner_id is not None,
        }
