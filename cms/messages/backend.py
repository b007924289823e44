"""Mail that libraries send becomes a message row too."""

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from html import unescape

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import get_language

from cms.accounts.models import User
from cms.core.i18n import supported
from cms.messages.domain.compose import Recipient, write
from cms.messages.vault import Content

TEMPLATE = "library"


class AttachmentError(ValueError):
    """A library attaches a file; messages carry text only, and nothing is dropped unsaid."""


class OutboxBackend(BaseEmailBackend):
    """Write one message a recipient, so that nobody sees another's address.

    The text is kept, an HTML version is not: ours is made from the text. Sender and Reply-To are
    ours as well, because other senders would fail SPF.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put each mail into the outbox; return how many.

        Raises:
            AttachmentError: a mail has attachments; none of the mails is written then.

        """
        if any(mail.attachments for mail in email_messages):
            raise AttachmentError("Messages carry text only: this mail has an attachment.")
        with transaction.atomic():
            for mail in email_messages:
                self._write(mail)
        return len(email_messages)

    def _write(self, mail: EmailMessage) -> None:
        content = Content(str(mail.subject), text_of(mail))
        addresses = [address for address in dict.fromkeys(mail.recipients()) if address]
        for recipient in recipients(addresses):
            write(template=TEMPLATE, recipient=recipient, content=content)


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail, made from its HTML if there is nothing else."""
    body = str(mail.body)
    if mail.content_subtype == "html":
        return plain(body)
    if not body and isinstance(mail, EmailMultiAlternatives):
        return next((plain(str(part[0])) for part in mail.alternatives), "")
    return body


def plain(html: str) -> str:
    """Return the words of an HTML text."""
    return unescape(strip_tags(html))


def recipients(addresses: Sequence[str]) -> Iterator[Recipient]:
    """Find the people behind addresses; the text is in the language of this moment."""
    language = supported(get_language() or "")
    plain = [parseaddr(address)[1] for address in addresses]
    known = {user.email.lower(): user for user in User.objects.filter(email__in=[a.lower() for a in plain])}
    for address in plain:
        user = known.get(address.lower())
        yield Recipient(name=user.name if user else "", email=address, language=language, user=user)
