"""The outbox in Wagtail's settings menu."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.jobs.admin.jobs import JobViewSet, RetryJobs, jobs
from cms.jobs.models import Job
from cms.jobs.policy import JobPolicy

register_permission_policy(Job, JobPolicy(Job))

hooks.register("register_bulk_action", RetryJobs)


@hooks.register("register_admin_viewset")
def register_jobs() -> JobViewSet:
    """Show the outbox to those who may see it."""
    return jobs
