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
    return dispatch(
        message=Message(
            channel=Channel.CALL,
            state=MessageState.OPEN,
            resend_of=message,
            template=message.template,
            language=message.language,
            user_id=message.user_id,
            name=message.name,
            email=message.email,
            phone=message.phone,
            unit_id=message.unit_id,
            about_type_id=message.about_type_id,
            about_id=message.about_id,
            subject=message.subject,
            body=message.body,
        )
    )
