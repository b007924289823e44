"""Seats of a date, counted from facts under a lock; nothing else locks them.

Whoever takes or frees a seat locks the date first, in the order of keys if there are several, then
submissions, then registrations. What is counted while the date is locked stays true until the end
of the transaction. On SQLite there is one writer at a time anyway (`transaction_mode: IMMEDIATE`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from cms.events.enums import SEAT_TAKING, RegistrationState, Room
from cms.events.models import Hold, Occurrence, Registration
from cms.forms.domain.errors import BusyError, NotNowError
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
"""So many free seats, or a tenth of all, are few, unless they are more than a quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many seats there are and who has them; people, not registrations."""

    capacity: int | None
    confirmed: int = 0
    offered: int = 0
    held: int = 0
    waiting: int = 0
    stuck: int = 0
    """Of those who wait, the people of groups larger than all seats together: nobody waits for these."""
    waiting_limit: int | None = None

    @property
    def free(self) -> int | None:
        """Return the seats that nobody has; below zero after some were taken away; None without a limit."""
        return None if self.capacity is None else self.capacity - self.confirmed - self.offered - self.held

    @property
    def in_line(self) -> int:
        """Return how many people wait for a seat that they can get; newcomers queue behind them."""
        return self.waiting - self.stuck

    @property
    def over(self) -> int:
        """Return how many more people have a seat than there are seats: nobody loses theirs."""
        return 0 if self.capacity is None else max(0, self.confirmed + self.offered - self.capacity)

    def fits(self, people: int) -> bool:
        """Tell whether so many find a seat; who waits is another question."""
        return self.free is None or people <= self.free

    def ever_fits(self, people: int) -> bool:
        """Tell whether so many could come at all; without any seat yet everybody may wait for some."""
        return not self.capacity or people <= self.capacity

    def may_wait(self, people: int) -> bool:
        """Tell whether so many more find a place on the waiting list."""
        return self.waiting_limit is None or self.waiting + people <= self.waiting_limit

    def may_keep(self, people: int) -> bool:
        """Tell whether so many seats can be kept for somebody who is still writing.

        Never where there is no limit, nor while somebody is in line. All kept seats together are at
        most half of those that nobody has for good, so that nobody blocks a date by opening drafts.
        """
        if self.free is None or self.in_line or not self.fits(people):
            return False
        return 2 * (self.held + people) <= self.free + self.held + 1

    @property
    def room(self) -> Room:
        """Return what somebody who comes alone is told."""
        if self.in_line == 0 and self.fits(1):
            all_of_them = self.capacity or 0
            few = max(1, min(max(FEW, all_of_them // 10), all_of_them // 4))
            return Room.FEW if self.free is not None and self.free <= few else Room.FREE
        return Room.WAITING if self.may_wait(1) else Room.NONE


def lock(*keys: int, against_new: bool = False) -> list[Occurrence]:
    """Return these dates as they are now, locked until the transaction ends, with their events.

    Whoever may take dates away locks them `against_new` registrations too, which otherwise wait for nobody.

    Raises:
        BusyError: others have held one of them for too long.

    """
    rows = Occurrence.objects.select_for_update(of=("self",), no_key=not against_new)
    dates = rows.select_related("event")
    with _patience():
        return list(dates.filter(pk__in=keys).order_by("pk"))


def lock_one(key: int) -> Occurrence:
    """Return one date in the same way.

    Raises:
        BusyError: as above.
        NotNowError: its rule has taken it away meanwhile.

    """
    found = lock(key)
    if not found:
        raise NotNowError
    return found[0]


def count(occurrence: Occurrence, *, at: datetime, but: Submission | None = None) -> Seats:
    """Return how the seats of a date are spread at a moment; holds of the submission `but` are left out."""
    return count_all([occurrence], at=at, but=but)[occurrence.pk]


def count_all(
    occurrences: list[Occurrence], *, at: datetime, but: Submission | None = None
) -> dict[int, Seats]:
    """Return the same by key of the date; two questions, however many dates."""
    keys = [occurrence.pk for occurrence in occurrences]
    people = {name: Sum("seats", filter=Q(state=state)) for name, state in COUNTED.items()}
    too_many = Q(state=RegistrationState.WAITLISTED, seats__gt=F("occurrence__capacity"))
    registrations = Registration.objects.filter(occurrence__in=keys, state__in=sorted(COUNTED.values()))
    taken: Any = registrations.order_by().values("occurrence")
    taken = taken.annotate(**people, stuck=Sum("seats", filter=too_many))
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
            **{name: rows.get(occurrence.pk, {}).get(name) or 0 for name in (*COUNTED, "stuck")},
        )
        for occurrence in occurrences
    }


def live_holds(at: datetime) -> QuerySet[Hold]:
    """Return the holds that still keep seats at a moment."""
    return Hold.objects.filter(expires_at__gt=at)


def kept_for(submission: Submission, *, at: datetime) -> int:
    """Return how many seats are kept for a draft; not asked again where it came with the draft."""
    hold: Hold | None = getattr(submission, "hold", None)
    return hold.seats if hold and hold.expires_at > at else 0


def admits(left: Seats, submission: Submission, people: int, *, at: datetime) -> bool:
    """Tell whether so many get seats at once: kept for them, or free while nobody waits.

    `left` was counted without the submission's own hold.
    """
    if left.in_line == 0 and left.fits(people):
        return True
    return live_holds(at).filter(submission=submission, seats__gte=people).exists()


def queue(occurrence: Occurrence) -> QuerySet[Registration]:
    """Return who waits for a date, who is next first: nobody overtakes."""
    waiting = Registration.objects.filter(occurrence=occurrence, state=RegistrationState.WAITLISTED)
    return waiting.select_related("submission").order_by("-priority", "queued_at", "pk")


def in_turn(occurrence: Occurrence, left: Seats) -> list[Registration]:
    """Return who moves up with these seats: the first in the list, as long as the next one fits.

    A group waits for enough seats together, and everybody behind it waits with it. Only a group
    larger than all seats together is passed over, and keeps its place for when there are more.
    """
    free = left.free
    line = queue(occurrence)
    if free is not None:
        line = line.filter(seats__lte=left.capacity)[: max(free, 0)]
    found = []
    for waiting in line:
        if free is not None and waiting.seats > free:
            break
        free = None if free is None else free - waiting.seats
        found.append(waiting)
    return found


def stuck_with(occurrence: Occurrence, capacity: int | None) -> int:
    """Return how many people wait in groups larger than so many seats together."""
    if capacity is None:
        return 0
    return queue(occurrence).filter(seats__gt=capacity).aggregate(people=Sum("seats"))["people"] or 0


def next_place(occurrence: Occurrence, *, at: datetime) -> datetime:
    """Return since when somebody waits who queues now: after everybody before, whatever clocks say.

    Servers may differ by some milliseconds; the order of the list is that in which people had their turn.
    """
    last = Registration.objects.filter(occurrence=occurrence).aggregate(last=Max("queued_at"))["last"]
    return max(at, last + timedelta(microseconds=1)) if last else at


def taking(occurrence: Occurrence) -> QuerySet[Registration]:
    """Return the registrations that take seats of a date."""
    return Registration.objects.filter(occurrence=occurrence, state__in=sorted(SEAT_TAKING))


def waiting_registrations(occurrence: Occurrence) -> int:
    """Return how many registrations wait."""
    return queue(occurrence).aggregate(number=Count("pk"))["number"] or 0


@contextmanager
def _patience() -> Iterator[None]:
    """Wait for this lock only so long, on databases that know how to; other locks are soon free."""
    if connection.vendor != "postgresql":
        yield
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in TRY_AGAIN:
            raise BusyError from error
        raise
