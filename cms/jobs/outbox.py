"""Put work into the outbox; it is done only if the transaction around it commits."""

from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from cms.core import clock
from cms.jobs import waker
from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.jobs.registry import handler_of


def enqueue(
    kind: str,
    /,
    *,
    dedupe_key: str = "",
    after: datetime | timedelta | None = None,
    **args: object,
) -> None:
    """Queue a job of a registered kind with JSON arguments: ids, never personal data.

    With a `dedupe_key` nothing happens while a job of the same kind and key is still queued.
    `after` delays the job until a moment or by a span.

    Raises:
        ImproperlyConfigured: nobody has registered this kind.

    """
    handler = handler_of(kind)
    if handler is None:
        raise ImproperlyConfigured(f"Nobody handles jobs of kind {kind!r}.")
    moment = clock.now()
    due = after if isinstance(after, datetime) else moment + (after or timedelta())
    job = Job(
        kind=kind,
        version=handler.version,
        args=args,
        lane=handler.lane,
        dedupe_key=dedupe_key,
        run_after=due,
    )
    with transaction.atomic(savepoint=False):  # What is wanted comes with its job or not at all.
        if dedupe_key:
            _insert_once(job)
        else:
            job.save(force_insert=True)
        if due <= moment:
            transaction.on_commit(partial(waker.wake, handler.lane), robust=True)


def _insert_once(job: Job) -> None:
    """Insert the job, or lock its queued twin until the caller's transaction ends.

    Without the lock a runner could finish the twin before the caller commits, and the caller's
    change would never be seen: runners skip locked rows.
    """
    queued = Job.objects.filter(kind=job.kind, dedupe_key=job.dedupe_key, state=JobState.QUEUED)
    twins = queued.select_for_update().values_list("pk")
    while twins.first() is None:
        Job.objects.bulk_create([job], ignore_conflicts=True)
