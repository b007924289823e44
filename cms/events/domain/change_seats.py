"""More seats, or fewer: what would happen, and doing it."""

from dataclasses import dataclass, replace

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.events import seats
from cms.events.domain.promote import promote, takes_place
from cms.events.models import Occurrence, Registration
from cms.events.policy import may_manage
from cms.forms.domain.errors import NotAllowedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What another number of seats would mean: who gets an offer, and how many have a seat too many."""

    before: seats.Seats
    after: seats.Seats
    offers: list[Registration]

    @property
    def calls(self) -> int:
        """Return how many of the offers somebody has to ring for."""
        return sum(1 for offer in self.offers if not offer.submission.email)

    @property
    def over(self) -> int:
        """Return how many more people have a seat than there are seats: nobody loses theirs."""
        return self.after.over

    @property
    def stuck(self) -> int:
        """Return how many people wait in groups larger than all seats: the office has to speak with them."""
        return self.after.stuck

    @property
    def still_waiting(self) -> int:
        """Return how many people go on waiting."""
        return self.after.waiting - sum(offer.seats for offer in self.offers)

    @property
    def kept_beyond(self) -> int:
        """Return how many seats that there will not be are kept: whoever sends in time gets theirs."""
        free = self.after.free
        return 0 if free is None else max(0, -free - self.over)

    @property
    def kept_from_list(self) -> int:
        """Return how many kept seats those who go on waiting may still get, if nobody takes them."""
        waits = self.still_waiting > self.stuck
        return self.after.held if waits and self.after.capacity is not None and not self.kept_beyond else 0


def preview(*, occurrence: Occurrence, capacity: int | None) -> Preview:
    """Return what `change_seats` would do now; changes nothing."""
    now = clock.now()
    before = seats.count(occurrence, at=now)
    after = replace(before, capacity=capacity, stuck=seats.stuck_with(occurrence, capacity))
    offers = seats.in_turn(occurrence, after) if takes_place(occurrence, now) else []
    return Preview(before=before, after=after, offers=offers)


@transaction.atomic
def change_seats(*, occurrence: Occurrence, capacity: int | None, by: User) -> list[Registration]:
    """Set the number of seats; whoever fits now gets an offer. With fewer seats nobody loses theirs.

    Raises:
        NotAllowedError: `by` does not manage this event.
        BusyError: others have held the date for too long.

    """
    current = seats.lock_one(occurrence.pk)
    if not may_manage(by, current.event):
        raise NotAllowedError
    if current.capacity == capacity:
        return []
    before, current.capacity = current.capacity, capacity
    current.save(update_fields=["capacity"])
    record("events.seats", target=current, actor=by, details={"from": before, "to": capacity})
    return promote(occurrence=current)
