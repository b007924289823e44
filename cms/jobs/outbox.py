"""Put work into the outbox; it is done only if the transaction around it commits."""

from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from cms.core import clock
from cms.jobs import waker
from cms.jobs.enums import Lane
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
    """Queue a job of a registered kind with JSON arguments.

    With a `dedupe_key` nothing happens while a job of the same kind and key is still queued.
    `after` delays the job until a moment or by a span.

    Raises:
        ImproperlyConfigured: nobody has registered this kind.

    """
    handler = handler_of(kind)
    if handler is None:
        message = f"Nobody handles jobs of kind {kind!r}."
        raise ImproperlyConfigured(message)
    moment = clock.now()
    if isinstance(after, timedelta):
        moment += after
    elif after is not None:
        moment = after
    job = Job(kind=kind, args=args, lane=handler.lane, dedupe_key=dedupe_key, run_after=moment)
    Job.objects.bulk_create([job], ignore_conflicts=bool(dedupe_key))
    transaction.on_commit(partial(waker.wake, Lane(handler.lane)), robust=True)
