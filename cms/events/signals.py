"""What happens to registrations and pages concerns the dates."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from cms.events import seats
from cms.events.domain.answer_offer import reach_offer
from cms.events.domain.keep_seats import keep_seats
from cms.events.domain.keep_titles import keep_titles
from cms.events.domain.promote import OFFER, promote
from cms.events.domain.tell import drop_outdated, tell_about
from cms.events.enums import RegistrationVerb
from cms.events.kinds import RegistrationKind, number_of_people
from cms.events.models import Event, EventPage, Registration
from cms.events.transitions import FREEING
from cms.forms.domain.errors import BusyError, FormsError
from cms.forms.domain.send_again import amended
from cms.forms.domain.transition import moved
from cms.forms.domain.write_step import drafted
from cms.forms.kinds import Answers
from cms.forms.models import Submission
from cms.jobs.outbox import enqueue
from cms.jobs.registry import RetryLater
from cms.messages.domain.bounce import message_came_back
from cms.messages.domain.reach import message_reached
from cms.messages.enums import MessageState
from cms.messages.models import Message

SENT = frozenset({RegistrationVerb.CONFIRM, RegistrationVerb.QUEUE})
"""With which a registration is sent; what was counted then still holds."""


@receiver(drafted, sender=RegistrationKind, dispatch_uid="events.drafted")
def others_may_come(submission: Submission, before: Answers | None, after: Answers, **_kwargs: Any) -> None:
    """Keep as many seats as people are named now, where that is another number than before.

    What was typed is kept already: a date that is busy, or a draft that was sent, leaves it at that.
    """
    people = number_of_people(submission, after)
    if before is not None and number_of_people(submission, before) == people:
        return
    if submission.registration.sought != people:
        with suppress(FormsError):
            keep_seats(submission=submission, people=people)


@receiver(moved, sender=RegistrationKind, dispatch_uid="events.moved")
def somebody_moved(submission: Submission, verb: str, reason: str, **_kwargs: Any) -> None:
    """Close what this has overtaken; tell whom the office has cancelled, and why; let the next one move up.

    All in the transaction of the step; the date is locked already, and locking it twice costs nothing.
    """
    if verb not in SENT:
        drop_outdated(submission=submission, verb=verb)
    if verb not in FREEING or _nobody_can_move(submission.registration, verb):
        return
    occurrence = seats.lock_one(submission.registration.occurrence_id)
    if verb == RegistrationVerb.CALL_OFF:
        tell_about(occurrence=occurrence, submission=submission, template="called_off", reason=reason)
    promote(occurrence=occurrence)


def _nobody_can_move(registration: Registration, verb: str) -> bool:
    """Tell from what was counted under this lock whether a sent registration leaves nothing to give.

    Whoever was sent to the list of a date where nobody was in line did not fit, and is alone in it.
    """
    left = registration.counted
    if left is None or verb not in SENT:
        return False
    full = left.free is not None and left.free <= 0
    return not left.in_line or (verb == RegistrationVerb.QUEUE and full)


@receiver(amended, sender=RegistrationKind, dispatch_uid="events.amended")
def fewer_may_come(submission: Submission, **_kwargs: Any) -> None:
    """Let the next one move up: fewer people take fewer seats, and a smaller group may fit itself."""
    promote(occurrence=seats.lock_one(submission.registration.occurrence_id))


@receiver(message_reached, dispatch_uid="events.message_reached")
def somebody_was_told(message: Message, at: datetime, **_kwargs: Any) -> None:
    """Start the clock of an offer with the message that tells of it; a mail that came back tells nobody."""
    about = message.about
    if message.template != OFFER or not isinstance(about, Submission):
        return
    if message.state == MessageState.UNDELIVERABLE:
        return
    try:
        reach_offer(submission=about, at=at, written=message.created_at)
    except BusyError as busy:
        raise RetryLater(reason=busy.code) from busy


@receiver(message_came_back, dispatch_uid="events.message_came_back")
def somebody_was_not_told(message: Message, **_kwargs: Any) -> None:
    """Let the clock of an offer stand still again until somebody has rung."""
    if message.template == OFFER:
        enqueue("events.came_back", message=message.pk)


@receiver(pre_save, sender=EventPage, dispatch_uid="events.page_changes")
def page_changes(instance: EventPage, **_kwargs: Any) -> None:
    """Note which event a page was about: after an editor has chosen another one, two have changed."""
    before = EventPage.objects.filter(pk=instance.pk).values_list("event_id", flat=True).first()
    instance.__dict__["_event_before"] = before


@receiver([post_save, post_delete], sender=EventPage, dispatch_uid="events.page_changed")
def page_changed(instance: EventPage, *, raw: bool = False, **_kwargs: Any) -> None:
    """Let events know under which titles they are announced."""
    if raw:
        return
    keys = {instance.event_id, instance.__dict__.pop("_event_before", None)} - {None}
    for event in Event.objects.filter(pk__in=keys).order_by("pk"):
        keep_titles(event=event)
    if instance.event_id:
        instance.event.refresh_from_db(fields=["titles"])
