import pytest

from cms.audit.models import Entry
from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.jobs.retry import retry

pytestmark = pytest.mark.django_db


class Somebody:
    pk = 7


def test_who_starts_a_job_again_is_on_record():
    job = Job.objects.create(kind="test", lane="now", state=JobState.DEAD)

    retry(job=job, by=Somebody())

    entry = Entry.objects.get()
    assert (entry.action, entry.target, entry.actor_id) == ("jobs.retry", f"cms_jobs.job {job.pk}", 7)
    assert entry.details == {"kind": "test"}


def test_a_job_that_was_not_dead_leaves_no_record():
    job = Job.objects.create(kind="test", lane="now", state=JobState.DONE)

    assert not retry(job=job, by=Somebody())
    assert not Entry.objects.exists()
