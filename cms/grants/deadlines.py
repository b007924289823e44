"""Whether a call takes applications: reckoned at the moment a request arrived, never switched."""

from datetime import datetime, timedelta

from cms.grants.enums import CallState, Standing


def standing(
    *,
    state: CallState,
    opens_at: datetime | None,
    closes_at: datetime | None,
    grace_seconds: int,
    moment: datetime,
) -> Standing:
    """Return where a call stands at `moment` (aware).

    The deadline itself still counts: what arrives at 18:00:00.000000 is in time, a microsecond
    later is late. Grace is added to it, and never told.
    """
    if state == CallState.DRAFT:
        return Standing.PREPARED
    if state == CallState.CLOSED:
        return Standing.CLOSED
    if opens_at is not None and moment < opens_at:
        return Standing.AHEAD
    if closes_at is not None and moment > closes_at + timedelta(seconds=grace_seconds):
        return Standing.OVER
    return Standing.OPEN
