import pytest

from cms.jobs.enums import JobState
from cms.jobs.retry import retry
from cms.jobs.signals import job_retried
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    heard = []

    def hear(sender, *, job, by, **_kwargs):
        heard.append((job, by))

    job_retried.connect(hear)
    yield heard
    job_retried.disconnect(hear)


@pytest.mark.parametrize("state", ["running", "done"])
def test_only_dead_jobs_are_retried(told, state):
    job = JobFactory(**{state: True})
    before = job.state
    assert retry(job=job) is False
    job.refresh_from_db()
    assert (job.state, told) == (before, [])


def test_a_dead_job_starts_anew_and_others_are_told(told, stopped_clock):
    job = JobFactory(dead=True)
    assert retry(job=job, by="somebody") is True
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at) == (JobState.QUEUED, 0, None)
    assert job.run_after == stopped_clock.now
    assert told == [(job, "somebody")]
    assert retry(job=job) is False


def test_the_key_is_left_to_a_job_queued_since():
    JobFactory(dedupe_key="page:7")
    job = JobFactory(dead=True, dedupe_key="page:7")
    assert retry(job=job) is True
    job.refresh_from_db()
    assert (job.state, job.dedupe_key) == (JobState.QUEUED, "")
