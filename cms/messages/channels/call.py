"""A call task: staff ring the person and read the text out."""

from cms.messages.channels.base import PermanentError
from cms.messages.enums import MessageState
from cms.messages.models import Message


class CallChannel:
    """The list of people to ring does everything; no job takes part."""

    first_state = MessageState.OPEN
    job = ""
    secret_job = ""

    def deliver(self, message: Message) -> None:  # noqa: ARG002 - the channel's signature
        """Refuse: a machine cannot ring."""
        raise PermanentError("CallsAreMadeByPeople")
