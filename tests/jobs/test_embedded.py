import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connections, transaction

from cms.jobs import runner, schedule
from cms.jobs.embedded import Runners
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from tests.servers.ports import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def runners(settings):
    settings.JOBS_POLL = 0.05
    started = Runners(*Lane)
    yield started
    started.stop()


def states():
    return set(Job.objects.values_list("state", flat=True))


def test_what_is_enqueued_is_run_without_a_poll(settings, notes, runners):
    settings.JOBS_POLL = 60
    runners.start()
    wait_until(lambda: False, seconds=0.3)  # both have looked and sleep
    with transaction.atomic():
        enqueue("test.note", number=1)
    assert wait_until(lambda: notes == [{"number": 1}], seconds=30)


def test_a_lane_that_is_stuck_does_not_hold_up_the_other(handle, notes, runners):
    go_on = threading.Event()
    handle("test.mail", lambda: go_on.wait(10), lane=Lane.LATER)
    runners.start()
    enqueue("test.mail")
    enqueue("test.note")
    assert wait_until(lambda: len(notes) == 1, seconds=30)
    go_on.set()
    assert wait_until(lambda: states() == {JobState.DONE}, seconds=30)


def test_they_tick(handle, notes, runners):
    schedule.every("test.note", timedelta(hours=1))
    runners.start()
    assert wait_until(lambda: notes == [{}], seconds=30)


def test_they_outlive_a_database_that_is_away(notes, runners, monkeypatch):
    real, failed = runner.claim, threading.Event()

    def away(lane=None):
        if not failed.is_set():
            failed.set()
            raise OperationalError
        return real(lane)

    monkeypatch.setattr(runner, "claim", away)
    runners.start()
    assert failed.wait(5)
    enqueue("test.note")
    assert wait_until(lambda: len(notes) == 1, seconds=30)


def test_a_stop_lets_the_job_in_hand_finish_and_leaves_the_rest(handle, runners):
    began, go_on = threading.Event(), threading.Event()

    def slow():
        began.set()
        go_on.wait(10)

    handle("test.slow", slow)
    enqueue("test.slow")
    runners.start()
    assert began.wait(5)
    enqueue("test.slow")
    threading.Timer(0.2, go_on.set).start()
    runners.stop()
    assert list(Job.objects.order_by("id").values_list("state", "attempts")) == [
        (JobState.DONE, 1),
        (JobState.QUEUED, 0),
    ]


def test_a_job_that_does_not_finish_in_time_is_given_back(handle, runners, settings):
    settings.JOBS_STOP_WAIT = 0.2
    began, go_on, over = threading.Event(), threading.Event(), threading.Event()

    def hangs():
        began.set()
        go_on.wait(10)

    handle("test.hangs", hangs)
    enqueue("test.hangs")
    runners.start()
    assert began.wait(5)
    runners.stop()
    assert list(Job.objects.values_list("state", "attempts")) == [(JobState.QUEUED, 0)]
    threading.Thread(target=lambda: (go_on.set(), over.set())).start()
    assert over.wait(5)
    runners._threads[0].join(5)
    assert list(Job.objects.values_list("state", "attempts")) == [(JobState.QUEUED, 0)]


def test_their_connections_are_closed(notes, runners, monkeypatch):
    closed = []
    real = connections.close_all
    monkeypatch.setattr(
        connections, "close_all", lambda: (closed.append(threading.current_thread().name), real())
    )
    runners.start()
    runners.stop()
    assert sorted(closed) == ["jobs-later", "jobs-now"]
