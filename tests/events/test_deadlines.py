"""When a date takes registrations, to the microsecond; until when an offer stands."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.events.deadlines import LONGEST_OFFER, SHORTEST_OFFER, offer_ends, standing
from cms.events.enums import EventState, OccurrenceStatus, Precision, Standing

OPENS = datetime(2026, 3, 1, 9, tzinfo=UTC)
CLOSES = datetime(2026, 3, 20, 18, tzinfo=UTC)
ENDS = datetime(2026, 3, 25, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def at(moment, **more):
    facts = {
        "state": EventState.LIVE,
        "status": OccurrenceStatus.SCHEDULED,
        "precision": Precision.EXACT,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "ends_at": ENDS,
    }
    return standing(**{**facts, **more}, moment=moment)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (OPENS - TICK, Standing.AHEAD),
        (OPENS, Standing.OPEN),
        (CLOSES, Standing.OPEN),
        (CLOSES + TICK, Standing.CLOSED),
        (ENDS - TICK, Standing.CLOSED),
        (ENDS, Standing.OVER),
    ],
)
def test_the_last_moment_counts_and_a_microsecond_later_is_late(moment, expected):
    assert at(moment) == expected


@pytest.mark.parametrize("moment", [OPENS - TICK, OPENS, CLOSES, ENDS, ENDS + TICK])
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"state": EventState.DRAFT}, Standing.PREPARED),
        ({"state": EventState.DRAFT, "status": OccurrenceStatus.CANCELLED}, Standing.PREPARED),
        ({"status": OccurrenceStatus.CANCELLED}, Standing.CANCELLED),
        ({"status": OccurrenceStatus.POSTPONED}, Standing.POSTPONED),
    ],
)
def test_what_the_office_has_decided_goes_before_the_clock(facts, expected, moment):
    assert at(moment, **facts) == expected


def test_nobody_can_promise_to_come_some_time_in_a_month():
    assert at(OPENS, precision=Precision.MONTH) == Standing.UNDATED
    assert at(ENDS, precision=Precision.MONTH) == Standing.OVER
    assert at(OPENS, precision=Precision.DAY) == Standing.OPEN


def test_without_an_opening_it_is_open_from_the_start():
    assert at(datetime(2000, 1, 1, tzinfo=UTC), opens_at=None) == Standing.OPEN


# --- Offers -------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - st wants naive bounds
spans = st.timedeltas(timedelta(0), timedelta(days=200))


@given(moments, spans)
def test_an_offer_never_outlasts_the_beginning_nor_two_days(reached, left):
    starts = reached + left
    ends = offer_ends(reached=reached, starts=starts)
    assert reached <= ends <= starts
    assert ends - reached <= LONGEST_OFFER
    assert ends - reached >= min(SHORTEST_OFFER, left)


@given(moments, spans, spans)
def test_whoever_is_reached_later_never_has_to_answer_earlier(starts, one, other):
    earlier, later = sorted((starts - one, starts - other))
    assert offer_ends(reached=earlier, starts=starts) <= offer_ends(reached=later, starts=starts)


@given(moments, spans, spans)
def test_a_later_date_never_shortens_an_offer(reached, one, other):
    nearer, farther = sorted((reached + one, reached + other))
    assert offer_ends(reached=reached, starts=nearer) <= offer_ends(reached=reached, starts=farther)


@given(moments, spans)
def test_what_reaches_somebody_after_the_beginning_ends_at_once(starts, late):
    assert offer_ends(reached=starts + late, starts=starts) == starts + late


@pytest.mark.parametrize(
    ("hours_left", "hours"),
    [(1000, 48), (96, 48), (95, 47.5), (10, 5), (2, 1), (1.5, 1), (1, 1), (0.5, 0.5), (0, 0)],
)
def test_how_long_an_offer_stands(hours_left, hours):
    reached = datetime.combine(OPENS.date(), time(9), tzinfo=UTC)
    ends = offer_ends(reached=reached, starts=reached + timedelta(hours=hours_left))
    assert ends == reached + timedelta(hours=hours)
