"""The Celery application of the scaled-out shape: beat ticks, workers drain the outbox.

    celery -A cms.celery worker -Q now        celery -A cms.celery beat
    celery -A cms.celery worker -Q later

A message carries only a lane: losing, repeating or delaying one changes nothing.
"""

import mmap
import os

import django
from celery import Celery
from celery.signals import worker_shutting_down
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
django.setup(set_prefix=False)

from cms.jobs import runner, schedule, waker  # noqa: E402 - models need Django to stand
from cms.jobs.enums import Lane  # noqa: E402 - models need Django to stand

app = Celery("khidi")
app.config_from_object("django.conf:settings", namespace="CELERY")

# One byte shared with the worker's forked children: only the parent hears of a shutdown.
_stopping = mmap.mmap(-1, 1)


@worker_shutting_down.connect
def _stop_after_this_job(**_kwargs: object) -> None:
    _stopping[0] = 1


@app.task(name=waker.DRAIN)
def drain(lane: str) -> None:
    """Run what is due in a lane: a bounded number of jobs, then others get their turn."""
    ran = runner.run_due(Lane(lane), settings.JOBS_DRAIN_LIMIT, stop=lambda: bool(_stopping[0]))
    if ran == settings.JOBS_DRAIN_LIMIT:
        waker.wake(Lane(lane))


@app.task(name="cms.jobs.tick")
def tick() -> None:
    """Put the schedules whose time has come into the outbox."""
    schedule.tick()
