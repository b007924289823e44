"""Send a mail once more, because a person asked for it."""

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.messages.domain.compose import dispatch
from cms.messages.domain.move import NotNowError
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message


@transaction.atomic
def resend(*, message: Message, by: User) -> Message:
    """Write the same mail again, with its own Message-ID, and return it.

    Raises:
        NotNowError: it is secret, no mail, or still on its way.

    """
    original = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if not original.resendable:
        raise NotNowError("resend")
    repeat = dispatch(message=original.again(channel=Channel.MAIL, state=MessageState.QUEUED))
    record("messages.resend", target=original, actor=by, details={"repeat": repeat.pk})
    return repeat
