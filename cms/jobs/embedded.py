"""Run jobs in threads of this process: one a lane, so that a slow mail server delays no code."""

import atexit
import logging
import threading
import time

from django.conf import settings
from django.db import close_old_connections, connections

from cms.jobs import runner, schedule, waker
from cms.jobs.enums import Lane

logger = logging.getLogger("cms.jobs")


class Runners:
    """The threads of this process that run jobs; `stop()` leaves none of them running."""

    def __init__(self, *lanes: Lane) -> None:
        self._stopping = threading.Event()
        self._bells = [waker.bell(lane) for lane in lanes]
        # Daemons: a job that hangs must not keep the process from ending.
        self._threads = [
            threading.Thread(target=self._run, args=(lane,), name=f"jobs-{lane.value}", daemon=True)
            for lane in lanes
        ]

    def start(self) -> None:
        """Start one thread a lane."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the threads: each may finish its job for a while, then the job is given back."""
        self._stopping.set()
        for bell in self._bells:
            bell.set()
        deadline = time.monotonic() + settings.JOBS_STOP_WAIT
        for thread in self._threads:
            thread.join(max(0, deadline - time.monotonic()))
        runner.give_back_all()

    def _run(self, lane: Lane) -> None:
        bell = waker.bell(lane)
        try:
            while not self._stopping.is_set():
                self._round(lane)
                bell.wait(settings.JOBS_POLL)
                bell.clear()
        finally:
            connections.close_all()

    def _round(self, lane: Lane) -> None:
        try:
            close_old_connections()
            schedule.tick()
            runner.run_due(lane, stop=self._stopping.is_set)
        except Exception as error:  # noqa: BLE001 - the database may be away; the thread must outlive it
            logger.warning("Runner of lane %s: %s", lane.value, runner.whereabouts(error))
            close_old_connections()


def start() -> None:
    """Start the runners of a serving process and stop them when it ends.

    Called at the end of wsgi.py, never in `AppConfig.ready()`: commands and a preloading server's
    master must not run jobs.
    """
    runners = Runners(*Lane)
    runners.start()
    atexit.register(runners.stop)
