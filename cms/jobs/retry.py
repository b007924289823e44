"""Give a dead job another chance."""

from django.db import IntegrityError, transaction
from django.dispatch import Signal

from cms.core import clock
from cms.jobs import waker
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job

job_retried = Signal()
"""Sent in the transaction of the retry, with `job` and `by` (a user, or None for a command)."""


@transaction.atomic
def retry(*, job: Job, by: object | None = None) -> bool:
    """Queue a dead job again with all its attempts; False if it is not dead (any more)."""
    revived = {"state": JobState.QUEUED, "attempts": 0, "run_after": clock.now(), "finished_at": None}
    dead = Job.objects.filter(pk=job.pk, state=JobState.DEAD)
    try:
        with transaction.atomic():
            changed = dead.update(**revived)
    except IntegrityError:  # the same work has been queued since; this one goes without its key
        changed = dead.update(**revived, dedupe_key="")
    if not changed:
        return False
    job.refresh_from_db()
    job_retried.send(Job, job=job, by=by)
    transaction.on_commit(lambda: waker.wake(Lane(job.lane)), robust=True)
    return True
