"""Mail by SMTP: text and HTML in the person's language, from the unit."""

import smtplib
from collections.abc import Mapping
from contextlib import closing
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import DNS_NAME, EmailMultiAlternatives, get_connection

from cms.accounts.models import Unit
from cms.core.i18n import supported
from cms.messages import html
from cms.messages.channels.base import DeliveryError, PermanentError, TemporaryError
from cms.messages.enums import MessageState
from cms.messages.models import Message
from cms.messages.vault import Content, UnreadableError, unseal

PERMANENT = 500
"""SMTP answers from here on (RFC 5321, 4.2.1) will be the same next time."""

OPTIONS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "file_path": "EMAIL_FILE_PATH",
}
"""Django's name of a connection's argument → its name in settings.SMTP."""


class MailChannel:
    """One connection a message: a stalled server then holds up nothing else."""

    first_state = MessageState.QUEUED
    job = "messages.send"
    secret_job = "messages.send_secret"  # noqa: S105 - the name of a job

    def deliver(self, message: Message) -> None:
        """Hand the mail to the server of SMTP_URL; every step is given SMTP_TIMEOUT seconds."""
        try:
            mail = build(message, content_of(message))
            with closing(connect(settings.SMTP)) as connection:
                connection.send_messages([mail])
        except UnreadableError as error:
            raise PermanentError("Unreadable") from error
        except smtplib.SMTPException as error:
            raise _judged(error) from error
        except OSError as error:
            raise TemporaryError(type(error).__name__) from error
        except ValueError as error:  # A header or an address that cannot be written.
            raise PermanentError(type(error).__name__) from error


def content_of(message: Message) -> Content:
    """Return subject and text; of a secret message only while it is on its way."""
    return unseal(message.sealed) if message.secret else Content(message.subject, message.body)


def sender_of(unit: Unit | None) -> str:
    """Return the name that a message comes from."""
    return unit.name if unit else settings.WAGTAIL_SITE_NAME


def build(message: Message, content: Content) -> EmailMultiAlternatives:
    """Return the mail: the same Message-ID at every attempt, no answer from other machines."""
    sender = " ".join(sender_of(message.unit).split())
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = EmailMultiAlternatives(
        subject=content.subject,
        body=content.body,
        from_email=formataddr((sender, address)),
        to=[message.email],
        reply_to=[message.unit.email] if message.unit and message.unit.email else None,
        headers={
            "Message-ID": f"<{message.message_id}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: answering machines keep quiet.
            "Content-Language": supported(message.language),
        },
    )
    mail.attach_alternative(html.render(content, language=message.language, sender=sender), "text/html")
    return mail


def connect(smtp: Mapping[str, Any]) -> Any:
    """Return a closed connection to the server that SMTP_URL names."""
    # What we call ourselves when we greet it: Django would ask DNS, which can stall.
    DNS_NAME._fqdn = settings.MESSAGE_ID_DOMAIN  # noqa: SLF001 - there is no setting for it
    options = {name: smtp[key] for name, key in OPTIONS.items() if smtp.get(key) not in (None, "")}
    return get_connection(smtp["EMAIL_BACKEND"], timeout=settings.SMTP_TIMEOUT, **options)


def _judged(error: smtplib.SMTPException) -> DeliveryError:
    """Tell a refused address or text from everything that may pass.

    A refused sign-in, sender or greeting says something about us, not about this message: those are
    tried again, so that a wrong password does not turn every mail into a dead letter.
    """
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    elif isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
    else:
        return TemporaryError(kind)
    about_this = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    outcome = PermanentError if about_this and code >= PERMANENT else TemporaryError
    return outcome(f"{code} {kind}")
