"""Wagtail's background tasks become jobs in the outbox (a backend for django-tasks)."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id, normalize_json

from cms.core import clock
from cms.jobs.enums import Lane
from cms.jobs.registry import GiveUp, handles

KIND = "jobs.task"


class OutboxBackend(BaseTaskBackend):
    """Puts a task into the outbox, once for equal arguments: three saves index a page once.

    Nothing runs at once and no result is kept: Wagtail asks for none.
    """

    supports_defer = True

    def enqueue(self, task: Task[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> TaskResult[Any]:
        """Queue a call of the task's function; it is made only if the transaction commits.

        Raises:
            TypeError: an argument is not JSON.

        """
        from cms.jobs.outbox import enqueue  # noqa: PLC0415 - tasks are declared before models have loaded

        self.validate_task(task)
        call = {"path": task.module_path, "args": normalize_json(args), "kwargs": normalize_json(kwargs)}
        digest = hashlib.sha256(json.dumps(call, sort_keys=True).encode()).hexdigest()
        enqueue(KIND, dedupe_key=digest, after=task.run_after, **call)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=clock.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=call["args"],
            kwargs=call["kwargs"],
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


@handles(KIND, lane=Lane.NOW, timeout=timedelta(minutes=5))
def run_task(*, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Call the function of a registered task; any other importable thing is refused."""
    try:
        task = import_string(path)
    except ImportError:
        raise GiveUp(f"{path} is gone.") from None
    if not isinstance(task, Task):
        raise GiveUp(f"{path} is not a task.")
    task.func(*args, **kwargs)
