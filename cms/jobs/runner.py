"""Claim what is due, run it, and settle it: done, once more, or dead.

A claim is a lease: a token and a moment until which nobody else touches the job. Whoever settles
the job must still hold the token, so a runner that was thought dead changes nothing afterwards.
"""

import logging
import threading
import traceback
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom
from uuid import UUID, uuid4

from django.conf import settings
from django.db import Error, IntegrityError, transaction
from django.db.models import F, Q

from cms.core import clock
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.registry import GiveUp, Handler, RetryLater, handler_of, known_versions
from cms.jobs.schedule import tidy_away

logger = logging.getLogger("cms.jobs")

CANDIDATES = 50
"""Rows read without a lock before one of them is claimed; more than runners at once."""

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)

_CODE = Path(__file__).resolve().parents[2]
_in_hand: dict[UUID, Job] = {}


class LeaseLostError(Exception):
    """The lease ran out while the job was running, and another runner has the job."""


def run_due(
    lane: Lane | None = None,
    limit: int | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Run due jobs of one lane or of both in this thread, until none is left; return how many.

    Ends early after `limit` jobs, or after the current one as soon as `stop()` is true.
    """
    ran = 0
    while (limit is None or ran < limit) and not stop():
        job = claim(lane)
        if job is None:
            break
        run(job)
        ran += 1
    return ran


def claim(lane: Lane | None = None) -> Job | None:
    """Lease the next due job to the caller, or return None.

    Looks without a lock first: with nothing to do, a runner writes nothing and never holds up
    SQLite's only writer.
    """
    candidates = _candidates(lane)
    if not candidates:
        return None
    with transaction.atomic():
        moment = clock.now()
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(_queued(moment) | _expired(moment), pk__in=candidates)
            .order_by("run_after", "id")
            .first()
        )
        return _lease(job, moment) if job else None


def _candidates(lane: Lane | None) -> list[int]:
    """Due jobs that this release understands; two queries, one a partial index."""
    moment = clock.now()
    jobs = Job.objects.filter(_understood()).order_by("run_after", "id").values_list("pk", flat=True)
    if lane:
        jobs = jobs.filter(lane=lane)
    return [*jobs.filter(_queued(moment))[:CANDIDATES], *jobs.filter(_expired(moment))[:CANDIDATES]]


def _queued(moment: datetime) -> Q:
    return Q(state=JobState.QUEUED, run_after__lte=moment)


def _expired(moment: datetime) -> Q:
    return Q(state=JobState.RUNNING, lease_until__lte=moment)


def _understood() -> Q:
    """Leave alone what a newer release has queued: unknown kinds and newer arguments wait."""
    kinds: defaultdict[int, list[str]] = defaultdict(list)
    for kind, version in known_versions().items():
        kinds[version].append(kind)
    understood = Q(pk__in=())
    for version, names in kinds.items():
        understood |= Q(kind__in=names, version__lte=version)
    return understood


def _lease(job: Job, moment: datetime) -> Job:
    handler = _handler(job)
    job.state, job.lease = JobState.RUNNING, uuid4()
    job.lease_until = moment + handler.timeout + settings.JOBS_LEASE_MARGIN
    Job.objects.filter(pk=job.pk).update(
        state=job.state, lease=job.lease, lease_until=job.lease_until, attempts=F("attempts") + 1
    )
    job.attempts += 1
    return job


def _handler(job: Job) -> Handler:
    handler = handler_of(job.kind)
    if handler is None:  # never: claim leaves unknown kinds alone
        raise LookupError(job.kind)
    return handler


def run(job: Job) -> None:
    """Run a claimed job and settle it; only the end of the process gets through."""
    handler = _handler(job)
    token = job.lease
    if token is None:
        raise ValueError("Only a claimed job can be run.")
    _in_hand[token] = job
    try:
        _attempt(job, handler)
    except LeaseLostError:
        logger.warning("Job %s #%s outlived its lease; another runner has it.", job.kind, job.pk)
    except Error as error:  # while settling: the lease runs out and the job is taken up again
        logger.warning("Job %s #%s could not be settled: %s", job.kind, job.pk, whereabouts(error))
    finally:
        _in_hand.pop(token, None)


def _attempt(job: Job, handler: Handler) -> None:
    if job.attempts > handler.max_attempts:  # its runners died without a word, each time
        _bury(job, "The runner died during every attempt.")
        return
    try:
        _perform(job, handler)
    except LeaseLostError:
        raise
    except RetryLater as later:
        _retry(job, handler, reason=later.reason, after=later.after)
    except GiveUp as end:
        _bury(job, end.reason)
    except Exception as error:  # noqa: BLE001 - a handler may raise anything, the runner lives on
        reason = whereabouts(error)
        logger.error("Job %s #%s failed: %s", job.kind, job.pk, reason)  # noqa: TRY400 - a traceback may name people
        _retry(job, handler, reason=reason)
    except BaseException as end:
        # The process is being ended, which only the main thread is told.
        if threading.current_thread() is threading.main_thread():
            give_back(job)
            raise
        _retry(job, handler, reason=whereabouts(end))


def _perform(job: Job, handler: Handler) -> None:
    if handler.atomic:
        with transaction.atomic():
            handler.run(job.args, version=job.version)
            _finish(job)
    else:
        handler.run(job.args, version=job.version)
        _finish(job)


def _finish(job: Job) -> None:
    if not _settle(job, state=JobState.DONE, error="", finished_at=clock.now()):
        raise LeaseLostError
    tidy_away(job)


def _retry(job: Job, handler: Handler, *, reason: str, after: timedelta | None = None) -> None:
    if job.attempts >= handler.max_attempts:
        _bury(job, reason)
        return
    due = clock.now() + (backoff(job.attempts) if after is None else after)
    _requeue(job, run_after=due, error=reason)


def _bury(job: Job, reason: str) -> None:
    if _settle(job, state=JobState.DEAD, error=reason, finished_at=clock.now()):
        logger.error("Job %s #%s is dead after %s attempts.", job.kind, job.pk, job.attempts)


def give_back(job: Job) -> None:
    """Queue a job again that was dropped halfway through no fault of its own."""
    _requeue(job, attempts=F("attempts") - 1)


def give_back_all() -> None:
    """Queue everything again that threads of this process still have in hand; at the very end."""
    for job in list(_in_hand.values()):
        try:
            give_back(job)
        except Error as error:  # the lease runs out instead
            logger.warning("Job %s #%s could not be given back: %s", job.kind, job.pk, whereabouts(error))


def _requeue(job: Job, **changes: object) -> None:
    try:
        with transaction.atomic():
            _settle(job, state=JobState.QUEUED, **changes)
    except IntegrityError:
        # The same work has been queued anew meanwhile, under the key that this job had: both run.
        _settle(job, state=JobState.QUEUED, dedupe_key="", **changes)


def _settle(job: Job, **changes: object) -> bool:
    """Write the outcome if the lease is still ours; say whether it was."""
    mine = Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)
    return bool(mine.update(lease=None, lease_until=None, **changes))


def backoff(attempts: int) -> timedelta:
    """Return the wait before the next attempt: 10 s, 30 s, 90 s … 1 h, less up to a quarter.

    The jitter keeps jobs that failed together from coming back together.
    """
    factor: int = 3 ** min(attempts - 1, 10)
    delay = min(FIRST_DELAY * factor, LONGEST_DELAY)
    return delay * SystemRandom().uniform(0.75, 1)


def whereabouts(error: BaseException) -> str:
    """Name an error by its class and its place; a message may hold an address or a name."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path, line) for path, line in frames if _is_ours(path)]
    if not ours:
        return name
    path, line = ours[-1]
    return f"{name} at {path.relative_to(_CODE)}:{line}"


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(_CODE) and "site-packages" not in path.parts
