"""Change the number of seats as somebody has seen it: what a preview showed is what happens."""

from django.db import transaction

from cms.accounts.models import User
from cms.events import seats
from cms.events.domain.change_seats import Preview, change_seats, preview
from cms.events.models import Occurrence


@transaction.atomic
def confirm_seats(*, occurrence: Occurrence, capacity: int | None, seen: str, by: User) -> Preview | None:
    """Set the number of seats if that still means what was `seen`; otherwise return what it means now.

    Raises:
        NotAllowedError: `by` does not manage this event.
        BusyError: others have held the date for too long.

    """
    current = seats.lock_one(occurrence.pk)
    fresh = preview(occurrence=current, capacity=capacity)
    if mark_of(fresh) != seen:
        return fresh
    change_seats(occurrence=current, capacity=capacity, by=by)
    return None


def mark_of(shown: Preview) -> str:
    """Return what a preview said, short enough to come back with a form."""
    offers = "-".join(str(offer.pk) for offer in shown.offers)
    return f"{shown.before.capacity}.{offers}.{shown.over}.{shown.still_waiting}"
