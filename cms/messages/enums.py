"""Codes of messages."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core.codes import Codes


class Channel(Codes):
    """How a person is told; text messages and letters will be further channels."""

    MAIL = "mail", _("Mail")
    CALL = "call", _("Call")


class MessageState(Codes):
    """How far a message is; the first six belong to mails, the others to calls."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Failed")
    EXPIRED = "expired", _("Too late, not sent")
    UNDELIVERABLE = "undeliverable", _("Came back")
    OPEN = "open", _("To be rung")
    REACHED = "reached", _("Reached")
    GIVEN_UP = "given_up", _("Given up")
    NOT_NEEDED = "not_needed", pgettext_lazy("state of a call", "No longer needed")


class Verb(StrEnum):
    """What can happen to a message."""

    CLAIM = "claim"
    POSTPONE = "postpone"
    DELIVER = "deliver"
    FAIL = "fail"
    EXPIRE = "expire"
    BOUNCE = "bounce"
    REACH = "reach"
    MISS = "miss"
    GIVE_UP = "give_up"
    DROP = "drop"


ON_THE_WAY = frozenset({MessageState.QUEUED, MessageState.SENDING})
"""The text of a secret message exists in these states only."""

RESENDABLE = frozenset({MessageState.SENT, MessageState.DEAD, MessageState.UNDELIVERABLE})
"""Mails that staff may send once more."""
