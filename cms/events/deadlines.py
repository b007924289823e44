"""When a date takes registrations, and until when an offer stands: reckoned, never switched."""

from datetime import datetime, timedelta

from cms.events.enums import EventState, OccurrenceStatus, Precision, Standing

LONGEST_OFFER = timedelta(hours=48)
SHORTEST_OFFER = timedelta(hours=1)
GRACE = timedelta(minutes=1)
"""So long an offer that has run out is left alone: whoever accepted in time may still wait for their turn."""


def standing(
    *,
    state: EventState,
    status: OccurrenceStatus,
    precision: Precision,
    opens_at: datetime | None,
    closes_at: datetime,
    ends_at: datetime,
    moment: datetime,
) -> Standing:
    """Return what a date means at `moment` (aware) to somebody who wants to come.

    The last moment of registration still counts, a microsecond later is late. A date of which only
    the month is known takes no registrations: nobody can promise to come.
    """
    if state == EventState.DRAFT:
        return Standing.PREPARED
    if status != OccurrenceStatus.SCHEDULED:
        return Standing.CANCELLED if status == OccurrenceStatus.CANCELLED else Standing.POSTPONED
    if moment >= ends_at:
        return Standing.OVER
    if precision == Precision.MONTH:
        return Standing.UNDATED
    if opens_at is not None and moment < opens_at:
        return Standing.AHEAD
    return Standing.OPEN if moment <= closes_at else Standing.CLOSED


def offer_ends(*, reached: datetime, starts: datetime) -> datetime:
    """Return until when an offer stands that reached its person at `reached`.

    48 hours; nearer to the date half of the time that is left, so that the next in the list has a
    chance too; never less than an hour, and never beyond the beginning.
    """
    left = max(starts - reached, timedelta())
    return reached + min(left, max(SHORTEST_OFFER, min(LONGEST_OFFER, left / 2)))
