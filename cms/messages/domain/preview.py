"""A message as its recipient sees it."""

from cms.messages import html
from cms.messages.channels.mail import content_of, sender_of
from cms.messages.models import Message


class HiddenError(Exception):
    """The content is for the recipient alone."""


def preview(*, message: Message) -> str:
    """Return the mail as HTML.

    Raises:
        HiddenError: it is secret.

    """
    if message.secret:
        raise HiddenError
    return html.render(content_of(message), language=message.language, sender=sender_of(message.unit))
