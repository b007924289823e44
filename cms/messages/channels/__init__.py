"""How a message reaches a person: one class a channel."""

from collections.abc import Mapping
from types import MappingProxyType

from cms.messages.channels.base import DeliveryChannel, PermanentError, TemporaryError
from cms.messages.channels.call import CallChannel
from cms.messages.channels.mail import MailChannel
from cms.messages.enums import Channel

CHANNELS: Mapping[str, DeliveryChannel] = MappingProxyType(
    {Channel.MAIL: MailChannel(), Channel.CALL: CallChannel()}
)

__all__ = ["CHANNELS", "DeliveryChannel", "PermanentError", "TemporaryError"]
