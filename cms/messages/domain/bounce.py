"""A mail came back: somebody has to ring."""

from django.db import transaction
from django.dispatch import Signal

from cms.accounts.models import User
from cms.messages.domain.move import move
from cms.messages.domain.ring import ring
from cms.messages.enums import Verb
from cms.messages.models import Message

message_came_back = Signal()
"""Argument: `message`. Sent in the transaction that notes it, for messages with an `about` only.

A receiver queues a job and does nothing else.
"""


@transaction.atomic
def bounce(*, message: Message, by: User) -> Message:
    """Note that the mail never arrived and write a call task.

    Raises:
        NotNowError: it was not sent, or this is noted already.

    """
    done = move(message=message, verb=Verb.BOUNCE, by=by)
    ring(message=done)
    if done.about_id is not None:
        message_came_back.send(sender=Message, message=done)
    return done
