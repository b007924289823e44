"""What this room does beside requests: offers and kept seats run out, whoever looks or not."""

from datetime import timedelta

from cms.core import clock
from cms.events import queries, seats
from cms.events.domain.answer_offer import forget_reached, tidy
from cms.events.domain.recur import recur
from cms.events.models import Occurrence, Recurrence
from cms.forms.domain.errors import BusyError
from cms.forms.models import Submission
from cms.jobs import schedule
from cms.jobs.enums import Lane
from cms.jobs.outbox import enqueue
from cms.jobs.registry import RetryLater, handles
from cms.messages.models import Message


@handles("events.tidy", lane=Lane.NOW, atomic=True)
def tidy_all() -> None:
    """Find the dates where time has run out; each is tidied by a job of its own, under its own lock.

    So are those with free seats and people in line, however that has come about: a date was announced
    again, a draft was deleted, somebody has set a row by hand.
    """
    now = clock.now()
    waiting = list(queries.with_people_waiting(now))
    left = seats.count_all(waiting, at=now)
    idle = {date.pk for date in waiting if left[date.pk].in_line and left[date.pk].fits(1)}
    due = queries.with_due_work(now).values_list("pk", flat=True)
    for key in sorted(idle.union(due)):
        enqueue("events.tidy_one", dedupe_key=str(key), occurrence=key)


@handles("events.tidy_one", lane=Lane.NOW, atomic=True)
def tidy_one(occurrence: int) -> None:
    """Tidy one date; one that is gone needs nothing, one that others hold is left for a moment."""
    current = Occurrence.objects.filter(pk=occurrence).first()
    if current is None:
        return
    try:
        tidy(occurrence=current)
    except BusyError as busy:
        raise RetryLater(reason=busy.code) from busy


@handles("events.came_back", lane=Lane.NOW, atomic=True)
def came_back(message: int) -> None:
    """Stop the clock that a mail has started which never arrived."""
    mail = Message.objects.filter(pk=message).first()
    if mail is None or mail.sent_at is None or not isinstance(mail.about, Submission):
        return
    try:
        forget_reached(submission=mail.about, at=mail.sent_at)
    except BusyError as busy:
        raise RetryLater(reason=busy.code) from busy


@handles("events.recur", lane=Lane.LATER, atomic=True)
def recur_all() -> None:
    """Make the dates that have come into sight; a job a rule, so that one in trouble stops no other."""
    for key in Recurrence.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("events.recur_one", dedupe_key=str(key), recurrence=key)


@handles("events.recur_one", lane=Lane.LATER, atomic=True)
def recur_one(recurrence: int) -> None:
    """Make the dates of one rule; one that is gone needs nothing, one in use is left for a moment."""
    current = Recurrence.objects.filter(pk=recurrence).first()
    if current is None:
        return
    try:
        recur(recurrence=current)
    except BusyError as busy:
        raise RetryLater(reason=busy.code) from busy


schedule.every("events.tidy", timedelta(minutes=1))
schedule.every("events.recur", timedelta(days=1))
