import os
import threading
import time

import pytest

from cms.jobs import waker
from cms.jobs.enums import Lane
from tests.servers.ports import wait_until


class Recorder(waker.Messenger):
    """Publishes into a list, as slowly as a stalled broker."""

    def __init__(self):
        super().__init__()
        self.published = []
        self.go_on = threading.Event()

    def _publish(self, _app, lane):
        self.published.append(lane)
        self.go_on.wait(10)


@pytest.fixture
def messenger(settings, monkeypatch):
    settings.JOBS = "celery"
    recorder = Recorder()
    monkeypatch.setattr(waker._wakers, "messenger", recorder)
    yield recorder
    recorder.go_on.set()


def test_threads_of_this_process_hear_the_bell_of_their_lane():
    bells = {lane: waker.bell(lane) for lane in Lane}
    for bell in bells.values():
        bell.clear()
    waker.wake(Lane.LATER)
    assert (bells[Lane.LATER].is_set(), bells[Lane.NOW].is_set()) == (True, False)


@pytest.mark.parametrize("jobs", ["off", "embedded"])
def test_no_broker_is_asked_unless_it_is_the_way(settings, monkeypatch, jobs):
    settings.JOBS = jobs
    recorder = Recorder()
    monkeypatch.setattr(waker._wakers, "messenger", recorder)
    waker.wake(Lane.NOW)
    assert recorder._thread is None


def test_at_most_one_wake_a_lane_waits(messenger):
    waker.wake(Lane.NOW)
    assert wait_until(lambda: messenger.published == [Lane.NOW])
    began = time.perf_counter()
    for _number in range(500):
        waker.wake(Lane.NOW)
        waker.wake(Lane.LATER)
    assert time.perf_counter() - began < 1
    messenger.go_on.set()
    assert wait_until(lambda: len(messenger.published) == 3)
    time.sleep(0.05)
    assert sorted(messenger.published[1:]) == sorted(Lane)


def test_a_broker_that_fails_is_no_error(settings, caplog):
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    messenger = waker.Messenger()
    messenger.send(Lane.NOW)
    assert wait_until(lambda: "No wake for lane now" in caplog.text)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_has_its_own(messenger):
    """Threads do not come along, and a lock that was held would be held for ever."""
    messenger._news.acquire()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            waker.bell(Lane.NOW)
            answer = waker._wakers.messenger._thread is None and waker._wakers.messenger._news.acquire(
                timeout=1
            )
            os.write(writes, b"y" if answer else b"n")
        finally:
            os._exit(0)
    messenger._news.release()
    os.waitpid(child, 0)
    assert os.read(reads, 1) == b"y"
