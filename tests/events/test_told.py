"""When and where, as plain text in the language in use; and why nothing is taken."""

from datetime import date, time

import pytest
from django.utils.translation import override

from cms.core.partial import PartialDate
from cms.events import told
from cms.events.enums import OccurrenceStatus, Standing
from cms.pages.models import Place
from tests.events.factories import make_date, make_venue
from tests.pages.factories import make_homes, make_snippet, translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Monday, 25 November 2030, 11:00–15:00, Tbilisi time"),
        ({"ends": None}, "Monday, 25 November 2030, 11:00, Tbilisi time"),
        ({"begins": None, "ends": None}, "Monday, 25 November 2030"),
        ({"on": PartialDate(2030, 11), "begins": None, "ends": None}, "November 2030, the day follows"),
        ({"zone": "Europe/Berlin"}, "Monday, 25 November 2030, 11:00–15:00, Berlin time"),
        ({"last_day": date(2030, 11, 25)}, "Monday, 25 November 2030, 11:00–15:00, Tbilisi time"),
    ],
)
def test_as_exactly_as_it_is_known(fields, text):
    with override("en"):
        assert told.when(make_date(**fields)) == text


def test_several_days_are_a_span():
    with override("en"):
        assert told.days(make_date(last_day=date(2030, 11, 27))) == "25–27 November 2030"


def test_hours_stay_in_order_in_a_line_from_right_to_left():
    made = make_date()
    with override("ar"):
        assert told.hours(made) == "\u206611:00–15:00\u2069"
    with override("ka"):
        assert told.hours(made) == "11:00–15:00"
    assert told.hours(make_date(begins=None, ends=None)) == ""


@pytest.mark.parametrize("language", ["ka", "it", "de", "en", "ar"])
def test_every_language_has_words_for_everything(language):
    made = make_date(opens_wall=None)
    with override(language):
        assert "2030" in told.when(made)
        for standing in Standing:
            assert bool(told.why_closed(made, standing)) is (standing != Standing.OPEN)


def test_why_nothing_is_taken_names_the_moment():
    made = make_date()
    made.opens_at = made.starts_at
    with override("en"):
        assert told.why_closed(made, Standing.AHEAD) == (
            "Registration opens on 25 November 2030, 11:00, Tbilisi time."
        )
        assert told.why_closed(made, Standing.CLOSED) == (
            "Registration closed on 25 November 2030, 11:00, Tbilisi time."
        )
        made.opens_at = None
        assert told.why_closed(made, Standing.AHEAD) == "Registration is not open yet."
        made.status = OccurrenceStatus.POSTPONED
        assert "postponed" in told.why_closed(made, made.standing())


def test_where_is_told_in_the_language_of_the_reader():
    homes = make_homes("de")
    city = make_snippet(Place, name="თბილისი")
    german = translate(city, "de", name="Tiflis")
    venue = make_venue(homes["ka"].locale, name="სახლი ხიდთან", address="მდინარის ქუჩა 3", city=city)
    made = make_date(venue=venue)
    with override("ka"):
        assert told.where(made) == "სახლი ხიდთან, მდინარის ქუჩა 3, თბილისი"
    with override("de"):
        assert told.where(made).endswith(f", {german.name}")
    with override("ka"):
        assert told.where(make_date(city=city)) == "თბილისი"
    with override("en"):
        assert told.where(make_date(online=True, city=city)) == "Online"
        assert told.where(make_date()) == ""


def test_nothing_is_named_twice():
    assert (
        told.joined("House", "House by the bridge 3", "", "Tbilisi")
        == "House, House by the bridge 3, Tbilisi"
    )
    assert told.joined("House in Tbilisi", "Tbilisi") == "House in Tbilisi"


def test_the_hour_of_a_moment_is_that_of_clocks_at_the_date():
    made = make_date(begins=time(9))
    with override("en"):
        assert told.clock_at(made.starts_at, made) == "9:00"


def test_the_parts_of_a_place_stand_with_the_comma_of_the_language():
    with override("ar"):
        assert told.joined("بيت", "شارع 3", "شارع") == "بيت، شارع 3"
