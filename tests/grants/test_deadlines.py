"""A deadline to the microsecond, across clock changes, and when wall time or zone move."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.core.zones import wall_of
from cms.grants.enums import CallState, Standing
from cms.grants.models import Call
from tests.forms.factories import make_call

INSTANT = timedelta(microseconds=1)
SUMMER = timedelta(hours=1)

CHANGES = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 3, 28),
    date(2027, 10, 31),
]
"""Nights in which clocks in Berlin change."""


def wall(day, hour=18, minute=0):
    return datetime.combine(day, time(hour, minute))


def call(**fields):
    """Return a call that is not saved, with its moments derived."""
    fields = {"state": CallState.LIVE, "zone": "Asia/Tbilisi", **fields}
    made = Call(code="MV27", name="Fund", **fields)
    made.derive()
    return made


def standings(some, edge):
    """Return where a call stands just before a moment, at it, and just after."""
    return [some.standing(edge + by) for by in (-INSTANT, timedelta(0), INSTANT)]


def test_what_arrives_at_the_deadline_itself_is_in_time_and_a_microsecond_later_is_late():
    some = call(closes_wall=wall(date(2026, 11, 30)))
    edge = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    assert standings(some, edge) == [Standing.OPEN, Standing.OPEN, Standing.OVER]


def test_grace_moves_what_counts_and_not_what_is_told():
    some = call(closes_wall=wall(date(2026, 11, 30)), grace_seconds=120)
    edge = some.closes_at + timedelta(seconds=120)
    assert standings(some, edge) == [Standing.OPEN, Standing.OPEN, Standing.OVER]
    assert some.told(some.closes_at) == Standing.OPEN
    assert some.told(some.closes_at + INSTANT) == Standing.OVER


def test_a_call_opens_at_its_hour_and_not_a_microsecond_earlier():
    some = call(opens_wall=wall(date(2026, 11, 1), 9), closes_wall=wall(date(2026, 11, 30)))
    assert standings(some, some.opens_at) == [Standing.AHEAD, Standing.OPEN, Standing.OPEN]


def test_a_rolling_call_never_ends_by_itself():
    some = call(opens_wall=wall(date(2026, 1, 1)))
    assert some.rolling
    assert some.standing(datetime(2999, 1, 1, tzinfo=UTC)) == Standing.OPEN


@pytest.mark.parametrize(
    ("state", "standing"), [(CallState.DRAFT, Standing.PREPARED), (CallState.CLOSED, Standing.CLOSED)]
)
def test_what_the_office_decided_comes_before_the_hour(state, standing):
    some = call(state=state, closes_wall=wall(date(2026, 11, 30)))
    assert {some.standing(some.closes_at + by * SUMMER) for by in (-1, 0, 1)} == {standing}


@pytest.mark.parametrize("night", CHANGES)
@pytest.mark.parametrize("before", [timedelta(days=1), timedelta(0)])
def test_a_deadline_around_a_clock_change_is_what_clocks_in_berlin_show(night, before):
    """The evening before and the evening of the change: eighteen hours, in whichever offset holds."""
    told = wall(night - before)
    some = call(zone="Europe/Berlin", closes_wall=told)
    assert wall_of(some.closes_at, "Europe/Berlin") == told
    assert some.closes_at.astimezone(ZoneInfo("Europe/Berlin")).hour == told.hour
    assert standings(some, some.closes_at) == [Standing.OPEN, Standing.OPEN, Standing.OVER]


@pytest.mark.parametrize(("year", "month"), [(2026, 3), (2027, 3), (2026, 10), (2027, 10)])
def test_a_day_across_a_clock_change_has_23_or_25_hours(year, month):
    night = next(day for day in CHANGES if (day.year, day.month) == (year, month))
    opens, closes = wall(night - timedelta(days=1)), wall(night)
    some = call(zone="Europe/Berlin", opens_wall=opens, closes_wall=closes)
    assert some.closes_at - some.opens_at == timedelta(hours=23 if month == 3 else 25)


@pytest.mark.parametrize("night", [day for day in CHANGES if day.month == 10])
def test_the_hour_that_comes_twice_counts_as_the_later_one(night):
    some = call(zone="Europe/Berlin", closes_wall=wall(night, 2, 30))
    first = some.closes_at - SUMMER
    assert wall_of(first, "Europe/Berlin") == wall_of(some.closes_at, "Europe/Berlin")
    assert some.standing(first + INSTANT) == Standing.OPEN
    assert standings(some, some.closes_at) == [Standing.OPEN, Standing.OPEN, Standing.OVER]


@pytest.mark.parametrize("night", [day for day in CHANGES if day.month == 3])
def test_a_time_that_the_night_leaves_out_is_never_earlier_than_anybody_could_read_it(night):
    some = call(zone="Europe/Berlin", closes_wall=wall(night, 2, 30))
    assert wall_of(some.closes_at, "Europe/Berlin") == wall(night, 3, 30)


@pytest.mark.parametrize("night", CHANGES)
def test_tbilisi_keeps_its_offset_all_year(night):
    some = call(closes_wall=wall(night, 2, 30))
    assert some.closes_at.astimezone(ZoneInfo("Asia/Tbilisi")).utcoffset() == timedelta(hours=4)


def test_moving_zone_or_wall_time_moves_the_moment(db):
    some = make_call(zone="Asia/Tbilisi")
    tbilisi = some.closes_at
    some.zone = "Europe/Berlin"
    some.save(update_fields=["zone"])
    some.refresh_from_db()
    assert some.closes_at - tbilisi == timedelta(hours=3)
    some.closes_wall = some.closes_wall + timedelta(days=1)
    some.save(update_fields={"closes_wall"})
    some.refresh_from_db()
    assert some.closes_at - tbilisi == timedelta(days=1, hours=3)
    some.closes_wall = None
    some.save()
    some.refresh_from_db()
    assert some.closes_at is None


def test_a_deadline_before_the_opening_is_refused(db):
    some = call(opens_wall=wall(date(2026, 11, 30)), closes_wall=wall(date(2026, 11, 1)))
    with pytest.raises(ValidationError) as refused:
        some.full_clean(exclude=["unit", "form"])
    assert "closes_wall" in refused.value.message_dict
    good = make_call()
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=good.pk).update(opens_at=good.closes_at)


def test_the_next_change_is_the_opening_then_the_deadline_then_none():
    some = call(opens_wall=wall(date(2026, 11, 1)), closes_wall=wall(date(2026, 11, 30)))
    assert some.changes_at(some.opens_at - INSTANT) == some.opens_at
    assert some.changes_at(some.opens_at + INSTANT) == some.closes_at
    assert some.changes_at(some.closes_at) == some.closes_at
    assert some.changes_at(some.closes_at + INSTANT) is None
    assert (
        call(state=CallState.CLOSED, closes_wall=wall(date(2026, 11, 30))).changes_at(some.opens_at) is None
    )
