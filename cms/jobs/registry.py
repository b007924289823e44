"""Which function does a job of which kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from cms.jobs.enums import Lane

Function = Callable[..., None]
Args = dict[str, Any]
Upcaster = Callable[[Args], Args]


class RetryLater(Exception):  # noqa: N818 - a request to the runner, not an error
    """Raised by a handler when something expected is in the way, such as a busy mail server.

    The attempt counts, so a handler that may wait for long has many `max_attempts`. `reason` is
    stored and shown to staff: no personal data in it.
    """

    def __init__(self, after: timedelta | None = None, reason: str = "") -> None:
        super().__init__(reason)
        self.after = after
        self.reason = reason


class GiveUp(Exception):  # noqa: N818 - a request to the runner, not an error
    """Raised by a handler when no further attempt can help: the job is dead at once.

    `reason` is stored and shown to staff: no personal data in it.
    """

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


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
    upcasters: tuple[Upcaster, ...]

    @property
    def version(self) -> int:
        """Version of the arguments the function takes today, counted from 1."""
        return len(self.upcasters) + 1

    def run(self, args: Args, *, version: int) -> None:
        """Bring arguments of an older version up to today's and call the function."""
        for upcast in self.upcasters[version - 1 :]:
            args = upcast(args)
        self.function(**args)


_handlers: dict[str, Handler] = {}


def handles(
    kind: str,
    *,
    lane: Lane,
    timeout: timedelta = timedelta(seconds=60),
    max_attempts: int = 8,
    atomic: bool = False,
    upcasters: tuple[Upcaster, ...] = (),
) -> Callable[[Function], Function]:
    """Register the decorated function for jobs of `kind`; it takes the job's arguments by name.

    When the arguments change, append one of `upcasters`: the first turns arguments of version 1
    into version 2, and so on. Jobs queued before the change are then still understood.

    Raises:
        ImproperlyConfigured: another function already handles this kind.

    """

    def register(function: Function) -> Function:
        known = _handlers.get(kind)
        if known and known.function is not function:
            raise ImproperlyConfigured(f"Two handlers for jobs of kind {kind!r}.")
        _handlers[kind] = Handler(kind, function, lane, timeout, max_attempts, atomic, upcasters)
        return function

    return register


def handler_of(kind: str) -> Handler | None:
    """Return the handler, or None for a kind this release does not know: such a job waits."""
    return _handlers.get(kind)


def known_kinds() -> tuple[str, ...]:
    """Return every kind that can be run here."""
    return tuple(sorted(_handlers))


def known_versions() -> dict[str, int]:
    """Return the newest version of arguments understood here, by kind."""
    return {kind: handler.version for kind, handler in _handlers.items()}
