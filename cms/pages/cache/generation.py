"""The generation of the content: what was made from an older one is never looked up again.

One database row holds the number, since processes share nothing else. It changes in the transaction
that changes the content, and each process reads it at most once a second.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django.db.models.functions import Greatest

from cms.core import clock
from cms.pages.models import Generation

logger = logging.getLogger("cms.cache")

EVERY: Final = 1.0
"""Seconds for which a process trusts the number it has read."""

T = TypeVar("T")

_missing: Any = object()


class Reader:
    """The number as one process knows it; threads share a reader."""

    def __init__(self, read: Callable[[], int], moment: Callable[[], float] = time.monotonic) -> None:
        self._read, self._moment = read, moment
        self._lock = Lock()
        self._number = 0
        self._until = float("-inf")

    def number(self) -> int:
        """Return the number, at most `EVERY` old; 0 if it was never known.

        One thread reads; the others go on with the last number meanwhile. So do all of them while
        the database does not answer: nothing can be published then, and what is kept stays right.
        """
        if self._moment() < self._until or not self._lock.acquire(blocking=not self._number):
            return self._number
        try:
            asked = self._moment()
            if asked >= self._until:
                self._until = asked + EVERY  # Before reading: a commit meanwhile calls `forget`.
                self._number = self._read()
        except (DatabaseError, InterfaceError):
            pass
        finally:
            self._lock.release()
        return self._number

    def forget(self) -> None:
        """Read again when asked next."""
        self._until = float("-inf")


def _read() -> int:
    return Generation.objects.filter(pk=1).values_list("number", flat=True).first() or 0


_reader = Reader(_read)


def current() -> int:
    """Return the number, at most a second old; 0 if there is none: then nothing is to be kept.

    A transaction that has changed content has none: it sees what others do not see yet, and may
    never be committed.
    """
    return 0 if _pending() else _reader.number()


def bump() -> None:
    """Let everything made so far be forgotten, when and if the caller's transaction commits.

    Call it after the change. The number is at least the time in milliseconds, so that it never comes
    back: not after a backup was restored or the demonstration reset.
    """
    if _pending():
        return
    now = int(clock.now().timestamp() * 1000)
    row = Generation.objects.filter(pk=1)
    following = Greatest(models.F("number") + 1, models.Value(now), output_field=models.BigIntegerField())
    if not row.update(number=following):
        Generation.objects.bulk_create([Generation(pk=1, number=0)], ignore_conflicts=True)
        row.update(number=following)
    transaction.on_commit(forget)


def take_turn() -> None:
    """Wait for other transactions that change content; to be called before the first change of one.

    All of them meet in this row. Whoever came to it with a page already locked, as one who publishes
    a page, could wait for one who moves several, who waits for that page.
    """
    if connection.features.has_select_for_update and connection.in_atomic_block and not _pending():
        list(Generation.objects.select_for_update().filter(pk=1).values_list("pk"))


def forget() -> None:
    """Let this process read the number anew: who has published sees it at once."""
    _reader.forget()


def remembered(key: str, make: Callable[[], T]) -> T:
    """Return what `make` made for this key and generation, such as a menu; `key` names the language, too.

    A cache that fails has kept nothing: in one that outlives a release lie objects of the one before.
    """
    if not (number := current()):
        return make()
    name = f"{number}.furniture.{key}"
    value: T = _missing
    with _unless_it_fails():
        value = caches["pages"].get(name, _missing)
    if value is _missing:
        value = make()
        with _unless_it_fails():
            caches["pages"].set(name, value, settings.PAGE_CACHE_SECONDS)
    return value


@contextmanager
def _unless_it_fails() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001 - each backend raises its own, and furniture can be made without
        logger.warning("Furniture cannot be kept: %s.", type(error).__name__)


def _pending() -> bool:
    """Tell whether this transaction has changed the number; Django forgets what a savepoint takes back."""
    return any(waiting[1] is forget for waiting in connection.run_on_commit)
