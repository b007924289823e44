"""What is done again and again: kinds with an interval, put into the outbox slot by slot.

Every runner and Celery beat call `tick()`. A slot is the interval's multiple since 1970; the one
row a kind in `Tick` decides who enqueues it, so two tickers at once enqueue it once.
"""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from cms.core import clock
from cms.jobs.enums import JobState
from cms.jobs.models import Job, Tick
from cms.jobs.outbox import enqueue
from cms.jobs.registry import handler_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_intervals: dict[str, timedelta] = {}


def every(kind: str, interval: timedelta) -> None:
    """Run jobs of a registered kind, without arguments, once in every `interval`.

    Raises:
        ImproperlyConfigured: nobody handles this kind, or the interval is no time at all.

    """
    if handler_of(kind) is None:
        raise ImproperlyConfigured(f"Nobody handles the scheduled kind {kind!r}.")
    if interval <= timedelta():
        raise ImproperlyConfigured(f"{kind!r} needs an interval longer than nothing.")
    _intervals[kind] = interval


def scheduled() -> dict[str, timedelta]:
    """Return every scheduled kind with its interval."""
    return dict(_intervals)


def slot_of(moment: datetime, interval: timedelta) -> datetime:
    """Return the start of the interval that `moment` lies in."""
    return moment - (moment - EPOCH) % interval


def tick() -> int:
    """Enqueue the kinds whose slot has begun, and return how many; missed slots are not made up."""
    moment = clock.now()
    slots = {kind: slot_of(moment, interval) for kind, interval in _intervals.items()}
    ticks = dict(Tick.objects.values_list("kind", "last_slot"))
    due = [kind for kind, slot in slots.items() if ticks.get(kind, EPOCH) < slot]
    new = [Tick(kind=kind, last_slot=EPOCH) for kind in due if kind not in ticks]
    if new:
        Tick.objects.bulk_create(new, ignore_conflicts=True)
    return sum(_enqueue_once(kind, slots[kind]) for kind in due)


def tidy_away(job: Job) -> None:
    """Forget a scheduled job that went well: at every few seconds the rows would hide all others."""
    if job.kind in _intervals and not job.args:
        Tick.objects.filter(kind=job.kind).update(last_done=clock.now())
        Job.objects.filter(pk=job.pk).delete()


@transaction.atomic
def _enqueue_once(kind: str, slot: datetime) -> bool:
    """Move the kind's row to the slot; whoever moves it enqueues the job.

    A slot is left out while the last one still waits for a runner, so that a night without
    workers does not end in thousands of equal jobs.
    """
    if not Tick.objects.filter(kind=kind, last_slot__lt=slot).update(last_slot=slot):
        return False
    if Job.objects.filter(kind=kind, state=JobState.QUEUED, attempts=0).exists():
        return False
    enqueue(kind, dedupe_key=slot.isoformat())
    return True
