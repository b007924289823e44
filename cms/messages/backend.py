"""Mail that libraries send becomes a message row too."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    """Turn each mail into a message."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put each mail into the outbox; return how many."""
        raise NotImplementedError
