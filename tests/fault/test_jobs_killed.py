"""A process that is killed in the middle of a job: the job is done once its lease has run out."""

import pytest

from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from tests.fault import handlers  # noqa: F401 - kinds must be known where they are enqueued
from tests.fault.site import kill
from tests.servers.ports import wait_until

BEGUN = {"began now", "began later"}


def begin(site):
    """Wait until a job of each lane is in the middle."""
    enqueue("fault.slow_now", name="now")
    enqueue("fault.slow_later", name="later")
    assert wait_until(lambda: set(site.notes) == BEGUN, seconds=60), site.logs()


def assert_done_once(site):
    """Both jobs were begun twice and ended once."""
    jobs = Job.objects.filter(kind__startswith="fault.")
    assert wait_until(lambda: not jobs.exclude(state=JobState.DONE).exists(), seconds=60), site.logs()
    assert sorted(site.notes) == sorted([*BEGUN, *BEGUN, "ended now", "ended later"]), site.logs()
    assert set(jobs.values_list("attempts", "lease")) == {(2, None)}


def test_the_worker_of_an_embedded_server(site):
    web = site.web("embedded")
    begin(site)
    (worker,) = web.children()
    kill(worker)  # gunicorn starts another one
    site.go()
    assert_done_once(site)
    assert site.serves()


def test_a_runner_of_its_own(site):
    runner = site.runner()
    begin(site)
    runner.kill()
    site.go()
    site.runner()
    assert_done_once(site)


@pytest.mark.parametrize("whole", [True, False], ids=["worker", "child"])
def test_a_celery_worker(celery_site, whole):
    site = celery_site
    site.beat()
    worker = site.worker()
    begin(site)
    if whole:
        worker.kill()
        site.worker()
    else:
        for child in worker.children():  # the parent starts others
            kill(child)
    site.go()
    assert_done_once(site)
