"""Send one mail: claim it, hand it over, note what happened.

Between handing over and noting there is a gap that no database can close. Whoever dies in it leaves
a claimed message; once the claim has run out it is sent again under the same Message-ID, which mail
programs show once.
"""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from cms.core import clock
from cms.jobs.registry import RetryLater
from cms.messages.channels import CHANNELS, PermanentError, TemporaryError
from cms.messages.domain.move import NotNowError, move
from cms.messages.domain.reach import announce
from cms.messages.domain.ring import ring
from cms.messages.enums import ON_THE_WAY, MessageState, Verb
from cms.messages.models import Message

logger = logging.getLogger(__name__)

TIMEOUT = timedelta(seconds=3 * settings.SMTP_TIMEOUT)
"""How long a claim holds: a stalled server is noticed after one SMTP_TIMEOUT."""

PATIENCE = tuple(
    timedelta(minutes=minutes) for minutes in (0.5, 2, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
)
"""Waits between attempts, four days in all (RFC 5321, 4.5.4.1); then the mail is a dead letter."""

HASTE = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 10, 20, 30))
"""Waits for a code; the last one is repeated until the code expires."""

SHORT_LIVED = timedelta(minutes=30)
"""What lives no longer than this is a code; a link for thirty days is sent with patience."""

GRACE = timedelta(seconds=1)


def send(*, message_id: int) -> None:
    """Send the mail unless it is sent, expired or gone.

    Raises:
        RetryLater: it was not possible now; the reason names no person.

    """
    message = _claimed(message_id)
    if message is None:
        return
    try:
        CHANNELS[message.channel].deliver(message)
    except PermanentError as error:
        _conclude(message, Verb.FAIL, error=str(error))
    except TemporaryError as error:
        _try_later(message, str(error))
    else:
        _conclude(message, Verb.DELIVER, error="", sent_at=clock.now())


@transaction.atomic
def _claimed(message_id: int) -> Message | None:
    """Return the message once nobody else is sending it; None if there is nothing to send."""
    message = Message.objects.select_for_update(of=("self",)).filter(pk=message_id).first()
    if message is None or message.state not in ON_THE_WAY:
        return None
    now = clock.now()
    if message.state == MessageState.SENDING and message.claimed_until and message.claimed_until > now:
        raise RetryLater(message.claimed_until - now + GRACE, "claimed")
    if message.expires_at and message.expires_at <= now:
        move(message=message, verb=Verb.EXPIRE)
        return None
    if _exhausted(message):  # Its sender died every time.
        ring(message=move(message=message, verb=Verb.FAIL, error=message.error or "Interrupted"))
        return None
    return move(
        message=message,
        verb=Verb.CLAIM,
        claim=uuid.uuid4(),
        claimed_until=now + TIMEOUT,
        attempts=message.attempts + 1,
    )


def _try_later(message: Message, error: str) -> None:
    """Give the message back to the queue, or give it up after the last wait."""
    if _exhausted(message):
        _conclude(message, Verb.FAIL, error=error)
        return
    _conclude(message, Verb.POSTPONE, error=error)
    raise RetryLater(_wait(message, clock.now()), error)


def _in_haste(message: Message) -> bool:
    return message.expires_at is not None and message.expires_at - message.created_at <= SHORT_LIVED


def _exhausted(message: Message) -> bool:
    """Tell whether every attempt is used up; a code has time instead."""
    return not _in_haste(message) and message.attempts > len(PATIENCE)


def _wait(message: Message, now: datetime) -> timedelta:
    waits = HASTE if _in_haste(message) else PATIENCE
    wait = waits[min(message.attempts, len(waits)) - 1]
    return min(wait, message.expires_at - now) if message.expires_at else wait


def _conclude(message: Message, verb: Verb, **changes: Any) -> None:
    """Write down the outcome, unless the claim has run out and somebody else goes on with it."""
    try:
        with transaction.atomic():
            done = move(message=message, verb=verb, **changes)
            if verb is Verb.FAIL:
                ring(message=done)
            elif verb is Verb.DELIVER:
                announce(message=done)
    except NotNowError:
        logger.warning("Message %s was claimed by another sender meanwhile", message.pk)
