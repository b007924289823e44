"""Seats of a date, counted from facts under a lock; nothing else locks them.

Whoever takes or frees a seat locks the date first, in the order of keys if there are several, then
submissions, then registrations. What is counted while the date is locked stays true until the end
of the transaction. On SQLite there is one writer at a time anyway (`transaction_mode: IMMEDIATE`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Count, Q, QuerySet, Sum

from cms.events.enums import SEAT_TAKING, RegistrationState, Room
from cms.events.models import Hold, Occurrence, Registration
from cms.forms.domain.errors import BusyError
from cms.forms.models import Submission

LONGEST_WAIT = "3s"
"""Then somebody is asked to send again: better than a browser that gives up on an open question."""

TRY_AGAIN = frozenset({"55P03", "40P01"})
"""PostgreSQL's codes for a lock that was not to be had, and for a deadlock."""

COUNTED = {
    "confirmed": RegistrationState.CONFIRMED,
    "offered": RegistrationState.OFFERED,
    "waiting": RegistrationState.WAITLISTED,
}

FEW = 5
"""From so many free seats on, or a tenth of them, few are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many seats there are and who has them; people, not registrations."""

    capacity: int | None
    confirmed: int = 0
    offered: int = 0
    held: int = 0
    waiting: int = 0
    waiting_limit: int | None = None

    @property
    def free(self) -> int | None:
        """Return the seats that nobody has; below zero after some were taken away; None without a limit."""
        return None if self.capacity is None else self.capacity - self.confirmed - self.offered - self.held

    def fits(self, people: int) -> bool:
        """Tell whether so many find a seat; who waits is another question."""
        return self.free is None or people <= self.free

    def may_wait(self, people: int) -> bool:
        """Tell whether so many more find a place on the waiting list."""
        return self.waiting_limit is None or self.waiting + people <= self.waiting_limit

    @property
    def room(self) -> Room:
        """Return what somebody who comes alone is told."""
        if self.waiting == 0 and self.fits(1):
            few = max(FEW, (self.capacity or 0) // 10)
            return Room.FEW if self.free is not None and self.free <= few else Room.FREE
        return Room.WAITING if self.may_wait(1) else Room.NONE


def lock(*keys: int) -> list[Occurrence]:
    """Return these dates as they are now, locked until the transaction ends, with their events.

    Raises:
        BusyError: others have held one of them for too long.

    """
    dates = Occurrence.objects.select_for_update(of=("self",), no_key=True).select_related("event")
    with _patience():
        return list(dates.filter(pk__in=keys).order_by("pk"))


def lock_one(key: int) -> Occurrence:
    """Return one date in the same way.

    Raises:
        BusyError: as above.

    """
    (occurrence,) = lock(key)
    return occurrence


def count(occurrence: Occurrence, *, at: datetime, but: Submission | None = None) -> Seats:
    """Return how the seats of a date are spread at a moment; holds of the submission `but` are left out."""
    return count_all([occurrence], at=at, but=but)[occurrence.pk]


def count_all(
    occurrences: list[Occurrence], *, at: datetime, but: Submission | None = None
) -> dict[int, Seats]:
    """Return the same by key of the date; two questions, however many dates."""
    keys = [occurrence.pk for occurrence in occurrences]
    people = {name: Sum("seats", filter=Q(state=state)) for name, state in COUNTED.items()}
    registrations = Registration.objects.filter(occurrence__in=keys).order_by()
    taken: Any = registrations.values("occurrence").annotate(**people)
    holds = live_holds(at).filter(occurrence__in=keys)
    if but is not None:
        holds = holds.exclude(submission=but)
    held = dict(holds.order_by().values_list("occurrence").annotate(Sum("seats")))
    rows = {row["occurrence"]: row for row in taken}
    return {
        occurrence.pk: Seats(
            capacity=occurrence.capacity,
            waiting_limit=occurrence.waiting_limit,
            held=held.get(occurrence.pk, 0),
            **{name: rows.get(occurrence.pk, {}).get(name) or 0 for name in COUNTED},
        )
        for occurrence in occurrences
    }


def live_holds(at: datetime) -> QuerySet[Hold]:
    """Return the holds that still keep seats at a moment."""
    return Hold.objects.filter(expires_at__gt=at)


def admits(left: Seats, submission: Submission, people: int, *, at: datetime) -> bool:
    """Tell whether so many get seats at once: kept for them, or free while nobody waits.

    `left` was counted without the submission's own hold.
    """
    if left.waiting == 0 and left.fits(people):
        return True
    return live_holds(at).filter(submission=submission, seats__gte=people).exists()


def queue(occurrence: Occurrence) -> QuerySet[Registration]:
    """Return who waits for a date, who is next first: nobody overtakes."""
    waiting = Registration.objects.filter(occurrence=occurrence, state=RegistrationState.WAITLISTED)
    return waiting.select_related("submission").order_by("-priority", "queued_at", "pk")


def taking(occurrence: Occurrence) -> QuerySet[Registration]:
    """Return the registrations that take seats of a date."""
    return Registration.objects.filter(occurrence=occurrence, state__in=sorted(SEAT_TAKING))


def waiting_registrations(occurrence: Occurrence) -> int:
    """Return how many registrations wait."""
    return queue(occurrence).aggregate(number=Count("pk"))["number"] or 0


@contextmanager
def _patience() -> Iterator[None]:
    """Wait for a lock only so long, on databases that know how to."""
    if connection.vendor != "postgresql":
        yield
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in TRY_AGAIN:
            raise BusyError from error
        raise
