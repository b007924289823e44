"""The one clock of the product: code asks here, tests set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """Return the current moment, aware and in UTC, or the moment a test has set."""
    return _stopped_at.get() or timezone.now()


def today() -> date:
    """Return the current day in the time zone of the site."""
    return timezone.localdate(now())


@contextmanager
def stopped(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at `moment` (aware) for this context; meant for tests and previews."""
    if timezone.is_naive(moment):
        message = "The clock takes aware moments only."
        raise ValueError(message)
    token = _stopped_at.set(moment)
    try:
        yield moment
    finally:
        _stopped_at.reset(token)


@contextmanager
def shifted(by: timedelta) -> Iterator[datetime]:
    """Stop the clock `by` later (or earlier) than it stands."""
    with stopped(now() + by) as moment:
        yield moment
