"""What the mailbox shows."""

from django.db.models import QuerySet

from cms.demo.models import DemoMail
from cms.messages.enums import Channel
from cms.messages.models import Message

LATEST = 100


def mails(to: str = "") -> QuerySet[DemoMail]:
    """Return the latest mails, those to one address if `to` names it."""
    found = DemoMail.objects.all()
    if to:
        found = found.filter(recipients__icontains=to)
    return found[:LATEST]


def calls() -> QuerySet[Message]:
    """Return the latest messages that staff read out by telephone."""
    return Message.objects.filter(channel=Channel.CALL).order_by("-id")[:LATEST]
