"""Calendar files for everybody: what stands in them, and what never does."""

from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains

from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.enums import EventState, OccurrenceStatus
from cms.pages.models import Place, Topic
from tests.events.factories import make_calendar, make_date, make_event, make_event_page, make_venue
from tests.pages.factories import draft, make_snippet, shut, translate

LINK = "https://meet.example/secret"

pytestmark = pytest.mark.usefixtures("autumn")


@pytest.fixture
def calendar(homes):
    """Publish the calendar in Georgian."""
    return make_calendar(homes["ka"])


def events_in(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_date_stands_in_the_files_with_its_wall_time(visitor, calendar, settings):
    event = make_event(code="ECO26")
    there = make_venue(calendar.locale, name="ხიდის სახლი")
    one = make_date(event, venue=there)
    page = make_event_page(calendar, event, title="ეკომიგრაცია", lead="ვისაუბროთ.")
    for address in ("all.ics", "ECO26.ics", "ECO26/1.ics"):
        (entry,) = events_in(visitor.get(f"/ka/calendar/{address}"))
        assert str(entry["UID"]) == f"{one.uid}@{settings.MESSAGE_ID_DOMAIN}"
        assert entry["SEQUENCE"] == 0
        assert entry["STATUS"] == "CONFIRMED"
        assert entry["SUMMARY"] == "ეკომიგრაცია"
        assert entry["LOCATION"] == "ხიდის სახლი, River Street 3"
        assert entry["URL"] == f"{settings.SITE_URL}{page.url}"
        assert entry["DTSTART"].dt.replace(tzinfo=None) == datetime(2030, 11, 25, 11)  # noqa: DTZ001 - a wall time
        assert entry["DTSTART"].params["TZID"] == "Asia/Tbilisi"
        assert entry["DTEND"].dt.replace(tzinfo=None) == datetime(2030, 11, 25, 15)  # noqa: DTZ001 - as above


def test_the_link_to_a_meeting_is_in_no_public_file(visitor, calendar):
    event = make_event(code="WEB26")
    make_date(event, online=True, online_link=LINK)
    make_event_page(calendar, event)
    for address in ("all.ics", "WEB26.ics", "WEB26/1.ics"):
        response = visitor.get(f"/ka/calendar/{address}")
        assert len(events_in(response)) == 1
        assertNotContains(response, "meet.example")


def test_what_is_off_says_so_for_sixty_days(visitor, calendar):
    event = make_event(code="OFF26")
    make_date(event, status=OccurrenceStatus.CANCELLED, sequence=2)
    make_date(event, status=OccurrenceStatus.POSTPONED)
    make_event_page(calendar, event)
    states = [str(entry["STATUS"]) for entry in events_in(visitor.get("/ka/calendar/OFF26.ics"))]
    assert states == ["CANCELLED", "TENTATIVE"]
    ends = event.occurrences.first().ends_at
    for address in ("all.ics", "OFF26.ics"):
        with clock.stopped(ends + timedelta(days=59)):
            assert len(events_in(visitor.get(f"/ka/calendar/{address}"))) == 2
        with clock.stopped(ends + timedelta(days=61)):
            assert events_in(visitor.get(f"/ka/calendar/{address}")) == []
    with clock.stopped(ends + timedelta(days=61)):
        assert len(events_in(visitor.get("/ka/calendar/OFF26/1.ics"))) == 1


def test_days_are_days_and_months_are_left_out(visitor, calendar):
    event = make_event(code="DAY26")
    make_date(event, on=PartialDate(2030, 12), begins=None, ends=None)
    make_date(event, on=PartialDate(2030, 12, 3), begins=None, ends=None, last_day=date(2030, 12, 5))
    make_date(event, begins=time(9), ends=None)
    make_event_page(calendar, event)
    entries = events_in(visitor.get("/ka/calendar/DAY26.ics"))
    assert [entry["DTSTART"].dt for entry in entries][1] == date(2030, 12, 3)
    assert entries[1]["DTEND"].dt == date(2030, 12, 6)  # The first day that is free again.
    assert "DTEND" not in entries[0]
    assert len(entries) == 2
    assert events_in(visitor.get("/ka/calendar/DAY26/1.ics")) == []


def test_an_event_that_nobody_announced_has_no_file(visitor, calendar):
    prepared, without_page = make_event(code="PREP", state=EventState.DRAFT), make_event(code="NOPAGE")
    hidden, taken_off = make_event(code="HIDDEN"), make_event(code="OFFLINE")
    for event in (prepared, without_page, hidden, taken_off):
        make_date(event)
    make_event_page(calendar, prepared)
    shut(make_event_page(calendar, hidden))
    draft(make_event_page(calendar, taken_off))
    for code in ("PREP", "NOPAGE", "HIDDEN", "OFFLINE", "NONE"):
        assert visitor.get(f"/ka/calendar/{code}.ics").status_code == 404
        assert visitor.get(f"/ka/calendar/{code}/1.ics").status_code == 404
    assert events_in(visitor.get("/ka/calendar/all.ics")) == []


@pytest.mark.parametrize(
    "address",
    ["%00.ics", "E%00/1.ics", "eco.ics", "ECO26/0.ics", f"ECO26/{'9' * 30}.ics", f"{'A' * 10_000}.ics"],
)
def test_what_is_no_code_is_not_found(visitor, calendar, address):
    event = make_event(code="ECO26")
    make_date(event)
    make_event_page(calendar, event)
    assert visitor.get(f"/ka/calendar/{address}").status_code == 404


def test_a_feed_takes_the_choices_of_the_calendar(visitor, calendar):
    rustavi = make_snippet(Place, name="რუსთავი", slug="rustavi")
    work = make_snippet(Topic, name="შრომა", slug="work")
    here, there = make_date(city=rustavi), make_date()
    page = make_event_page(calendar, here.event, title="აქ")
    page.topics = [work]
    page.save()
    make_event_page(calendar, there.event, title="იქ")
    for query in ("place=rustavi", "topic=work", "topic=work&place=rustavi"):
        response = visitor.get(f"/ka/calendar/all.ics?{query}")
        assert [str(entry["SUMMARY"]) for entry in events_in(response)] == ["აქ"]
        assert "public" in response.headers["Cache-Control"]
    for query in ("place=%00", f"topic={'x' * 10_000}", "nothing=1", "page=x", "when=past"):
        response = visitor.get(f"/ka/calendar/all.ics?{query}", follow=True)
        assert len(events_in(response)) == 2
    assert "no-store" in visitor.get("/ka/calendar/all.ics?topic=unknown").headers["Cache-Control"]


def test_a_file_leads_to_the_readers_page_and_names_another_language(visitor, calendar):
    event = make_event(code="LANG26")
    make_date(event)
    page = make_event_page(calendar, event, title="შეხვედრა")
    response = visitor.get("/en/calendar/LANG26.ics")
    assertContains(response, page.url.replace("/ka/", "/en/"))
    assertContains(response, "SUMMARY;LANGUAGE=ka:")
    translate(calendar, "en", title="Events")
    translate(page, "en", title="Meeting")
    (entry,) = events_in(visitor.get("/en/calendar/all.ics"))
    assert entry["SUMMARY"] == "Meeting"


def test_only_reading_is_allowed(visitor, calendar):
    for address in ("all.ics", "ECO26.ics", "ECO26/1.ics"):
        assert visitor.post(f"/ka/calendar/{address}").status_code == 405


@pytest.mark.parametrize(
    ("address", "usual"),
    [
        ("all.ics?page=17", "all.ics"),
        ("all.ics?when=past&utm_source=mail", "all.ics"),
        ("all.ics?x=1&kind=one&kind=workshop", "all.ics?kind=workshop"),
        ("all.ics?x=1&place=%E1%83%90%26b%0D%0Ac", "all.ics?place=%E1%83%90%26b%0D%0Ac"),
        ("ECO26.ics?x=1", "ECO26.ics"),
        ("ECO26/1.ics?x=1", "ECO26/1.ics"),
        ("ECO26/01.ics", "ECO26/1.ics"),
        (f"ECO26/{'0' * 500}1.ics", "ECO26/1.ics"),
    ],
)
def test_an_address_that_nobody_was_given_leads_to_the_usual_one(visitor, calendar, address, usual):
    event = make_event(code="ECO26")
    make_date(event)
    make_event_page(calendar, event)
    response = visitor.get(f"/ka/calendar/{address}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/ka/calendar/{usual}"
    assert "no-store" in response.headers["Cache-Control"]
    again = visitor.get(f"/ka/calendar/{usual}")
    assert len(events_in(again)) == 1
    assert "public" in again.headers["Cache-Control"] or "=" in usual


def test_a_file_written_again_is_the_same_and_follows_each_change(visitor, calendar):
    event = make_event(code="ECO26")
    one = make_date(event)
    page = make_event_page(calendar, event, title="აქ")
    first = visitor.get("/ka/calendar/all.ics").content
    assert visitor.get("/ka/calendar/all.ics").content == first
    assert first.count(b"END:VCALENDAR") == first.count(b"END:VEVENT") == 1
    one.sequence += 1
    one.save()
    page.title = "იქ"
    page.save_revision().publish()
    (entry,) = events_in(visitor.get("/ka/calendar/all.ics"))
    assert (entry["SEQUENCE"], str(entry["SUMMARY"])) == (1, "იქ")
