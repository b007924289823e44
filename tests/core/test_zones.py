"""Clocks go forward on 29 March 2026 and 28 March 2027 and back on 25 October 2026 and 31 October 2027,
at one o'clock UTC, in Berlin and Rome; Georgia leaves its clocks alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from cms.core import zones
from cms.core.zones import exists, in_utc, must_exist, wall_of

wall = datetime.fromisoformat
BERLIN = "Europe/Berlin"
CHANGING = [BERLIN, "Europe/Rome"]
ZONES = st.sampled_from([*CHANGING, "Asia/Tbilisi"])
CHANGES = [wall(day) for day in ("2026-03-29T02", "2026-10-25T02", "2027-03-28T02", "2027-10-31T02")]
NEAR = st.builds(
    lambda change, seconds: change + timedelta(seconds=seconds),
    st.sampled_from(CHANGES),
    st.integers(-3 * 3600, 4 * 3600),
)
WALLS = st.one_of(NEAR, st.datetimes(wall("2026-01-01"), wall("2027-12-31")))


@given(WALLS, ZONES)
def test_a_deadline_is_never_earlier_than_any_reading_of_it(at, zone):
    moment = in_utc(at, zone)
    for fold in (0, 1):
        assert moment >= at.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@given(WALLS, ZONES)
def test_there_and_back_gives_the_same_moment(at, zone):
    moment = in_utc(at, zone)
    assert in_utc(wall_of(moment, zone), zone) == moment
    assert (wall_of(moment, zone) == at) == exists(at, zone)


@given(NEAR, NEAR, ZONES)
@example(wall("2026-03-29T01:59:59"), wall("2026-03-29T03:00"), BERLIN)
@example(wall("2026-10-25T01:59:59"), wall("2026-10-25T02:00"), BERLIN)
@example(wall("2026-10-25T02:59:59"), wall("2026-10-25T03:00"), BERLIN)
def test_the_moment_never_runs_backwards_along_times_that_exist(one, other, zone):
    first, last = sorted((one, other))
    if exists(first, zone) and exists(last, zone):
        assert in_utc(first, zone) <= in_utc(last, zone)


@pytest.mark.parametrize("zone", CHANGING)
@pytest.mark.parametrize("day", [wall("2026-03-29"), wall("2027-03-28")])
def test_a_time_in_the_gap_counts_as_far_behind_it(day, zone):
    assert not exists(day.replace(hour=2, minute=30), zone)
    assert wall_of(in_utc(day.replace(hour=2, minute=30), zone), zone) == day.replace(hour=3, minute=30)
    assert exists(day.replace(hour=1, minute=59), zone)
    assert exists(day.replace(hour=3), zone)
    assert exists(day.replace(hour=2, minute=30), "Asia/Tbilisi")


@pytest.mark.parametrize("zone", CHANGING)
@pytest.mark.parametrize("day", [wall("2026-10-25"), wall("2027-10-31")])
def test_the_repeated_hour_is_the_later_one_in_favour_of_the_applicant(day, zone):
    assert in_utc(day.replace(hour=2, minute=30), zone) == day.replace(hour=1, minute=30, tzinfo=UTC)
    assert in_utc(day.replace(hour=1, minute=30), zone) == (day - timedelta(minutes=30)).replace(tzinfo=UTC)
    assert exists(day.replace(hour=2, minute=30), zone)


def test_a_wall_time_carries_no_zone():
    with pytest.raises(ValueError, match="no zone"):
        in_utc(datetime(2026, 11, 30, 18, tzinfo=UTC), BERLIN)


@pytest.mark.parametrize("zone", ["", "Europe/Atlantis", "../etc/passwd", "\x00"])
def test_nonsense_is_no_zone(zone):
    with pytest.raises(ValidationError):
        zones.validate_zone(zone)


def test_each_common_zone_exists():
    for name, _label in zones.zone_choices():
        zones.validate_zone(name)


def test_the_gap_is_explained_with_time_day_and_place():
    with override("en"):
        with pytest.raises(ValidationError) as error:
            must_exist(wall("2026-03-29T02:30"), BERLIN)
        told = error.value.messages
    assert told == [
        (
            "2:30 does not exist on 29 March 2026 (Berlin time): the clocks go forward that night. "
            "Choose an earlier or a later time."
        )
    ]


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Tbilisi", "30 November 2026, 18:00, Tbilisi time"),
        (BERLIN, "30 November 2026, 15:00, Berlin time"),
        ("America/Argentina/Buenos_Aires", "30 November 2026, 11:00, Buenos Aires"),
    ],
)
def test_a_moment_names_its_zone_for_people(zone, text):
    moment = datetime(2026, 11, 30, 14, tzinfo=UTC)
    with override("en"):
        assert zones.moment(moment, zone) == text
        template = Template("{% load formats %}{{ at|moment:zone }}{{ none|moment:zone }}")
        assert template.render(Context({"at": moment, "zone": zone, "none": None})) == text


@pytest.mark.parametrize("language", ["ka", "it", "de", "ar"])
def test_a_moment_is_written_in_each_language(language):
    with override(language):
        assert "18:00" in zones.moment(datetime(2026, 11, 30, 14, tzinfo=UTC), "Asia/Tbilisi")
