"""Which function does a job of which kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from cms.jobs.enums import Lane

Function = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Handler:
    """How a kind of job is run.

    `atomic` handlers only touch the database and are committed together with "done": exactly
    once. The others reach outside (mail, files) and run at least once, so they are idempotent.
    The lease of a job is longer than `timeout`, which the function itself must keep to.
    """

    kind: str
    function: Function
    lane: Lane
    timeout: timedelta
    max_attempts: int
    atomic: bool


_handlers: dict[str, Handler] = {}


def handles(
    kind: str,
    *,
    lane: Lane,
    timeout: timedelta = timedelta(seconds=60),
    max_attempts: int = 8,
    atomic: bool = False,
) -> Callable[[Function], Function]:
    """Register the decorated function for jobs of `kind`; it takes the job's arguments by name.

    Raises:
        ImproperlyConfigured: another function already handles this kind.

    """

    def register(function: Function) -> Function:
        known = _handlers.get(kind)
        if known and known.function is not function:
            message = f"Two handlers for jobs of kind {kind!r}."
            raise ImproperlyConfigured(message)
        _handlers[kind] = Handler(kind, function, lane, timeout, max_attempts, atomic)
        return function

    return register


def handler_of(kind: str) -> Handler | None:
    """Return the handler, or None for a kind this version does not know: such a job waits."""
    return _handlers.get(kind)


def known_kinds() -> tuple[str, ...]:
    """Return every kind that can be run here."""
    return tuple(sorted(_handlers))
