"""Where background work runs: in the serving process, in Celery workers or elsewhere."""

from datetime import timedelta
from typing import Any

from kombu import Queue

from cms.settings.environment import env

JOBS = env.str("JOBS", default="off")
"""embedded (two threads of the serving process), celery, or off (`manage.py jobs run`)."""

BROKER_URL = env.str("BROKER_URL", default="redis://127.0.0.1:6379/0")

JOBS_POLL = 1.0
"""Seconds between two looks of a runner that nobody wakes."""

JOBS_LEASE_MARGIN = timedelta(seconds=15)
"""A lease outlasts the handler's own time-out by this much."""

JOBS_STOP_WAIT = 8.0
"""Seconds a runner may finish its job in on SIGTERM: less than the ten that containers grant."""

JOBS_DRAIN_LIMIT = 100
"""Jobs one Celery task runs before it makes room for another and asks to be woken again."""

TASKS = {"default": {"BACKEND": "cms.jobs.wagtail_tasks.OutboxBackend"}}


def transport_options(seconds: float) -> dict[str, Any]:
    """Return the broker's time-outs: a stalled broker still accepts, so connecting is not enough."""
    if BROKER_URL.startswith("redis"):
        return {
            "socket_timeout": seconds,
            "socket_connect_timeout": seconds,
            "socket_keepalive": True,
            "health_check_interval": 10,
        }
    return {"connect_timeout": seconds, "read_timeout": seconds, "write_timeout": seconds}


JOBS_WAKE_TRANSPORT = {**transport_options(1), "max_retries": 0}
"""For the thread that wakes workers; they themselves wait longer, or they fail to acknowledge."""

CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(30)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # A worker waits for its broker as long as it takes.
CELERY_TASK_IGNORE_RESULT = True  # The rows of the outbox are the results.
CELERY_TASK_DEFAULT_QUEUE = "now"
CELERY_TASK_QUEUES = (Queue("now"), Queue("later"))
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # Keeps no file: what was ticked stands in the database.
JOBS_BEAT = 5.0
"""Seconds between two calls of beat: schedules, retries that fell due, and whatever a wake missed."""

CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "cms.jobs.tick", "schedule": JOBS_BEAT, "options": {"queue": "now", "expires": 30}},
    "now": {
        "task": "cms.jobs.drain",
        "args": ("now",),
        "schedule": JOBS_BEAT,
        "options": {"queue": "now", "expires": 30},
    },
    "later": {
        "task": "cms.jobs.drain",
        "args": ("later",),
        "schedule": JOBS_BEAT,
        "options": {"queue": "later", "expires": 30},
    },
}
