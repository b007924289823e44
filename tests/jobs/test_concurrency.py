"""Many runners at once: nothing twice, nothing lost. The negative controls show that this is no luck."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from cms.core import clock
from cms.jobs import runner, schedule
from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from cms.jobs.runner import run_due
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(function, *, threads=THREADS):
    """Call a function in so many threads at the same moment; return the answers."""
    start = threading.Barrier(threads)

    def one(_number):
        try:
            start.wait(10)
            return function()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))


@pytest.fixture
def taken(handle):
    """How often each job was run."""
    counted = Counter()

    def count(*, number):
        counted[number] += 1

    handle("test.count", count)
    return counted


def queue(count):
    Job.objects.bulk_create(
        [JobFactory.build(kind="test.count", args={"number": number}) for number in range(count)]
    )


def test_eight_runners_do_each_job_once(taken):
    count = 8 * 100 if connection.vendor == "postgresql" else 8 * 25
    queue(count)
    assert sum(at_once(run_due)) == count
    assert taken == Counter(range(count))
    assert Job.objects.filter(state=JobState.DONE, attempts=1, lease=None).count() == count


@pytest.mark.only_on("postgresql")
def test_without_the_lock_jobs_are_done_twice(taken, monkeypatch):
    def careless(lane=None):
        candidates = runner._candidates(lane)
        return runner._lease(Job.objects.get(pk=candidates[0]), clock.now()) if candidates else None

    monkeypatch.setattr(runner, "claim", careless)
    queue(200)
    at_once(run_due)
    assert max(taken.values()) > 1


@pytest.mark.only_on("postgresql")
def test_a_queued_twin_is_not_started_before_the_change_it_stands_for_is_seen(taken):
    enqueue("test.count", number=1, dedupe_key="page:7")
    with transaction.atomic():
        enqueue("test.count", number=1, dedupe_key="page:7")
        assert at_once(run_due, threads=2) == [0, 0]
    assert (run_due(), Job.objects.count()) == (1, 1)


@pytest.mark.only_on("postgresql")
def test_without_that_lock_the_change_is_never_seen(taken):
    enqueue("test.count", number=1, dedupe_key="page:7")
    with transaction.atomic():
        Job.objects.bulk_create(
            [JobFactory.build(kind="test.count", dedupe_key="page:7")], ignore_conflicts=True
        )
        assert sum(at_once(run_due, threads=2)) == 1
    assert run_due() == 0


def test_equal_keys_at_once_make_one_job(taken):
    at_once(lambda: enqueue("test.count", number=1, dedupe_key="page:7"))
    assert Job.objects.count() == 1


def test_tickers_at_once_enqueue_each_slot_once(taken, stopped_clock):
    schedule.every("test.count", timedelta(minutes=1))
    for _minute in range(5):
        moment = clock.now()

        def tick(moment=moment):
            with clock.stopped(moment):  # a thread has a clock of its own
                return schedule.tick()

        assert sum(at_once(tick)) == 1
        Job.objects.update(state=JobState.DONE)
        stopped_clock.move(minutes=1)
    assert Job.objects.count() == 5
