"""What readiness says about background work."""

from datetime import timedelta

from django.db.models import Min

from cms.core import clock
from cms.core.health import Concern, concern
from cms.jobs.enums import JobState
from cms.jobs.models import Job

ALLOWED = timedelta(minutes=2)
"""A due job that waits longer means that nobody runs jobs, or too few."""


@concern("jobs")
def jobs_concern() -> Concern:
    """Tell how long the oldest due job has waited (seconds), and how many were given up."""
    now = clock.now()
    queued = Job.objects.filter(state=JobState.QUEUED, run_after__lte=now)
    oldest = queued.aggregate(oldest=Min("run_after"))["oldest"]
    waited = now - oldest if oldest else timedelta(0)
    dead = Job.objects.filter(state=JobState.DEAD).count()
    figures = {"oldest_due_seconds": round(waited.total_seconds(), 1), "dead": dead}
    return Concern(degraded=waited > ALLOWED or dead > 0, figures=figures)
