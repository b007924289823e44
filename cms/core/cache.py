"""A Redis cache whose absence costs nothing but hits."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError, ReadOnlyError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

logger = logging.getLogger("cms.cache")

UNAVAILABLE = (RedisConnectionError, RedisTimeoutError, OutOfMemoryError, ReadOnlyError, OSError)
PAUSE = 5.0
"""Seconds without asking after a failure: a page with ten look-ups waits for one time-out, not ten."""
LOGGED_EVERY = 60.0

GUARDS = ("allauth:", "allauth.")
"""Keys that count tries at a door. Without a server they are counted in this process: otherwise
either nobody could sign in, or anybody could try for ever."""

Answer = TypeVar("Answer")


class _Health:
    """What this process knows about one server; Django makes a backend a thread."""

    def __init__(self) -> None:
        self.asked_again_at = 0.0
        self.logged_at = -LOGGED_EVERY

    def failed(self, error: Exception) -> None:
        moment = time.monotonic()
        self.asked_again_at = moment + PAUSE
        if moment - self.logged_at >= LOGGED_EVERY:
            self.logged_at = moment
            logger.warning("The cache does not answer (%s): going on without it.", type(error).__name__)

    @property
    def resting(self) -> bool:
        return time.monotonic() < self.asked_again_at


_health: dict[str, _Health] = {}
_AWAY: Any = object()


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; a server that is refused, stalled or full answers with misses.

    Give time-outs in OPTIONS: they are what a stalled server costs, once every few seconds.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # The library would try three times with growing pauses; a cache is asked once.
        options = {"retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._known = _health.setdefault(server if isinstance(server, str) else ",".join(server), _Health())
        self._spare = LocMemCache("guards", {})

    def _ask(self, question: Callable[..., Answer], *args: Any, otherwise: Answer, **kwargs: Any) -> Answer:
        if self._known.resting:
            return otherwise
        try:
            return question(*args, **kwargs)
        except UNAVAILABLE as error:
            self._known.failed(error)
            return otherwise

    def _guards(self, key: Any) -> bool:
        return str(key).startswith(GUARDS)

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """Store if absent; False without a server: nothing was stored."""
        stored = self._ask(super().add, key, *args, otherwise=None, **kwargs)
        if stored is None:
            return self._guards(key) and self._spare.add(key, *args, **kwargs)
        return stored

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default for a miss."""
        missed = self._spare.get(key, default, version) if self._guards(key) else default
        return self._ask(super().get, key, default, version, otherwise=missed)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        """Store the value if there is a server."""
        if self._ask(super().set, key, *args, otherwise=_AWAY, **kwargs) is _AWAY and self._guards(key):
            self._spare.set(key, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        """Renew the time-out; False for a miss."""
        return self._ask(super().touch, *args, otherwise=False, **kwargs)

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """Forget the value; False if it was not there."""
        spare = self._guards(key) and self._spare.delete(key, *args, **kwargs)
        return self._ask(super().delete, key, *args, otherwise=spare, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        """Tell whether there is a value."""
        return self._ask(super().has_key, *args, otherwise=False, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Return the hits."""
        return self._ask(super().get_many, *args, otherwise={}, **kwargs)

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Store the values; return the keys that were not stored."""
        return self._ask(super().set_many, data, *args, otherwise=list(data), **kwargs)

    def delete_many(self, keys: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        """Forget the values."""
        self._ask(super().delete_many, keys, *args, otherwise=None, **kwargs)

    def clear(self) -> None:
        """Forget everything."""
        self._ask(super().clear, otherwise=None)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number.

        Raises:
            ValueError: a miss, as Django says it.

        """
        count = self._ask(super().incr, key, delta, version, otherwise=None)
        if count is None:
            raise ValueError(f"Key {key!r} not found")
        return count
