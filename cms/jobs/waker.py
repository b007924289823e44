"""Tell a runner that there is work, never inside the request's own time.

A wake carries no job, only a lane: a lost one costs a runner's next look, nothing else.
"""

import logging
import os
import threading

from celery import Celery
from django.conf import settings

from cms.jobs.enums import Lane

logger = logging.getLogger("cms.jobs")

DRAIN = "cms.jobs.drain"
"""Name of the Celery task; the task itself stands above all rooms, in cms/celery.py."""

WORTH = 60
"""Seconds after which an undelivered wake is dropped: beat has called by then."""


class Messenger:
    """Publishes wakes to the broker from a thread of its own, at most one waiting for each lane.

    Publishing inline costs every request a second while the broker is stalled.
    """

    def __init__(self) -> None:
        self._wanted: set[Lane] = set()
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None

    def send(self, lane: Lane) -> None:
        """Have the lane's workers woken soon; returns at once."""
        with self._news:
            self._wanted.add(lane)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="waker", daemon=True)
                self._thread.start()
            self._news.notify()

    def _run(self) -> None:
        # Not the workers' app: other time-outs, and nothing shared across a fork.
        app = Celery("waker", broker=settings.BROKER_URL, set_as_current=False)
        app.conf.broker_transport_options = settings.JOBS_WAKE_TRANSPORT
        while True:
            with self._news:
                self._news.wait_for(lambda: self._wanted)
                lanes, self._wanted = self._wanted, set()
            for lane in sorted(lanes):
                self._publish(app, lane)

    @staticmethod
    def _publish(app: Celery, lane: Lane) -> None:
        name = str(lane.value)
        try:
            app.send_task(DRAIN, args=[name], queue=name, retry=False, expires=WORTH, ignore_result=True)
        except Exception as error:  # noqa: BLE001 - whatever the broker's client raises: beat comes by
            logger.warning("No wake for lane %s: %s", name, type(error).__name__)


class _Wakers:
    """What this process has: a bell for each lane, and the messenger."""

    def __init__(self) -> None:
        self.bells = {lane: threading.Event() for lane in Lane}
        self.messenger = Messenger()


_wakers = _Wakers()


def _renew() -> None:
    """Start anew in a forked child: threads do not come along, and locks may be held for ever."""
    global _wakers  # noqa: PLW0603 - one a process, and a fork makes a new process
    _wakers = _Wakers()


os.register_at_fork(after_in_child=_renew)


def wake(lane: Lane) -> None:
    """Wake whoever runs `lane`; returns at once whatever state the broker is in."""
    _wakers.bells[lane].set()
    if settings.JOBS == "celery":
        _wakers.messenger.send(lane)


def bell(lane: Lane) -> threading.Event:
    """Return the event that runners of this process wait for."""
    return _wakers.bells[lane]
