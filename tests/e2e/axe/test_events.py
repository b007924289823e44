"""No violation on pages of events in any of their states: dates in many towns, of one place, online, over."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from cms.core.partial import PartialDate
from cms.events.models import Series
from cms.pages.models import Contact, HomePage, Place, PublicOrganisation, Topic
from tests.e2e.axe.test_after_sending import wrong_at
from tests.events.factories import make_calendar, make_date, make_event, make_event_page, make_venue, register
from tests.pages.factories import make_snippet, translate

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAMME = [
    {"type": "item", "value": {"time": at, "title": title, "person": who, "language": "", "dates": dates}}
    for at, title, who, dates in (("11:00:00", "გახსნა", "ნინო ბერიძე", ""), ("12:00:00", "გასვლა", "", "2"))
]
STATES = [
    {"capacity": 40},
    {"capacity": 6},
    {"capacity": 1},
    {"opens_wall": datetime(2030, 10, 1, 9)},  # noqa: DTZ001 - a wall time
    {"status": "postponed"},
    {"status": "cancelled"},
    {"on": PartialDate(2030, 12), "begins": None, "ends": None},
    {"on": PartialDate(2024, 3, 2)},
]
"""Dates in every state that a page can show."""


@pytest.fixture
def calendar(site):
    """Publish the calendar in Georgian and Arabic."""
    page = make_calendar(HomePage.objects.get(locale__language_code="ka"), show_in_menus=True)
    translate(page, "ar", title="الفعاليات")
    return page


@pytest.fixture
def many_towns(calendar):
    """Publish an event in eight towns, each date in another state."""
    event = make_event(number=2, languages=["ka"], mediation=["ar"])
    venue = make_venue(
        calendar.locale,
        step_free=True,
        lift=True,
        latitude=Decimal(41),
        longitude=Decimal(44),
        directions="10",
    )
    for number, fields in enumerate(STATES):
        town = make_snippet(Place, name=f"ქალაქი {number}", slug=f"town-{number}")
        one = make_date(event, city=town, venue=venue, **fields)
        for _person in range(3 if one.capacity == 1 else 0):
            register(one)
    series = make_snippet(Series, name="სამუშაო შეხვედრები")
    office = make_snippet(PublicOrganisation, name="ინსტიტუტი", website="https://institute.example")
    page = make_event_page(
        calendar,
        event,
        slug="towns",
        cost="უფასო",
        programme=PROGRAMME,
        series=series,
        parties=[{"type": "party", "value": {"organisation": office.pk, "role": "organiser"}}],
        contact=make_snippet(Contact, label="სამსახური", phone="+995 32 212 34 56"),
    )
    page.topics = [make_snippet(Topic, name="საცხოვრისი", slug="housing")]
    page.save()
    translate(page, "ar", title="سبع مدن")
    make_event_page(calendar, make_date(online=True).event, slug="online", series=series)
    return page


@pytest.mark.parametrize("language", ["ka", "ar"])
def test_axe_finds_nothing_on_events_and_the_calendar(visitor, many_towns, language):
    window = visitor()
    addresses = ("towns/", "online/", "", "?when=past", "?place=town-1&topic=housing", "?place=town-7")
    assert wrong_at(window, [f"/{language}/events/{address}" for address in addresses]) == {}


def test_later_dates_unfold_without_a_script(visitor, calendar):
    event = make_event()
    venue = make_venue(calendar.locale)
    for number in range(14):
        day = PartialDate.of(date(2030, 11, 1) + timedelta(days=7 * number))
        make_date(event, on=day, begins=time(9), ends=time(12), venue=venue)
    make_event_page(calendar, event, slug="hour")
    page = visitor(scripts=False).open("/ka/events/hour/")
    buttons = page.locator("main .entry .button")
    assert buttons.count() == 14
    assert not buttons.last.is_visible()
    page.locator("details.later summary").click()
    assert buttons.last.is_visible()
    buttons.last.click()
    assert page.url.endswith(f"/ka/register/{event.code}/14/")
