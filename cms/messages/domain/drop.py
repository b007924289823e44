"""A call that nobody needs to make any more is closed: what it says has been overtaken."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from cms.messages.domain.move import NotNowError, move
from cms.messages.enums import MessageState, Verb
from cms.messages.models import Message


def drop_calls(*, about: Model, templates: Collection[str]) -> int:
    """Close the open calls about this object that one of these templates has written; return how many."""
    calls = Message.objects.filter(
        about_type=ContentType.objects.get_for_model(about),
        about_id=about.pk,
        template__in=templates,
        state=MessageState.OPEN,
    )
    count = 0
    for call in calls.order_by("pk"):
        try:
            move(message=call, verb=Verb.DROP)
        except NotNowError:  # Somebody has just made it.
            continue
        count += 1
    return count
