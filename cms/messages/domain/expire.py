"""What is of no use any more is not sent, and its secret goes."""

from cms.core import clock
from cms.messages.domain.move import NotNowError, move
from cms.messages.enums import ON_THE_WAY, Verb
from cms.messages.models import Message


def expire() -> int:
    """Expire what has lost its use, also where its job is gone; return how many.

    A message that is being sent right now is left to its sender.
    """
    count = 0
    due = Message.objects.filter(state__in=ON_THE_WAY, expires_at__lte=clock.now())
    for message in due.exclude(claimed_until__gt=clock.now()):
        try:
            move(message=message, verb=Verb.EXPIRE)
        except NotNowError:  # Sent or claimed since the list was read.
            continue
        count += 1
    return count
