"""What rooms below tell, written into the log."""

from typing import Any

from django.dispatch import receiver

from cms.audit.domain.record import Actor, record
from cms.jobs.models import Job
from cms.jobs.signals import job_retried


@receiver(job_retried, dispatch_uid="audit.job_retried")
def note_retry(sender: object, *, job: Job, by: Actor | None, **_kwargs: Any) -> None:  # noqa: ARG001 - a signal's signature
    """Note who started a job again."""
    record("jobs.retry", target=job, actor=by, details={"kind": job.kind})
