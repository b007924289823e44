"""The calendar: what stands in it, in which order, and what its filters find."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.enums import EventKind, EventState, OccurrenceStatus
from cms.pages.cache.generation import bump
from cms.pages.models import Audience, HomePage, Place, Topic
from tests.events.factories import make_calendar, make_date, make_event, make_event_page, make_venue, register
from tests.grants.factories import make_call_page, make_index
from tests.pages.factories import draft, make_homes, make_snippet, shut, translate

pytestmark = pytest.mark.usefixtures("autumn")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def announce(calendar, title, *, event=None, topics=(), audiences=(), **fields):
    """Publish an event with one date."""
    one = make_date(event, **fields)
    page = make_event_page(calendar, one.event, title=title)
    page.topics, page.audiences = topics, audiences
    page.save()
    return page


def order(shown, *titles):
    places = [shown.index(f">{title}<") for title in titles]
    return places == sorted(places)


def test_what_comes_next_stands_first_month_by_month(visitor, calendar):
    announce(calendar, "later", on=PartialDate(2030, 12, 3))
    announce(calendar, "sooner", on=PartialDate(2030, 11, 3))
    announce(calendar, "some day", on=PartialDate(2030, 12), begins=None, ends=None)
    announce(calendar, "next year", on=PartialDate(2031, 1, 3))
    announce(calendar, "over", on=PartialDate(2030, 10, 3))
    shown = text(visitor.get(calendar.url))
    assert order(shown, "November 2030", "sooner", "December 2030", "some day", "later", "January 2031")
    assert ">over<" not in shown
    assert "4 dates" in shown
    assert shown.count("<h1") == 1
    past = text(visitor.get(f"{calendar.url}?when=past"))
    assert ">over<" in past
    assert ">sooner<" not in past


def test_each_line_tells_seats_place_and_hours_and_leads_to_its_date(visitor, calendar):
    town = make_snippet(Place, "en", name="Batumi", slug="batumi")
    page = announce(calendar, "Meeting", city=town, venue=make_venue(calendar.locale, name="Library"))
    announce(calendar, "Off", status=OccurrenceStatus.CANCELLED)
    shown = text(visitor.get(calendar.url))
    assert f'href="{page.url}#date-1"' in shown
    assert "Batumi, Library" in shown
    assert "Monday, 11:00–15:00" in shown
    assert "10 of 10 seats free" in shown
    assert '<span class="tag bad">Cancelled</span>' in shown
    assert 'id="date-1"' in text(visitor.get(page.url))


def test_what_nobody_may_see_is_left_out(visitor, calendar):
    shut(announce(calendar, "secret"))
    draft(announce(calendar, "off"))
    announce(calendar, "prepared", event=make_event(state=EventState.DRAFT))
    gone = announce(calendar, "gone")
    gone.expire_at = clock.now() - timedelta(minutes=1)
    gone.save()
    announce(calendar, "seen")
    shown = text(visitor.get(calendar.url))
    assert "One date<" in shown
    assert ">seen<" in shown


def test_a_date_stands_there_once_in_the_best_language(visitor, homes):
    calendar = make_calendar(homes["ka"])
    page = announce(calendar, "შეხვედრა")
    translate(calendar, "en", title="Events")
    translate(page, "en", title="The meeting")
    only = announce(calendar, "მხოლოდ ქართულად")
    shown = text(visitor.get("/en/events/"))
    assert "შეხვედრა</a>" not in shown
    assert shown.count("The meeting</a>") == 1
    address = only.url.replace("/ka/", "/en/")
    assert f'lang="ka" dir="ltr"><a href="{address}#date-1"' in shown


# --- Filters ------------------------------------------------------------------------------------


@pytest.fixture
def full_calendar(calendar):
    """Publish three dates that differ in everything."""
    towns = [
        make_snippet(Place, "en", name=name, slug=name.lower()) for name in ("Batumi", "Rustavi", "Gori")
    ]
    topics = [make_snippet(Topic, "en", name=name, slug=name.lower()) for name in ("Work", "Health", "Law")]
    people = [
        make_snippet(Audience, "en", name=name, slug=name.lower()) for name in ("Women", "Youth", "All")
    ]
    venue = make_venue(calendar.locale, city=towns[1])
    kinds = [EventKind.WORKSHOP, EventKind.MEETING, EventKind.INFORMATION]
    for number, title in enumerate(("one", "two", "three")):
        event = make_event(languages=[["en"], ["ka", "de"], ["ka"]][number], kind=kinds[number])
        where = {"venue": venue} if number == 1 else {"city": towns[number]}
        announce(
            calendar,
            title,
            event=event,
            topics=[topics[number]],
            audiences=[people[number]],
            on=PartialDate(2030, 11, 10 + number),
            capacity=1,
            **where,
        )
    register(event.occurrences.get())
    return calendar


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("place=batumi", {"one"}),
        ("place=rustavi", {"two"}),
        ("topic=health", {"two"}),
        ("audience=all", {"three"}),
        ("language=ka", {"two", "three"}),
        ("language=ka&kind=meeting", {"two"}),
        ("seats=free", {"one", "two"}),
        ("seats=free&language=ka", {"two"}),
        ("place=gori&topic=work", set()),
    ],
)
def test_choices_narrow_the_calendar(visitor, full_calendar, query, titles):
    response = visitor.get(f"{full_calendar.url}?{query}")
    shown = text(response)
    assert {title for title in ("one", "two", "three") if f">{title}</a>" in shown} == titles
    assert f'/en/calendar/all.ics?{query.replace("&", "&amp;")}"' in shown or "&" in query
    assert "public" in response.headers["Cache-Control"]
    if not titles:
        assert "No date fits all of these choices at once" in shown


@pytest.mark.parametrize(
    "query",
    ["place=nowhere", "topic=%00", f"audience={'x' * 10_000}", "seats=all", "kind=%ff", "when=never", "x=1"],
)
def test_what_nobody_knows_narrows_nothing_and_is_not_kept(visitor, full_calendar, query):
    response = visitor.get(f"{full_calendar.url}?{query}")
    assert "3 dates" in text(response)
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("number", ["0", "2", "x", "٣", "9" * 10_000, "-1", "%00"])
def test_a_page_that_is_not_there_is_not_found(visitor, full_calendar, number):
    assert visitor.get(f"{full_calendar.url}?page={number}").status_code == 404


def test_filters_offer_only_what_finds_something(visitor, full_calendar):
    make_snippet(Place, "en", name="Poti", slug="poti")
    shown = text(visitor.get(full_calendar.url))
    assert ">Batumi</option>" in shown
    assert ">Poti</option>" not in shown
    assert ">Consultation hours</option>" not in shown
    assert "Only with free seats" in shown
    assert '<details class="fold no-print">' in shown
    assert "Only with free seats" not in text(visitor.get(f"{full_calendar.url}?when=past"))


def test_names_of_filters_come_in_the_readers_language(visitor, full_calendar):
    translate(Place.objects.get(slug="batumi"), "ka", name="ბათუმი")
    translate(Topic.objects.get(slug="work"), "ka", name="შრომა")
    shown = text(visitor.get(full_calendar.url.replace("/en/", "/ka/")))
    assert shown.count('<option value="batumi">') == 1
    translate(full_calendar, "ka", title="ღონისძიებები")
    shown = text(visitor.get(full_calendar.url.replace("/en/", "/ka/")))
    assert '<option value="batumi">ბათუმი</option>' in shown
    assert '<option value="work">შრომა</option>' in shown


def test_an_empty_calendar_says_so(visitor, calendar):
    assertContains(visitor.get(calendar.url), "No date is planned at the moment")
    assertContains(visitor.get(f"{calendar.url}?when=past"), "Nothing is over yet")


def test_many_dates_have_pages(visitor, calendar):
    event = make_event()
    for number in range(21):
        make_date(event, on=PartialDate.of(date(2030, 11, 5) + timedelta(days=number)))
    make_event_page(calendar, event, title="Every day")
    first, second = (text(visitor.get(f"{calendar.url}{query}")) for query in ("", "?page=2"))
    assert first.count("Every day</a>") == 20
    assert second.count("Every day</a>") == 1
    assert "page 2 of 2" in second


# --- Cost, and lists elsewhere --------------------------------------------------------------------


@pytest.fixture
def kept(settings, transactional_db):
    """Keep pages, as a real site does."""
    settings.PAGE_CACHE = True
    bump()


def test_the_calendar_costs_few_queries_whatever_the_number_of_dates(visitor, kept):
    calendar = make_calendar(make_homes("en")["en"], title="Events")
    town = make_snippet(Place, "en", name="Batumi", slug="batumi")
    work = make_snippet(Topic, "en", name="Work", slug="work")
    youth = make_snippet(Audience, "en", name="Youth", slug="youth")
    venue = make_venue(calendar.locale, city=town)
    costs = []
    for number in range(30):
        announce(calendar, f"Meeting {number}", topics=[work], audiences=[youth], venue=venue)
        if number in {2, 29}:
            visitor.get(f"{calendar.url}?anew=before")
            with CaptureQueriesContext(connection) as seen:
                assertContains(visitor.get(f"{calendar.url}?anew=1"), "Batumi")
            with CaptureQueriesContext(connection) as narrowed:
                visitor.get(f"{calendar.url}?topic=work&seats=free&anew=1")
            costs.append((len(seen), len(narrowed)))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 14
    assert costs[0][1] <= 18


def test_choices_are_kept_once_each(visitor, kept):
    calendar = make_calendar(make_homes("en")["en"], title="Events")
    announce(calendar, "Meeting", event=make_event(kind=EventKind.MEETING))
    for query in ("?kind=meeting", "?seats=free", "?when=past", "?kind=meeting&seats=free"):
        visitor.get(calendar.url + query)
        assert visitor.get(calendar.url + query).headers.get("Cache-Status") == "khidi; hit"
    for query in ("?kind=opera", "?kind=meeting&kind=meeting"):
        visitor.get(calendar.url + query)
        assert "Cache-Status" not in visitor.get(calendar.url + query).headers


def test_editors_place_the_next_dates_and_the_open_calls_on_home(visitor, homes, calendar):
    calls = make_index(homes["en"], title="Grants")
    make_call_page(calls, title="The fund")
    for number in range(4):
        page = announce(calendar, f"Meeting {number}", on=PartialDate(2030, 11, 10 + number))
        make_date(page.event, on=PartialDate(2030, 11, 10 + number), begins=time(18), ends=time(20))

    def listing(source, title, layout="entries"):
        value = {"title": title, "source": source.pk, "count": 3, "layout": layout}
        return {"type": "listing", "value": {**value, "topic": None, "place": None}}

    home = HomePage.objects.get(pk=homes["en"].pk)
    home.lists = [
        listing(calendar, "Next dates"),
        listing(calls, "Calls"),
        listing(calendar, "More", "arches"),
    ]
    home.save()
    with clock.stopped(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)):
        shown = text(visitor.get(home.url))
    assert order(shown, "Next dates", "Meeting 0", "Meeting 1", "Meeting 2", "Calls", "The fund")
    assert ">Meeting 3<" not in shown
    assert shown.count("Meeting 0") == 2  # Once a list: what recurs must not fill it.
    assert "10 of 10 seats free" in shown
    assertNotContains(visitor.get(home.url), "The fund")
