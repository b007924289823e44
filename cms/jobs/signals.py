"""What other rooms may listen to."""

from cms.jobs.retry import job_retried

__all__ = ("job_retried",)
