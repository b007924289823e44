"""A person was told: by a mail that went out, or by a call.

Clocks that start with a message (an offer's 48 hours) listen to `message_reached`. It is sent by a
job of its own, in the transaction of that job, so that it is neither lost nor repeated, and so that
a mail that has gone out is never sent again because a receiver failed.
"""

from typing import Any

from django.db import transaction
from django.dispatch import Signal

from cms.accounts.models import User
from cms.core import clock
from cms.jobs.outbox import enqueue
from cms.messages.domain.move import move
from cms.messages.enums import Channel, Verb
from cms.messages.models import Message

message_reached = Signal()
"""Arguments: `message`, `at` (for a mail when it was sent, for a call when the person was reached).

Sent for messages with an `about` only. A receiver touches the database and nothing else.
"""


@transaction.atomic
def reach(*, message: Message, by: User, note: str = "") -> Message:
    """Note that the person was reached and told.

    Raises:
        NotNowError: somebody else has closed this call task.

    """
    done = _called(message, Verb.REACH, by, note, calls=1, reached_at=clock.now())
    announce(message=done)
    return done


@transaction.atomic
def miss(*, message: Message, by: User, note: str = "") -> Message:
    """Note that nobody answered; the task stays open.

    Raises:
        NotNowError: somebody else has closed this call task.

    """
    return _called(message, Verb.MISS, by, note, calls=1)


@transaction.atomic
def give_up(*, message: Message, by: User, note: str = "") -> Message:
    """Close the task without having reached the person.

    Raises:
        NotNowError: somebody else has closed this call task.

    """
    return _called(message, Verb.GIVE_UP, by, note, calls=0)


def announce(*, message: Message) -> None:
    """Have `message_reached` sent, if the message is about something."""
    if message.about_id is not None:
        enqueue("messages.reached", message_id=message.pk)


def send_signal(*, message_id: int) -> None:
    """Send `message_reached` for a message that is still there."""
    message = Message.objects.filter(pk=message_id).first()
    if message is not None:
        at = message.sent_at if message.channel == Channel.MAIL else message.reached_at
        message_reached.send(sender=Message, message=message, at=at)


def _called(message: Message, verb: Verb, by: User, note: str, *, calls: int, **changes: Any) -> Message:
    """Move a call task on; the notes of earlier calls are never lost."""
    task = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    notes = "\n".join(filter(None, [task.note, note.replace("\0", "").strip()]))
    return move(message=task, verb=verb, by=by, attempts=task.attempts + calls, note=notes, **changes)
