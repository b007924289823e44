"""A mail that did not get through becomes a call task."""

from cms.messages.domain.compose import dispatch
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message


def ring(*, message: Message) -> Message | None:
    """Write the call task that tells the same by phone; None if that is not possible.

    Never for a secret message, whose text nobody may read out, nor when nobody is known behind the
    address, nor twice for one mail.
    """
    somebody = message.phone or message.user_id or message.name
    if message.secret or not somebody or message.repeats.filter(channel=Channel.CALL).exists():
        return None
    return dispatch(message=message.again(channel=Channel.CALL, state=MessageState.OPEN))
