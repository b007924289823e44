"""What every channel can do."""

from typing import Protocol

from cms.messages.enums import MessageState
from cms.messages.models import Message


class DeliveryError(Exception):
    """A message did not get through; the text is a code and a class, never an address."""


class TemporaryError(DeliveryError):
    """Trying again later may help."""


class PermanentError(DeliveryError):
    """Trying again will not help: this address or this text is refused."""


class DeliveryChannel(Protocol):
    """A way to reach a person."""

    first_state: MessageState
    """The state of a message that was just written."""

    job: str
    """The kind of job that delivers it; empty where people do."""

    secret_job: str
    """The same for secret messages, in the fast lane."""

    def deliver(self, message: Message) -> None:
        """Hand the message over, outside any transaction.

        Raises:
            TemporaryError: it can be tried again.
            PermanentError: it cannot.

        """
