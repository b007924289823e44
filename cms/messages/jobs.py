"""Sending, in two lanes: a code never waits behind other mail."""

from datetime import timedelta

from cms.jobs.enums import Lane
from cms.jobs.registry import handles
from cms.jobs.schedule import every
from cms.messages.domain import expire as expiring
from cms.messages.domain import reach as reaching
from cms.messages.domain import send as sending

ATTEMPTS = 100
"""Never the limit: the message itself knows when to give up."""


@handles("messages.send", lane=Lane.LATER, timeout=sending.TIMEOUT, max_attempts=ATTEMPTS)
def send(*, message_id: int) -> None:
    """Send a mail."""
    sending.send(message_id=message_id)


@handles("messages.send_secret", lane=Lane.NOW, timeout=sending.TIMEOUT, max_attempts=ATTEMPTS)
def send_secret(*, message_id: int) -> None:
    """Send a code or a personal link."""
    sending.send(message_id=message_id)


@handles("messages.reached", lane=Lane.NOW, atomic=True)
def reached(*, message_id: int) -> None:
    """Start the clocks that wait for a message."""
    reaching.send_signal(message_id=message_id)


@handles("messages.expire", lane=Lane.NOW, atomic=True)
def expire() -> None:
    """Expire what has lost its use."""
    expiring.expire()


every("messages.expire", timedelta(minutes=1))
