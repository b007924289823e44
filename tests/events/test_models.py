"""Dates as clocks show them: derived moments, and what cannot be."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from cms.core.partial import PartialDate
from cms.events.enums import EventState, Precision, Standing
from cms.events.models import Event, Occurrence
from tests.events.factories import make_calendar, make_date, make_event, make_event_page
from tests.pages.factories import make_home

TICK = timedelta(microseconds=1)
BERLIN = "Europe/Berlin"


def wall(*parts):
    return datetime(*parts)  # noqa: DTZ001 - what clocks show


def a_date(**fields):
    """Return a date that is in no database."""
    fields = {
        "on": PartialDate(2026, 11, 25),
        "begins": time(11),
        "ends": time(15),
        "zone": "Asia/Tbilisi",
        **fields,
    }
    made = Occurrence(event=Event(code="ECO26", state=EventState.LIVE), number=1, **fields)
    if fields["on"]:
        made.derive()
    return made


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


# --- Derived moments --------------------------------------------------------------------------------


def test_hours_are_those_of_clocks_at_the_date():
    made = a_date()
    assert (made.starts_at, made.ends_at) == (utc(2026, 11, 25, 7), utc(2026, 11, 25, 11))
    assert made.closes_at == made.cancel_until == made.begin == made.starts_at
    assert made.precision == Precision.EXACT


def test_a_day_without_hours_lasts_until_midnight_and_is_open_until_then():
    made = a_date(begins=None, ends=None)
    assert (made.starts_at, made.ends_at) == (utc(2026, 11, 24, 20), utc(2026, 11, 25, 20))
    assert made.closes_at == made.cancel_until == made.begin == made.ends_at
    assert made.precision == Precision.DAY


def test_a_month_lasts_until_its_end_and_takes_nobody():
    made = a_date(on=PartialDate(2026, 11), begins=None, ends=None)
    assert (made.starts_at, made.ends_at) == (utc(2026, 10, 31, 20), utc(2026, 11, 30, 20))
    assert made.precision == Precision.MONTH
    assert made.standing(made.starts_at) == Standing.UNDATED
    assert made.standing(made.ends_at - TICK) == Standing.UNDATED
    assert made.standing(made.ends_at) == Standing.OVER


def test_several_days_end_with_the_last_one():
    made = a_date(last_day=date(2026, 11, 27))
    assert made.ends_at == utc(2026, 11, 27, 11)
    assert a_date(last_day=date(2026, 11, 27), ends=None).ends_at == utc(2026, 11, 27, 20)


@pytest.mark.parametrize("zone", ["Asia/Tbilisi", BERLIN])
def test_what_it_means_changes_to_the_microsecond(zone):
    made = a_date(zone=zone, opens_wall=wall(2026, 11, 1, 9), closes_wall=wall(2026, 11, 20, 18))
    edges = [
        (made.opens_at - TICK, Standing.AHEAD),
        (made.opens_at, Standing.OPEN),
        (made.closes_at, Standing.OPEN),
        (made.closes_at + TICK, Standing.CLOSED),
        (made.ends_at - TICK, Standing.CLOSED),
        (made.ends_at, Standing.OVER),
    ]
    assert [made.standing(moment) for moment, _expected in edges] == [expected for _moment, expected in edges]


# --- Clock changes ----------------------------------------------------------------------------------


def test_a_night_that_is_an_hour_shorter_or_longer():
    night = {"begins": time(23), "ends": time(6), "zone": BERLIN}
    shorter = a_date(on=PartialDate(2026, 3, 28), last_day=date(2026, 3, 29), **night)
    longer = a_date(on=PartialDate(2026, 10, 24), last_day=date(2026, 10, 25), **night)
    assert shorter.ends_at - shorter.starts_at == timedelta(hours=6)
    assert longer.ends_at - longer.starts_at == timedelta(hours=8)
    days = {PartialDate(2026, 3, 29): 23, PartialDate(2026, 10, 25): 25, PartialDate(2026, 7, 1): 24}
    for day, hours in days.items():
        made = a_date(on=day, begins=None, ends=None, zone=BERLIN)
        assert made.ends_at - made.starts_at == timedelta(hours=hours)


def test_the_hour_that_comes_twice_counts_as_the_later_one():
    made = a_date(closes_wall=wall(2026, 10, 25, 2, 30), zone=BERLIN)
    assert made.closes_at == utc(2026, 10, 25, 1, 30)
    assert made.standing(made.closes_at) == Standing.OPEN
    assert made.standing(made.closes_at + TICK) == Standing.CLOSED


def test_an_hour_that_clocks_leave_out_is_refused():
    night = {"on": PartialDate(2026, 3, 29), "zone": BERLIN}
    for name, hours in {"begins": (time(2, 30), time(5)), "ends": (time(1), time(2, 30))}.items():
        with pytest.raises(ValidationError) as error:
            a_date(**night, begins=hours[0], ends=hours[1]).clean()
        assert set(error.value.message_dict) == {name}
    a_date(**{**night, "zone": "Asia/Tbilisi"}, begins=time(2, 30), ends=time(5)).clean()


def test_in_tbilisi_nobody_changes_clocks():
    for day in (PartialDate(2026, 3, 29), PartialDate(2026, 10, 25)):
        made = a_date(on=day, begins=time(2, 30), ends=time(3, 30))
        made.clean()
        assert made.ends_at - made.starts_at == timedelta(hours=1)


# --- What cannot be ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"on": PartialDate(2026)}, "on"),
        ({"on": PartialDate(2026, 11)}, "on"),
        ({"on": PartialDate(2026, 11), "begins": None, "ends": None, "last_day": date(2026, 11, 3)}, "on"),
        ({"begins": None}, "begins"),
        ({"ends": time(11)}, "ends"),
        ({"ends": time(10)}, "ends"),
        ({"last_day": date(2026, 11, 24)}, "ends"),
        ({"last_day": date(2026, 11, 23), "ends": None}, "ends"),
        ({"venue_id": 1, "hub_id": 1}, "hub"),
        ({"opens_wall": wall(2026, 11, 25, 11)}, "closes_wall"),
        ({"opens_wall": wall(2026, 11, 2), "closes_wall": wall(2026, 11, 1)}, "closes_wall"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(fields, wrong):
    with pytest.raises(ValidationError) as error:
        a_date(**fields).clean()
    assert wrong in error.value.message_dict


def test_a_zone_that_there_is_not_and_a_day_that_was_not_read_break_nothing():
    made = a_date()
    made.zone = "Mars/Olympus"
    with pytest.raises(ValidationError) as error:
        made.clean()
    assert set(error.value.message_dict) == {"zone"}
    a_date(on=None).clean()  # The field has said what is wrong with it.


def test_what_is_possible_is_taken():
    a_date(last_day=date(2026, 11, 25)).clean()
    a_date(on=PartialDate(2026, 11), begins=None, ends=None).clean()
    a_date(opens_wall=wall(2026, 11, 1), closes_wall=wall(2026, 12, 1)).clean()


@pytest.mark.django_db
def test_saving_some_fields_keeps_the_moments_in_step():
    made = make_date()
    made.begins = time(12)
    made.save(update_fields=["begins"])
    made.refresh_from_db()
    assert made.starts_at == utc(2030, 11, 25, 8)


# --- Titles -----------------------------------------------------------------------------------------


@pytest.fixture
def calendar(db):
    return make_calendar(make_home())


def test_an_event_knows_the_titles_of_its_published_pages_and_of_no_other(calendar):
    event, other = make_event(name="For staff"), make_event()
    page = make_event_page(calendar, event, title="სამუშაო")
    event.refresh_from_db()
    assert list(event.titles.values()) == ["სამუშაო"]
    page.event = other
    page.save()
    for one in (event, other):
        one.refresh_from_db()
    assert (event.titles, list(other.titles.values()), event.title) == ({}, ["სამუშაო"], "For staff")
    page.unpublish()
    other.refresh_from_db()
    assert other.titles == {}
    page.delete()
