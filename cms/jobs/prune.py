"""Forget what was done long ago."""

from datetime import timedelta

from cms.core import clock
from cms.jobs.enums import JobState
from cms.jobs.models import Job

KEPT_FOR = timedelta(days=30)

BATCH = 1000
"""Rows deleted at a time: SQLite's only writer is not held up for long."""


def prune_done() -> int:
    """Delete jobs done more than thirty days ago, return how many; dead ones stay for someone to see."""
    old = Job.objects.filter(state=JobState.DONE, finished_at__lt=clock.now() - KEPT_FOR)
    pruned = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        pruned += Job.objects.filter(pk__in=batch).delete()[0]
    return pruned
