"""Seats in the admin: what a change means is seen first, answers on the telephone, paper, tickets."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.events.domain.answer_offer import reach_offer
from cms.events.domain.call_off import call_off
from cms.events.domain.change_seats import change_seats
from cms.events.models import Occurrence, Registration
from cms.events.tickets import mark_of
from cms.forms.models import Submission
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, register
from tests.events.people import browser_of, browser_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_date():
    with clock.stopped(datetime(2030, 11, 1, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def occurrence():
    return make_date(capacity=2)


@pytest.fixture
def event(occurrence):
    return occurrence.event


@pytest.fixture
def manager(event):
    return person_with(Role.EVENT_MANAGER, event.unit)


@pytest.fixture
def browser(manager):
    return browser_of(manager)


def url(name, *keys, to="event_dates"):
    return reverse(f"{to}:{name}", args=keys)


# --- Seats ----------------------------------------------------------------------------------------


@pytest.fixture
def full(occurrence):
    register(occurrence, names=["Nino", "Giorgi"], typed={"email": "one@example.org"})
    return register(occurrence, names=["Zura"], typed={"phone": "+995 555 12 34 56"})


def test_the_page_names_people_groups_and_reasons(browser, occurrence, full):
    page = browser.get(url("seats", occurrence.pk))
    for text in ("Nino", "Giorgi", "Zura", "+995555123456", "No seat is free.", "Register somebody"):
        assertContains(page, text)


def test_more_seats_are_seen_before_they_are_given(browser, occurrence, full):
    address = url("capacity", occurrence.pk)
    seen = browser.get(address, {"capacity": "3"})
    assertContains(seen, "1 person will be told, by telephone.")
    mark = seen.context["mark"]
    occurrence.refresh_from_db()
    assert occurrence.capacity == 2
    register(occurrence, names=["Late"])
    again = browser.post(address, {"capacity": "3", "seen": mark})
    assertContains(again, "Something has changed in the meantime.")
    assert Occurrence.objects.get(pk=occurrence.pk).capacity == 2
    done = browser.post(address, {"capacity": "3", "seen": again.context["mark"]})
    assert done.headers["Location"] == url("seats", occurrence.pk)
    full.refresh_from_db()
    assert full.state == "offered"
    assertContains(browser.get(url("seats", occurrence.pk)), "Not reached yet")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "", "phone": ""}, "No way to reach them: please ask the hub"),
        ({"email": "", "phone": "+995 555 12 34 56"}, "Not reached yet: please ring them"),
        ({"email": "late@example.org"}, "The mail has not gone out yet"),
    ],
)
def test_the_page_says_how_somebody_with_an_offer_is_reached(browser, occurrence, full, typed, told):
    Submission.objects.filter(pk=full.submission_id).update(**typed)
    seen = browser.get(url("capacity", occurrence.pk), {"capacity": "3"})
    browser.post(url("capacity", occurrence.pk), {"capacity": "3", "seen": seen.context["mark"]})
    page = browser.get(url("seats", occurrence.pk))
    assertContains(page, told, count=1)
    assertContains(page, "please", count=0 if typed.get("email") else 1)
    calls = browser.get(url("calls", occurrence.pk))
    assertContains(calls, told, count=1 if typed == {"email": "", "phone": ""} else 0)


@pytest.mark.parametrize("capacity", ["-1", "many", "1e3", "1000000"])
def test_what_is_no_number_of_seats_is_refused(browser, occurrence, capacity):
    address = url("capacity", occurrence.pk)
    assert browser.get(address, {"capacity": capacity}).status_code == 302
    assert browser.post(address, {"capacity": capacity}).status_code == 302
    assert Occurrence.objects.get(pk=occurrence.pk).capacity == 2


def test_fewer_seats_take_none_away(browser, occurrence, full):
    seen = browser.get(url("capacity", occurrence.pk), {"capacity": "1"})
    assertContains(seen, "Nobody loses theirs.")
    browser.post(url("capacity", occurrence.pk), {"capacity": "1", "seen": seen.context["mark"]})
    assert Registration.objects.filter(state="confirmed").count() == 1


@pytest.mark.parametrize(("name", "state"), [("accept", "confirmed"), ("lapse", "lapsed")])
def test_what_was_said_on_the_telephone_is_written_down(browser, occurrence, full, name, state):
    assert browser.get(url(name, occurrence.pk, full.pk)).status_code == 405
    browser.post(url(name, occurrence.pk, full.pk))
    full.refresh_from_db()
    assert full.state == "waitlisted"
    seen = browser.get(url("capacity", occurrence.pk), {"capacity": "3"})
    browser.post(url("capacity", occurrence.pk), {"capacity": "3", "seen": seen.context["mark"]})
    browser.post(url(name, occurrence.pk, full.pk))
    full.refresh_from_db()
    assert full.state == state


def test_priority_needs_a_reason(browser, occurrence, full):
    address = url("priority", occurrence.pk, full.pk)
    for typed in ({"priority": "1"}, {"priority": "10", "reason": "Ill"}):
        assert browser.post(address, typed).status_code == 200
    browser.post(address, {"priority": "2", "reason": "Ill"})
    full.refresh_from_db()
    assert (full.priority, full.priority_reason) == (2, "Ill")


def test_paper_names_who_signs_and_whom_to_ring(browser, occurrence, full):
    sheet = browser.get(url("sheet", occurrence.pk))
    assertContains(sheet, "Giorgi")
    assertNotContains(sheet, "Zura")
    calls = browser.get(url("calls", occurrence.pk))
    assertContains(calls, 'href="tel:+995555123456"')
    assertNotContains(calls, "Giorgi")


def test_a_date_that_is_cancelled_leads_to_the_calls_about_it(browser, occurrence, full, manager):
    """Its own lists are empty by then, and people are still to be rung."""
    call_off(occurrence=occurrence, by=manager, reason="A storm.")
    page = browser.get(url("seats", occurrence.pk))
    assertContains(page, f'href="{reverse("calls:index")}"')
    assertNotContains(page, url("calls", occurrence.pk))
    assertNotContains(page, url("sheet", occurrence.pk))
    assertContains(browser.get(reverse("calls:index")), "tel:+995555123456")


def test_of_a_date_that_is_cancelled_no_seat_is_free_and_nobody_asks_who_moves_up(
    browser, occurrence, full, manager
):
    shown = ("Why nobody moves up", ">Free</dt>")
    before = browser.get(url("seats", occurrence.pk))
    call_off(occurrence=occurrence, by=manager, reason="A storm.")
    after = browser.get(url("seats", occurrence.pk))
    for text in shown:
        assertContains(before, text, count=1)
        assertNotContains(after, text)


def test_an_offer_stands_still_while_the_date_is_put_off(browser, occurrence, full, manager):
    """The server refuses both answers then, so the page offers neither, nor an hour at which it ends."""
    change_seats(occurrence=occurrence, capacity=3, by=manager)
    reach_offer(submission=full.submission, at=clock.now())
    answers = ("Open until", "They accept", "Not reached, give the seat on")
    for text in answers:
        assertContains(browser.get(url("seats", occurrence.pk)), text, count=1)
    occurrence.refresh_from_db()
    call_off(occurrence=occurrence, by=manager, reason="A storm.", postpone=True)
    page = browser.get(url("seats", occurrence.pk))
    assertContains(page, "The offer stands still for now", count=1)
    for text in answers:
        assertNotContains(page, text)


# --- Tickets --------------------------------------------------------------------------------------


def test_a_ticket_leads_staff_of_the_unit_to_the_registration_and_nobody_else(browser, event, occurrence):
    submission = register(occurrence).submission
    address = reverse("event_ticket", args=[submission.reference, mark_of(submission)])
    assert browser.get(address).headers["Location"] == reverse("submissions:inspect", args=[submission.pk])
    forged = reverse("event_ticket", args=[submission.reference, "A" * 10])
    assert browser.get(forged).status_code == 404
    assert browser_with(Role.EVENT_MANAGER, UnitFactory()).get(address).status_code == 404
    assert browser_with(Role.OFFICER, event.unit).get(address).status_code == 404


# --- Names ----------------------------------------------------------------------------------------


def test_a_registration_is_called_by_its_person_and_a_date_as_people_say_it(browser, occurrence, full):
    sent = full.submission
    assertContains(
        browser.get(url("inspect", sent.pk, to="submissions")), "<h2><bdi>Zura</bdi></h2>", html=True
    )
    listed = browser.get(reverse("submissions:index"))
    assertContains(listed, f"{sent.reference}</bdi>", count=1)
    assertContains(browser.get(url("edit", occurrence.pk)), "Monday, 25 November 2030")


# --- Counts ---------------------------------------------------------------------------------------


def test_the_page_of_seats_takes_as_many_queries_for_many_people(browser, event):
    date = make_date(event, capacity=15)
    for _number in range(3):
        register(date)
    browser.get(url("seats", date.pk))
    with CaptureQueriesContext(connection) as few:
        browser.get(url("seats", date.pk))
    for _number in range(27):
        register(date)
    with CaptureQueriesContext(connection) as many:
        browser.get(url("seats", date.pk))
    assert len(many) == len(few)
