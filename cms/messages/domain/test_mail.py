"""A mail that only tries out the mail server."""

from cms.messages.channels import PermanentError, TemporaryError
from cms.messages.channels.mail import MailChannel
from cms.messages.domain.compose import Recipient, render
from cms.messages.enums import Channel
from cms.messages.models import Message


def send_test_mail(*, email: str, language: str) -> str:
    """Send a mail without a row, at once; return the problem, or nothing if it was taken."""
    content = render(template="test", recipient=Recipient(name="", email=email, language=language))
    message = Message(
        channel=Channel.MAIL, language=language, email=email, subject=content.subject, body=content.body
    )
    try:
        MailChannel().deliver(message)
    except (PermanentError, TemporaryError) as error:
        return str(error)
    return ""
