"""Registrations beside applications in the queue: list, filters, page, export and many at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.events.models import Registration
from cms.forms.domain.move import move
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, register
from tests.events.people import browser_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_date():
    with clock.stopped(datetime(2030, 11, 1, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def occurrence():
    return make_date(capacity=1)


@pytest.fixture
def browser(occurrence):
    return browser_with(Role.EVENT_MANAGER, occurrence.event.unit)


def manager_of(occurrence):
    return person_with(Role.EVENT_MANAGER, occurrence.event.unit)


INDEX = "submissions:index"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.EDITOR])
def test_other_roles_and_units_read_no_registrations(occurrence, role):
    submission = register(occurrence).submission
    for browser in (
        browser_with(role, occurrence.event.unit),
        browser_with(Role.EVENT_MANAGER, UnitFactory()),
    ):
        assert browser.get(reverse("submissions:inspect", args=[submission.pk])).status_code in {302, 404}
        assertNotContains(browser.get(reverse(INDEX), follow=True), submission.reference)


def test_the_list_is_narrowed_to_an_event_or_to_one_date(browser, occurrence):
    here = register(occurrence).submission
    there = register(make_date(occurrence.event)).submission
    code = occurrence.event.code
    for asked in ("", "?kind=registration", f"?subject=registration:{code}"):
        shown = browser.get(reverse(INDEX) + asked)
        assertContains(shown, here.reference)
        assertContains(shown, there.reference)
    shown = browser.get(f"{reverse(INDEX)}?subject=registration:{code}/1")
    assertContains(shown, here.reference)
    assertNotContains(shown, there.reference)
    exported = browser.get(f"{reverse(INDEX)}?subject=registration:{code}/1&export=csv")
    text = b"".join(exported.streaming_content).decode() if exported.streaming else exported.content.decode()
    assert here.reference in text
    assert there.reference not in text


def test_nobody_asks_for_a_part_of_what_they_do_not_read(browser, occurrence):
    foreign = make_date()
    register(foreign)
    shown = browser.get(f"{reverse(INDEX)}?subject=registration:{foreign.event.code}/1")
    assertNotContains(shown, foreign.event.code + "-")


def test_the_page_says_when_where_and_who_and_leads_to_the_seats(browser, occurrence):
    submission = register(occurrence, names=["Nino"]).submission
    shown = browser.get(reverse("submissions:inspect", args=[submission.pk]))
    for text in ("25 November 2030", "Website", reverse("event_dates:seats", args=[occurrence.pk])):
        assertContains(shown, text)
    assertContains(shown, "Cancel the registration")


REASON = "You are registered twice. <b>1 < 2</b>"


def cancel_page(registration):
    return reverse("submissions:move", args=[registration.submission_id, "call_off"])


@pytest.mark.parametrize("reason", [None, "", " \n\t ", "x" * 501])
def test_nobody_is_cancelled_by_the_office_without_a_reason(browser, occurrence, reason):
    first = register(occurrence)
    shown = browser.post(cancel_page(first), {} if reason is None else {"reason": reason})
    assert shown.status_code == 200
    assert "reason" in shown.context["form"].errors
    assert Registration.objects.get().state == "confirmed"
    with pytest.raises(ValueError, match="reason"):
        move(submission=first.submission, verb="call_off", by=manager_of(occurrence), reason=" ")


def test_nothing_that_takes_a_seat_away_stands_out_and_nobody_is_called_an_applicant(browser, occurrence):
    registration = register(occurrence)
    page = browser.get(reverse("submissions:inspect", args=[registration.submission_id]))
    address = cancel_page(registration)
    assertContains(page, f'<a class="button serious" href="{address}">Cancel the registration</a>', html=True)
    assertNotContains(page, 'class="button"')
    asked = browser.get(address)
    assertContains(asked, '<button type="submit" class="button serious">Cancel the registration</button>')
    write = browser.get(reverse("submissions:write", args=[registration.submission_id]))
    note = browser.get(reverse("submissions:note", args=[registration.submission_id]))
    for shown, text in (
        (page, "The person reads"),
        (page, "Write to the person"),
        (page, "The person does not see it."),
        (write, "Write to the person"),
        (write, "The person speaks"),
        (note, "The person does not see it."),
    ):
        assertContains(shown, text)
    for shown in (page, asked, write, note):
        assertNotContains(shown, "pplicant")


def test_a_date_is_named_by_its_code_in_the_list_of_filters(browser, occurrence):
    event = occurrence.event
    shown = browser.get(f"{reverse(INDEX)}?subject=registration:{event.code}/1")
    assertContains(shown, f"{event.code}/1 · {event.name}")
    assertNotContains(shown, f"{event.name} · 1")


def test_many_are_cancelled_for_one_reason_or_not_at_all(browser, occurrence):
    both = [
        register(date, typed={"email": "a@example.org"}) for date in (occurrence, make_date(occurrence.event))
    ]
    keys = "&".join(f"id={registration.submission_id}" for registration in both)
    action = reverse("wagtail_bulk_action", args=["cms_forms", "submission", "registration-call_off"])
    assertContains(browser.get(f"{action}?{keys}"), 'name="reason"')
    assert browser.post(f"{action}?{keys}", {}).status_code == 200
    assert not Message.objects.filter(template="events/called_off").exists()
    browser.post(f"{action}?{keys}", {"reason": REASON})
    bodies = Message.objects.filter(template="events/called_off").values_list("body", flat=True)
    assert [REASON in body for body in bodies] == [True, True]


def test_the_page_asks_for_the_reason_and_says_who_reads_it(browser, occurrence):
    shown = browser.get(cancel_page(register(occurrence, language="it")))
    assertContains(shown, 'name="reason"')
    assertContains(shown, "Italian")


def test_one_cancelled_by_the_office_is_told_once_and_why_and_the_next_moves_up(browser, occurrence):
    first = register(occurrence, typed={"email": "one@example.org"})
    second = register(occurrence, typed={"email": "two@example.org"})
    browser.post(cancel_page(first), {"reason": f" {REASON} "})
    assert REASON in Message.objects.get(template="events/called_off").body
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {first.pk: "cancelled_by_office", second.pk: "offered"}
    assert Message.objects.filter(template="events/called_off").count() == 1
