"""Send a link by mail that leads back to what somebody has begun or sent."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.core.absolute import absolute_url
from cms.core.i18n import supported
from cms.forms import kinds
from cms.forms.models import ResumeLink, Submission
from cms.messages.domain.compose import Recipient, compose
from cms.messages.models import Message

DAYS = 30
"""A link opens once within so many days; those sent before stay good until they are used."""

BYTES = 32


@transaction.atomic
def send_link(
    *, submission: Submission, email: str, by: User | None = None, template: str = "forms/resume_link"
) -> Message:
    """Mail a link; nobody but the recipient reads it, and only its digest is kept.

    Whoever calls has been let in, or `email` is the address that belongs to the submission.
    """
    now = clock.now()
    submission.resume_links.filter(expires_at__lte=now).delete()
    key = secrets.token_urlsafe(BYTES)
    expires_at = now + timedelta(days=DAYS)
    ResumeLink.objects.create(submission=submission, digest=digest_of(key), expires_at=expires_at)
    record("forms.link_sent", target=submission, actor=by)
    language = supported(submission.language)
    return compose(
        template=template,
        recipient=Recipient(name=submission.person_name, email=email, language=language),
        context={
            "subject": Subject(submission),
            "link": absolute_url("forms:resume", key, language=language),
            "days": DAYS,
            "draft": submission.is_draft,
        },
        unit=None if submission.is_draft else submission.unit,  # Staff see nothing of drafts.
        about=submission,
        secret=True,
        expires_at=expires_at,
    )


def digest_of(key: str) -> str:
    """Return what is kept of a link: its key has 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


class Subject:
    """What it is handed in for, in the language of the mail: known only while that is rendered."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission

    def __str__(self) -> str:
        return kinds.of(self.submission).subject(self.submission).title
