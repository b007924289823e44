"""The ticket: for whoever has a seat, on one sheet, with a code for the door."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from cms.events import tickets
from cms.events.domain.answer_offer import lapse_offer
from cms.forms.domain.withdraw import withdraw
from tests.accounts.factories import UserFactory
from tests.events.factories import make_date, make_draft, make_venue, register
from tests.events.visiting import own
from tests.forms.factories import make_sent
from tests.pages.factories import make_homes
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def browser(person):
    return sign_in(Client(raise_request_exception=False), person)


def test_others_find_no_ticket(person, browser):
    sent = register(make_date(), owner=person)
    stranger = sign_in(Client(raise_request_exception=False), UserFactory())
    assert stranger.get(own("events:ticket", sent)).status_code == 404
    assert Client().get(own("events:ticket", sent))["Location"].startswith("/en/account/login/")
    assert browser.get(f"/en/register/ticket/{uuid4()}/").status_code == 404
    assert browser.get(own("events:ticket", make_sent(owner=person))).status_code == 404
    assert browser.post(own("events:ticket", sent)).status_code == 405


def test_without_a_seat_there_is_none(person, browser):
    date = make_date(capacity=1)
    draft = make_draft(date, owner=person)
    assert browser.get(own("events:ticket", draft))["Location"] == own("forms:tasks", draft)
    first = register(date)
    waiting = register(date, owner=person)
    for step in (lambda: withdraw(submission=first.submission, by=None), lambda: None):
        response = browser.get(own("events:ticket", waiting), follow=True)
        assert response.redirect_chain[-1][0] == own("forms:status", waiting)
        assertContains(response, "There is a ticket as soon as you have a seat.")
        step()
    lapse_offer(submission=waiting.submission, by=None)
    assert browser.get(own("events:ticket", waiting)).status_code == 302


def test_after_cancelling_it_is_worth_nothing(person, browser):
    sent = register(make_date(), owner=person)
    withdraw(submission=sent.submission, by=None)
    assert browser.get(own("events:ticket", sent)).status_code == 302


def test_it_shows_everything_that_is_needed_at_the_door(person, browser):
    home = make_homes("en")["ka"]
    venue = make_venue(home.locale, directions="Bus 3", step_free=True, lift=True)
    date = make_date(venue=venue, online_link="https://meet.example/x", online=True)
    sent = register(date, owner=person, names=["Nino", "Giorgi"])
    page = browser.get(own("events:ticket", sent))
    for text in ("25 November 2030", "River Street 3", "Bus 3", "lift", "Nino", "Giorgi", "<svg"):
        assertContains(page, text)
    assertContains(page, f"data-reference>{sent.submission.reference}<")
    assert "no-store" in page["Cache-Control"]


def test_names_are_no_markup(person, browser):
    sent = register(make_date(), owner=person, names=["<img src=x>"])
    assertNotContains(browser.get(own("events:ticket", sent)), "<img src=x>")


# --- The mark -----------------------------------------------------------------------------------


def test_a_mark_belongs_to_one_registration():
    one, other = (register(make_date()).submission for _ in range(2))
    mark = tickets.mark_of(one)
    assert len(mark) == tickets.LENGTH
    assert mark.isalnum()
    assert tickets.is_mark_of(one, mark)
    assert not tickets.is_mark_of(other, mark)
    for wrong in ("", mark[:-1], mark.lower(), mark + "A", "ÄÖÜ", "\0" * 10):
        assert not tickets.is_mark_of(one, wrong)


def test_tickets_outlive_a_change_of_the_key(settings):
    sent = register(make_date()).submission
    mark, old = tickets.mark_of(sent), settings.SECRET_KEY
    settings.SECRET_KEY = "x" * 50
    assert not tickets.is_mark_of(sent, mark)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert tickets.is_mark_of(sent, mark)


def test_the_code_leads_to_the_staffs_door_and_tells_no_token():
    sent = register(make_date()).submission
    address = tickets.ticket_url(sent)
    assert address.startswith(f"{settings.SITE_URL}/admin/events/ticket/{sent.reference}/")
    assert str(sent.token) not in address
