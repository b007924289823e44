"""The only mail transport of the demonstration: into a table, never out of the machine."""

from collections.abc import Sequence
from email.header import decode_header, make_header

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from cms.demo.models import DemoMail


class MailboxBackend(BaseEmailBackend):
    """Keep each mail in the demonstration mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails; return how many."""
        kept = [
            DemoMail(
                message_id=str(mail.message()["Message-ID"]),
                sender=str(make_header(decode_header(str(mail.from_email)))),  # As a mail program shows it.
                recipients=", ".join(mail.recipients()),
                subject=str(mail.subject),
                body=str(mail.body),
                language=str(mail.extra_headers.get("Content-Language", "")),
            )
            for mail in email_messages
        ]
        return len(DemoMail.objects.bulk_create(kept))
