"""What people see of their own registration: receipt, status, calendar file, list."""

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains

from cms.core import clock
from cms.events.domain.answer_offer import lapse_offer, reach_offer
from cms.events.enums import OccurrenceStatus
from cms.events.models import Registration
from cms.forms.domain.give_claim_code import give_claim_code
from cms.forms.domain.withdraw import withdraw
from tests.accounts.factories import UserFactory
from tests.events.factories import make_date, make_draft, make_event, register
from tests.events.visiting import address, once, own
from tests.forms.factories import make_sent
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/secret"


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def browser(person):
    return sign_in(Client(raise_request_exception=False), person)


@pytest.fixture
def date():
    return make_date(capacity=2, online=True, online_link=LINK)


@pytest.fixture
def confirmed(date, person):
    return register(date, owner=person, names=["Nino", "Giorgi"])


def waiting(date, person, **more):
    register(date, names=["A", "B"])
    return register(date, owner=person, **more)


def both(browser, registration):
    return [browser.get(own(name, registration)) for name in ("forms:receipt", "forms:status")]


# --- Receipt and status -------------------------------------------------------------------------


def test_a_seat_comes_with_ticket_calendar_link_and_names(browser, confirmed):
    for page in both(browser, confirmed):
        assertContains(page, "25 November 2030")
        for text in ("Nino", "Giorgi", LINK, own("events:ticket", confirmed)):
            assertContains(page, text)
        assertContains(page, own("events:own_calendar", confirmed))
        assertContains(page, "<h1>You are registered</h1>", html=True)


def test_who_waits_reads_their_place_and_gets_no_link_and_no_ticket(browser, date, person):
    register(date, names=["A", "B"])
    register(date, names=["C", "D"])
    third = register(date, owner=person)
    for page in both(browser, third):
        assertContains(page, "You are number 2 in the list; 2 people wait before you.")
        assertNotContains(page, LINK)
        assertNotContains(page, own("events:ticket", third))


def test_the_first_in_the_list_reads_that(browser, date, person):
    for page in both(browser, waiting(date, person)):
        assertContains(page, "You are the first in the list.")


def with_a_group_too_large(date, person):
    """Return the registration of the group, and of somebody behind it; seats were taken away."""
    Registration.objects.filter(pk=register(date, names=["A", "B"]).pk).update(priority=1)
    group = register(date, owner=person, names=["C", "D"])
    last = register(date, owner=person)
    date.capacity = 1
    date.save()
    return group, last


def test_whom_the_list_passes_over_does_not_count_as_waiting_before(browser, date, person):
    _group, last = with_a_group_too_large(date, person)
    assertContains(browser.get(own("forms:status", last)), "You are the first in the list.")
    between = register(date, owner=person)
    assertContains(
        browser.get(own("forms:status", between)), "number 2 in the list; one person waits before you"
    )


def test_a_group_larger_than_all_seats_reads_that_and_is_promised_no_place(browser, date, person):
    group, _last = with_a_group_too_large(date, person)
    page = browser.get(own("forms:status", group))
    assertContains(page, "Your group is larger than all seats together")
    for promise in ("Nobody can overtake you", "in the list"):
        assertNotContains(page, promise)
    assertNotContains(browser.get(own("forms:receipt", group)), "Nobody can overtake you")
    for capacity in (2, None):
        date.capacity = capacity
        date.save()
        assertContains(browser.get(own("forms:status", group)), "You are the first in the list.")


def test_while_there_is_no_seat_at_all_everybody_counts(browser, date, person):
    _group, last = with_a_group_too_large(date, person)
    date.capacity = 0
    date.save()
    assertContains(browser.get(own("forms:status", last)), "number 2 in the list; 2 people wait before you")


def test_who_comes_before_in_the_list_is_counted_with_priority(browser, date, person):
    mine = waiting(date, person)
    later = register(date)
    Registration.objects.filter(pk=later.pk).update(priority=1, priority_reason="Asked")
    assertContains(
        browser.get(own("forms:status", mine)), "number 2 in the list; one person waits before you"
    )


def test_an_offer_can_be_taken_or_declined_until_it_ends(browser, date, person):
    first = register(date, names=["A", "B"])
    mine = register(date, owner=person)
    withdraw(submission=first.submission, by=None)
    page = browser.get(own("forms:status", mine))
    assertContains(page, "your time begins when we have reached you")
    assertContains(page, own("events:accept", mine))
    reach_offer(submission=mine.submission, at=clock.now())
    page = browser.get(own("forms:status", mine))
    assertContains(page, "Please tell us until")
    assertContains(page, own("forms:withdraw", mine))
    assertNotContains(page, LINK)


def test_after_the_date_has_begun_nobody_is_invited_to_queue_again(browser, date, person):
    first = register(date, names=["A", "B"])
    mine = register(date, owner=person)
    withdraw(submission=first.submission, by=None)
    lapse_offer(submission=mine.submission, by=None)
    assertContains(browser.get(own("forms:status", mine)), own("events:rejoin", mine))
    with clock.stopped(date.ends_at):
        assertNotContains(browser.get(own("forms:status", mine)), own("events:rejoin", mine))


def test_a_date_that_was_called_off_says_so(browser, confirmed):
    confirmed.occurrence.status = OccurrenceStatus.CANCELLED
    confirmed.occurrence.save()
    assertContains(browser.get(own("forms:status", confirmed)), "This date has been cancelled.")


def test_registrations_are_cancelled_and_not_withdrawn(browser, confirmed):
    page = browser.get(own("forms:status", confirmed))
    assertContains(page, "Cancel your registration")
    assertNotContains(page, "Withdraw it")
    page = browser.post(own("forms:withdraw", confirmed), once(), follow=True)
    assertContains(page, "You have cancelled. Thank you for telling us.")
    assertNotContains(page, own("events:ticket", confirmed))


def test_applications_are_withdrawn_as_before(browser, person):
    application = make_sent(owner=person)
    assertContains(browser.get(own("forms:withdraw", application)), "Withdraw it?")


def test_a_registration_without_a_person_in_it_shows_the_pages(browser, person):
    event = make_event(name="<b>Names & signs</b>")
    sent = register(make_date(event), owner=person, names=["<script>alert(1)</script>"])
    for page in both(browser, sent):
        assertNotContains(page, "<script>alert(1)</script>")


# --- A code for those without a mailbox ---------------------------------------------------------


def test_without_a_mailbox_the_receipt_shows_a_code_and_reference_that_lead_back(date):
    browser = Client()
    draft = make_draft(date)
    session = browser.session
    session["cms.forms.views.access"] = [str(draft.token)]
    session.save()
    receipt = browser.post(own("forms:check", draft), once())["Location"]
    page = browser.get(receipt).content.decode()
    assert "Your code" in page
    sent = Registration.objects.get(submission=draft).submission
    code = give_claim_code(submission=sent, by=None)
    found = Client().post(
        address("forms:find"), {**once(), "reference": sent.reference.lower(), "code": code}
    )
    assert found["Location"] == own("forms:status", sent)


def test_the_list_names_date_and_state(browser, confirmed):
    page = browser.get(address("forms:mine"))
    assertContains(page, "25 November 2030")
    assertContains(page, "You are registered")
    assertContains(page, confirmed.submission.reference)


# --- The calendar file --------------------------------------------------------------------------


def entry(browser, registration):
    response = browser.get(own("events:own_calendar", registration))
    assert response["Content-Type"].startswith("text/calendar")
    assert "no-store" in response["Cache-Control"]
    return Calendar.from_ical(response.content), response.content.decode()


def test_the_file_holds_the_date_with_the_link_for_a_seat(browser, confirmed):
    calendar, text = entry(browser, confirmed)
    (event,) = calendar.walk("VEVENT")
    assert str(event["UID"]).startswith(str(confirmed.occurrence.uid))
    assert event.decoded("DTSTART").isoformat() == "2030-11-25T11:00:00+04:00"
    assert "meet.example" in text
    assert str(confirmed.submission.token) not in text


def test_who_waits_gets_the_date_without_the_link(browser, date, person):
    _calendar, text = entry(browser, waiting(date, person))
    assert "meet.example" not in text
    assert "waiting list" in text


def test_there_is_no_file_for_a_draft_or_what_was_cancelled_or_others(browser, confirmed, date, person):
    draft = make_draft(date, owner=person)
    assert browser.get(own("events:own_calendar", draft)).status_code == 302
    withdraw(submission=confirmed.submission, by=None)
    assert browser.get(own("events:own_calendar", confirmed)).status_code == 302
    stranger = sign_in(Client(), UserFactory())
    assert stranger.get(own("events:own_calendar", confirmed)).status_code == 404
    assert browser.get(own("events:own_calendar", make_sent(owner=person))).status_code == 404
