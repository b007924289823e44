"""Who may see jobs and start dead ones again: Django's permissions, as jobs belong to no unit."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from cms.core.admin.read_only import ReadOnlyPolicy
from cms.jobs.enums import JobState
from cms.jobs.models import Job

Person = Any
"""A user model with Django's permissions, or an anonymous person; accounts stands above."""


class JobPolicy(ReadOnlyPolicy):
    """Looking, and one thing more: retrying, for those who may also look."""

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        """Tell whether the person may `view` or `retry` jobs; nothing else is ever allowed."""
        if action == "retry":
            return may_retry(user)
        return super().user_has_permission(user, action)


def visible_to(user: Person) -> QuerySet[Job]:
    """Return every job to those who may see jobs, none to others."""
    return Job.objects.all() if user.has_perm("cms_jobs.view_job") else Job.objects.none()


def may_retry(user: Person) -> bool:
    """Tell whether the person may start dead jobs again."""
    return bool(user.has_perm("cms_jobs.view_job") and user.has_perm("cms_jobs.retry_job"))


def retriable_by(user: Person) -> QuerySet[Job]:
    """Return the dead jobs that the person may start again."""
    dead = Job.objects.filter(state=JobState.DEAD)
    return dead if may_retry(user) else dead.none()
