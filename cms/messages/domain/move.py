"""The one function that changes the state of a message."""

from typing import Any

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.messages.enums import ON_THE_WAY, Verb
from cms.messages.models import Message
from cms.messages.transitions import TRANSITIONS


class NotNowError(Exception):
    """The message is in a state from which this does not lead on."""


@transaction.atomic
def move(*, message: Message, verb: Verb, by: User | None = None, **changes: Any) -> Message:
    """Lock the message, check, write and, for what staff do, audit; return it as it is now.

    Whoever has claimed a message passes it on as claimed: if somebody else has claimed it since,
    the move is refused. The text of a secret message goes as soon as it is no longer on its way.

    Raises:
        NotNowError: the state does not allow it, or the claim has been lost.

    """
    step = TRANSITIONS[verb]
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if locked.state not in step.sources or (verb is not Verb.CLAIM and locked.claim != message.claim):
        raise NotNowError(verb)
    values = {"state": step.target, "claim": None, "claimed_until": None} | changes
    if step.target not in ON_THE_WAY:
        values["sealed"] = ""
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    if step.by_staff:
        record(f"messages.{verb}", target=locked, actor=by)
    return locked
