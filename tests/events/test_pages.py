"""What readers see of an event: its dates and seats, at which hour, and what stands beside."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.enums import EventState, OccurrenceStatus
from cms.events.models import Event, Occurrence, Series
from cms.pages.models import (
    Contact,
    HubPage,
    Place,
    ProjectPage,
    PublicOrganisation,
    SectionPage,
)
from tests.events.factories import make_date, make_event, make_event_page, make_venue, register
from tests.pages.factories import make_page, make_snippet, translate

LINK = "https://meet.example/secret"
INSTANT = timedelta(microseconds=1)

pytestmark = pytest.mark.usefixtures("autumn")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def page_with(calendar, *, event=None, **fields):
    """Publish the page of an event with one date; return both."""
    occurrence = make_date(event, **fields)
    return make_event_page(calendar, occurrence.event), occurrence


# --- One date -----------------------------------------------------------------------------------


def test_a_single_date_says_when_where_and_how_many_seats(visitor, calendar):
    venue = make_venue(
        calendar.locale,
        step_free=True,
        hearing_loop=True,
        access_note="ring twice",
        latitude=Decimal("41.7"),
        longitude=Decimal("44.8"),
        directions="Bus 10",
    )
    page, one = page_with(calendar, venue=venue, capacity=40)
    shown = text(visitor.get(page.url))
    assert "When and where" in shown
    assert '<time class="date" datetime="2030-11-25"><b>25</b> November</time>' in shown
    assert "Monday, 11:00–15:00" in shown
    assert "River Street 3" in shown
    assert "Bus 10" in shown
    assert "step-free, hearing loop, ring twice" in shown
    assert "openstreetmap.org/?mlat=41.7" in shown
    assert "40 of 40 seats free" in shown
    assert f'href="/en/register/{one.event.code}/1/"' in shown
    assert '<span class="vh">: House by the bridge, 25 November</span>' in shown
    assert shown.count("<h1") == 1


def test_seats_are_told_in_words_and_shapes(visitor, calendar):
    event = make_event()
    for capacity in (10, 2, 1, 1, None):
        make_date(event, capacity=capacity, waiting_limit=1 if capacity == 1 else None)
    dates = list(event.occurrences.order_by("number"))
    register(dates[1])
    for occurrence in (dates[2], dates[3], dates[3]):
        register(occurrence)
    shown = text(visitor.get(make_event_page(calendar, event).url))
    assert '<span class="tag good">10 of 10 seats free</span>' in shown
    assert '<span class="tag warn">1 of 2 seats free</span>' in shown
    assert '<span class="tag plain">Full, 1 seat taken</span>' in shown
    assert "1 person is waiting" in shown
    assert "The waiting list is full" in shown
    assert '<span class="tag good">Registration open</span>' in shown
    assert shown.count("Join the waiting list<") == 1  # The other list is full: there is nothing to do.
    assert shown.count(">Register<") == 3
    assert "How the waiting list works" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_wall": datetime(2030, 11, 5, 9)}, "Opens on 5 November"),  # noqa: DTZ001 - a wall time
        ({"closes_wall": datetime(2030, 10, 30, 9)}, "Registration closed"),  # noqa: DTZ001 - as above
        ({"status": OccurrenceStatus.POSTPONED}, "Postponed"),
        ({"status": OccurrenceStatus.CANCELLED}, "Cancelled"),
        ({"on": PartialDate(2030, 12), "begins": None, "ends": None}, "The day follows"),
        ({"on": PartialDate(2030, 10, 1)}, "Over"),
    ],
)
def test_a_date_that_takes_nobody_has_no_button_and_says_why(visitor, calendar, fields, words):
    page, _one = page_with(calendar, **fields)
    shown = text(visitor.get(page.url))
    assert f"{words}</span>" in shown
    assert "/register/" not in shown


def test_of_a_month_no_day_is_made_up(visitor, calendar):
    page, _one = page_with(calendar, on=PartialDate(2030, 12), begins=None, ends=None)
    shown = text(visitor.get(page.url))
    assert '<time class="date" datetime="2030-12">December</time>' in shown
    assert "The day follows" in shown


def test_several_days_and_another_year_are_written_out(visitor, calendar):
    page, _one = page_with(calendar, on=PartialDate(2031, 2, 3), last_day=date(2031, 2, 5))
    shown = text(visitor.get(page.url))
    assert "<b>3</b> February 2031" in shown
    assert "3–5 February 2031" in shown


def test_without_a_form_nobody_has_to_register(visitor, calendar):
    event = make_event()
    Event.objects.filter(pk=event.pk).update(form=None)
    event.refresh_from_db()
    page, _one = page_with(calendar, event=event)
    response = visitor.get(page.url)
    assertContains(response, "No registration needed")
    assertNotContains(response, "/register/")


def test_a_form_that_nobody_has_published_has_no_button(visitor, calendar):
    event = make_event()
    event.form.current = None
    event.form.save()
    page, _one = page_with(calendar, event=event)
    assertNotContains(visitor.get(page.url), "/register/")


def test_the_link_to_a_meeting_is_never_shown(visitor, calendar):
    page, one = page_with(calendar, online=True, online_link=LINK)
    register(one)
    response = visitor.get(page.url)
    assertContains(response, "The link is shown to people with a confirmed registration.")
    assertContains(response, "Tbilisi time")
    assertNotContains(response, "meet.example")


def test_the_hour_decides_to_the_microsecond(visitor, calendar):
    page, one = page_with(calendar)
    with clock.stopped(one.closes_at):
        assertContains(visitor.get(page.url), "/register/")
    with clock.stopped(one.closes_at + INSTANT):
        assertNotContains(visitor.get(page.url), "/register/")


# --- Many dates -------------------------------------------------------------------------------


def test_dates_in_several_towns_are_chosen_by_town(visitor, calendar):
    event = make_event()
    for day, town in ((15, "Anaklia"), (17, "Tbilisi"), (16, "Tskaltubo")):
        place = make_snippet(Place, "en", name=town, slug=town.lower())
        make_date(event, on=PartialDate(2030, 11, day), city=place)
    make_date(event, on=PartialDate(2030, 10, 1))
    shown = text(visitor.get(make_event_page(calendar, event).url))
    assert "Choose a place" in shown
    places = [shown.index(f"<h3>{town}</h3>") for town in ("Anaklia", "Tskaltubo", "Tbilisi")]
    assert places == sorted(places)
    assert shown.index("One date that is over") > places[-1]
    assert "All dates for your calendar (iCal)" in shown


def test_hundreds_of_dates_stay_usable(visitor, calendar):
    event = make_event()
    venue = make_venue(calendar.locale)
    Occurrence.objects.bulk_create(_hourly(event, venue, 300))
    shown = text(visitor.get(make_event_page(calendar, event).url))
    assert shown.count("River Street 3") == 1
    assert "Choose a date" in shown
    head, folded = shown.split('<details class="later">')
    assert head.count('class="entry dated"') == 12
    assert folded.count('class="entry dated"') == 288
    assert len(shown) < 250_000


def _hourly(event, venue, count):
    for number in range(1, count + 1):
        day = date(2030, 11, 2) + timedelta(days=number)
        one = Occurrence(
            event=event,
            number=number,
            on=PartialDate.of(day),
            begins=time(9),
            ends=time(12),
            venue=venue,
            capacity=5,
        )
        one.derive()
        yield one


def test_what_is_over_is_told_without_a_choice(visitor, calendar):
    page, _one = page_with(calendar, on=PartialDate(2030, 10, 1))
    response = visitor.get(page.url)
    assertContains(response, "When and where it was")
    assertNotContains(response, "calendar (iCal)")


# --- Beside it --------------------------------------------------------------------------------


def test_the_programme_tells_which_items_are_not_everywhere(visitor, calendar):
    event = make_event()
    for day, town in ((15, "Anaklia"), (17, "Tbilisi")):
        place = make_snippet(Place, "en", name=town, slug=town.lower())
        make_date(event, on=PartialDate(2030, 11, day), city=place)
    make_date(event, on=PartialDate(2030, 10, 1))
    rows = [
        ("11:00:00", "Opening", ""),
        ("12:00:00", "Excursion", "2"),
        ("13:00:00", "Forgotten", "3, 77"),
        ("14:00:00", "Farewell", "1, 2"),
    ]
    items = [
        {"type": "item", "value": {"time": at, "title": title, "person": "", "language": "", "dates": dates}}
        for at, title, dates in rows
    ]
    shown = text(visitor.get(make_event_page(calendar, event, programme=items).url))
    assert "Opening" in shown
    assert "Forgotten" not in shown
    assert shown.count("Only there:") == 1
    assert "Only there: Tbilisi, 17 November" in shown


def test_organisers_project_and_series_lead_to_the_readers_pages(visitor, homes, calendar):
    office = make_snippet(
        PublicOrganisation, "en", name="Institute of Democracy", website="https://i.example"
    )
    payer = make_snippet(PublicOrganisation, "en", name="European Union")
    section = make_page(SectionPage, parent=homes["ka"])
    project = make_page(ProjectPage, parent=section, title="კამპანია", slug="campaign")
    series = make_snippet(Series, "en", name="Working meetings")
    parties = [
        {"type": "party", "value": {"organisation": one.pk, "role": role}}
        for one, role in ((office, "organiser"), (payer, "funder"))
    ]
    event = make_event(number=3)
    make_date(event)
    page = make_event_page(
        calendar,
        event,
        parties=parties,
        project=project,
        series=series,
        contact=make_snippet(Contact, "en", label="Desk", phone="+995 32 212 34 56"),
    )
    other = make_event_page(calendar, make_event(number=2), series=series, title="The second meeting")
    prepared = make_event(number=4, state=EventState.DRAFT)
    make_event_page(calendar, prepared, series=series, title="The secret meeting")
    shown = text(visitor.get(page.url))
    assert "<dt>Organiser</dt>" in shown
    assert "Institute of Democracy</a>" in shown
    assert "<dt>Financed by</dt>" in shown
    assert f'href="{project.url.replace("/ka/", "/en/")}" lang="ka"' in shown
    assert "No. 3 in the series “Working meetings”" in shown
    assert f'<a href="{other.url}">The second meeting</a>' in shown
    assert "The secret meeting" not in shown
    assert "+995 32 212 34 56" in shown
    translate(section, "en", title="Projects")
    translate(project, "en", title="Campaign")
    assert ">Campaign</a>" in text(visitor.get(page.url))


def test_a_hub_leads_to_its_page_in_the_readers_language(visitor, homes, calendar):
    hubs = make_page(SectionPage, parent=homes["en"], title="Hubs", slug="hubs")
    hub = make_page(HubPage, parent=hubs, title="Hub by the bridge", slug="bridge", address="Bank Street 1")
    page, _one = page_with(calendar, hub=hub)
    assert f'<a href="{hub.url}">Hub by the bridge</a>' in text(visitor.get(page.url))
    assert 'href="/ar/hubs/bridge/"' in text(visitor.get(page.url.replace("/en/", "/ar/")))


def test_what_an_editor_types_is_escaped(visitor, calendar):
    evil = "<script>alert(1)</script>"
    item = {"time": "11:00:00", "title": evil, "person": evil, "language": evil, "dates": ""}
    place = make_snippet(Place, "en", name=evil, slug="evil")
    venue = make_venue(calendar.locale, name=evil, address=evil, directions=evil, access_note=evil)
    one = make_date(city=place, venue=venue)
    page = make_event_page(
        calendar,
        one.event,
        title=evil,
        cost=evil,
        programme=[{"type": "item", "value": item}],
        series=make_snippet(Series, "en", name=evil),
    )
    for address in (page.url, calendar.url):
        shown = text(visitor.get(address))
        assert evil not in shown
        assert escape(evil) in shown
