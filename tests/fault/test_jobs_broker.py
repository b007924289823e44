"""A broker that is away costs a request nothing and loses no job."""

import statistics
import sys
import time

import pytest
from celery import Celery

from cms.jobs.enums import Lane
from cms.jobs.models import Job
from cms.jobs.waker import Messenger
from tests.servers.ports import wait_until

REQUESTS = 60


def away_and_back(redis, fault):
    """How a broker goes, and how it comes back."""
    return {"refused": (redis.kill, redis.restart), "stalled": (redis.stop, redis.cont)}[fault]


@pytest.mark.parametrize("fault", ["refused", "stalled"])
def test_requests_do_not_notice_and_jobs_run_after_recovery(celery_site, redis_server, fault, capsys):
    site = celery_site
    site.worker()
    site.beat()
    site.web("celery")
    assert wait_until(site.serves, seconds=60), site.logs()
    site.get("/submit/before/")
    assert wait_until(lambda: site.notes == ["before"], seconds=60), site.logs()

    leave, come_back = away_and_back(redis_server, fault)
    leave()
    costs, requests = [], []
    for number in range(REQUESTS):
        began = time.perf_counter()
        costs.append(float(site.get(f"/submit/{number}/")))
        requests.append((time.perf_counter() - began) * 1000)
        time.sleep(0.05)  # three seconds in all: wakes are under way throughout
    assert len(site.notes) < REQUESTS  # a worker may have had one message in hand

    come_back()
    back = time.monotonic()
    expected = {str(number) for number in range(REQUESTS)}
    assert wait_until(lambda: expected <= set(site.notes), seconds=60), site.logs()
    recovery = time.monotonic() - back
    usual, slowest = statistics.quantiles(costs, n=10)[-1], max(costs)
    with capsys.disabled():
        sys.stdout.write(
            f"\nbroker {fault}: enqueue and commit median {statistics.median(costs):.1f} ms, "
            f"nine of ten {usual:.1f} ms, max {slowest:.1f} ms; request max {max(requests):.1f} ms; "
            f"{REQUESTS} jobs done {recovery:.1f} s after recovery\n"
        )
    # Nine of ten: a busy machine takes any thread off the processor now and then, broker or not.
    assert usual < 50
    assert max(requests) < 1000  # publishing inline costs a second while the broker is stalled
    assert sorted(site.notes) == sorted([*expected, "before"])  # none lost, none twice
    assert wait_until(
        lambda: not Job.objects.filter(kind="fault.note").exclude(state="done").exists(), seconds=60
    )


def test_without_the_thread_a_stalled_broker_costs_a_request_a_second(redis_server, settings):
    app = Celery("inline", broker=redis_server.url, set_as_current=False)
    app.conf.broker_transport_options = settings.JOBS_WAKE_TRANSPORT
    redis_server.stop()
    began = time.perf_counter()
    Messenger._publish(app, Lane.NOW)
    assert time.perf_counter() - began > 0.9
