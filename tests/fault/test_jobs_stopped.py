"""SIGTERM leaves no job running: the one in hand ends or is given back, the rest stays queued."""

import time

import pytest

from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from tests.fault import handlers  # noqa: F401 - kinds must be known where they are enqueued
from tests.servers.ports import wait_until

WAYS = {
    "embedded": lambda site: site.web("embedded"),
    "runner": lambda site: site.runner(),
    "prefork": lambda site: site.worker("prefork", concurrency=1),
    "threads": lambda site: site.worker("threads", concurrency=1),
}


def states():
    jobs = Job.objects.filter(kind__startswith="fault.").order_by("id")
    return [(job.state, job.attempts, job.lease) for job in jobs]


def begin(site, way):
    """Start the process and wait until a job is in the middle, with others waiting behind it."""
    for number in range(3):
        enqueue("fault.slow_now", name=str(number))
    process = WAYS[way](site)
    assert wait_until(lambda: site.notes == ["began 0"], seconds=60), site.logs()
    return process


@pytest.mark.parametrize("way", WAYS)
def test_the_job_in_hand_ends_and_the_rest_stays_queued(celery_site, way):
    site = celery_site
    if way in {"prefork", "threads"}:
        site.beat()
    process = begin(site, way)
    process.terminate()
    time.sleep(0.5)
    assert process.popen.poll() is None, site.logs()  # it waits for the job
    site.go()
    assert process.exit_code() == 0, site.logs()
    done, *rest = states()
    assert done == (JobState.DONE, 1, None), site.logs()
    assert rest == [(JobState.QUEUED, 0, None)] * 2, site.logs()
    assert site.notes == ["began 0", "ended 0"]


@pytest.mark.parametrize("way", ["embedded", "runner"])
def test_a_job_that_does_not_end_is_given_back(site, way):
    process = begin(site, way)
    process.terminate()
    assert process.exit_code() == 0, site.logs()
    assert states() == [(JobState.QUEUED, 0, None)] * 3, site.logs()
    assert site.notes == ["began 0"]


def test_an_idle_service_ends_at_once(site):
    runner = site.runner()
    enqueue("fault.note", name="one")
    assert wait_until(lambda: site.notes == ["one"], seconds=60), site.logs()  # only it can have done that
    web = site.web("embedded")
    assert wait_until(site.serves, seconds=60), site.logs()
    began = time.monotonic()
    web.terminate()
    runner.terminate()
    assert (web.exit_code(), runner.exit_code()) == (0, 0), site.logs()
    assert time.monotonic() - began < 5
    assert set(Job.objects.values_list("lease", flat=True)) == {None}
