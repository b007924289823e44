"""Answering an offer, queueing again, and keeping a seat for longer, over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from cms.core import clock
from cms.events import told
from cms.events.domain.answer_offer import lapse_offer, reach_offer
from cms.events.domain.keep_seats import keep_seats
from cms.events.enums import RegistrationState as State
from cms.events.models import Hold, Registration
from cms.forms.domain.withdraw import withdraw
from cms.messages.models import Message
from tests.accounts.factories import UserFactory
from tests.events.factories import make_date, make_draft, register
from tests.events.visiting import TYPED, once, own
from tests.forms.factories import make_sent
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

VERBS = ("accept", "rejoin", "longer")


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def browser(person):
    return sign_in(Client(raise_request_exception=False), person)


@pytest.fixture
def date():
    return make_date(capacity=1)


@pytest.fixture
def offered(person, date):
    """Return a registration of the person to which a seat is offered."""
    first = register(date)
    waiting = register(date, owner=person)
    withdraw(submission=first.submission, by=None)
    reach_offer(submission=waiting.submission, at=clock.now())
    return again(waiting)


def again(registration):
    """Return it as it is now."""
    return Registration.objects.select_related("submission", "occurrence__event").get(pk=registration.pk)


def state(registration):
    return again(registration).state


def post(browser, verb, registration):
    return browser.post(own(f"events:{verb}", registration), once())


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# --- Who may not --------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
def test_others_find_nothing_and_change_nothing(offered, verb):
    stranger = sign_in(Client(raise_request_exception=False), UserFactory())
    assert post(stranger, verb, offered).status_code == 404
    assert post(Client(), verb, offered)["Location"].startswith("/en/account/login/")
    assert state(offered) == State.OFFERED


@pytest.mark.parametrize("verb", VERBS)
def test_they_are_posted_with_a_token_of_the_browser_only(browser, person, offered, verb):
    assert browser.get(own(f"events:{verb}", offered)).status_code == 405
    strict = sign_in(Client(enforce_csrf_checks=True), person)
    assert post(strict, verb, offered).status_code == 403
    assert state(offered) == State.OFFERED


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_no_registration_is_not_there(browser, person, verb):
    application = make_sent(owner=person)
    assert post(browser, verb, application).status_code == 404
    assert browser.post(f"/en/register/{uuid4()}/{verb}/", once()).status_code == 404


# --- Accepting ----------------------------------------------------------------------------------


def test_accepting_takes_the_seat_once(browser, offered):
    response = post(browser, "accept", offered)
    assert response["Location"] == own("forms:status", offered)
    assert "The seat is yours" in said(response)
    assert state(offered) == State.CONFIRMED
    post(browser, "accept", offered)
    assert state(offered) == State.CONFIRMED
    assert Message.objects.filter(template="events/accepted").count() == 1


def test_an_offer_that_ran_out_is_not_taken_and_it_says_so(browser, offered):
    with clock.stopped(offered.offer_ends_at + timedelta(seconds=1)):
        response = post(browser, "accept", offered)
    assert "does not stand any more" in said(response)
    assert state(offered) == State.OFFERED


def test_nothing_is_accepted_that_was_not_offered(browser, person, date):
    register(date)
    waiting = register(date, owner=person)
    assert "does not stand any more" in said(post(browser, "accept", waiting))
    assert state(waiting) == State.WAITLISTED
    draft = make_draft(date, owner=person)
    assert post(browser, "accept", draft).status_code == 302
    assert Registration.objects.get(submission=draft).state == State.DRAFT


def test_declining_gives_the_seat_on(browser, offered):
    page = browser.get(own("forms:withdraw", offered))
    assertContains(page, "Cancel your registration?")
    assertNotContains(page, "Withdraw")
    browser.post(own("forms:withdraw", offered), once())
    assert state(offered) == State.CANCELLED_BY_PERSON


# --- Queueing again -----------------------------------------------------------------------------


def test_whoever_missed_an_offer_queues_again_once(browser, offered):
    lapse_offer(submission=offered.submission, by=None)
    other = register(offered.occurrence)
    assertContains(browser.get(own("forms:status", offered)), "Join the waiting list again")
    response = post(browser, "rejoin", offered)
    assert response["Location"] == own("forms:status", offered)
    assert state(other) == State.CONFIRMED
    assert state(offered) == State.WAITLISTED
    post(browser, "rejoin", offered)
    assert state(offered) == State.WAITLISTED


def test_nobody_queues_again_when_the_list_is_full(browser, offered):
    lapse_offer(submission=offered.submission, by=None)
    register(offered.occurrence)
    offered.occurrence.waiting_limit = 0
    offered.occurrence.save()
    assert "cannot join the waiting list any more" in said(post(browser, "rejoin", offered))
    assert state(offered) == State.LAPSED


def test_nobody_queues_again_who_has_cancelled(browser, offered):
    withdraw(submission=offered.submission, by=None)
    assert "cannot join" in said(post(browser, "rejoin", offered))
    assert state(offered) == State.CANCELLED_BY_PERSON


# --- More time ----------------------------------------------------------------------------------


@pytest.fixture
def draft(person):
    draft = make_draft(make_date(capacity=20), owner=person)
    keep_seats(submission=draft, people=1)
    return draft


def test_a_seat_is_kept_for_longer_but_never_for_more_than_an_hour(browser, draft):
    begun = Hold.objects.get().created_at
    for minutes in (15, 30, 45, 58):
        with clock.stopped(begun + timedelta(minutes=minutes)):
            response = post(browser, "longer", draft)
        assert "is kept until" in said(response)
    assert Hold.objects.get().expires_at == begun + timedelta(hours=1)
    assert "cannot be kept any longer" in said(response)


def test_what_is_not_kept_any_more_is_not_kept_for_longer(browser, draft):
    with clock.stopped(Hold.objects.get().expires_at + timedelta(seconds=1)):
        response = post(browser, "longer", draft)
    assert response["Location"] == own("forms:check", draft)
    assert "No seat is kept" in said(response)


def test_asking_for_time_in_a_step_saves_what_is_typed_there(browser, draft):
    data = {**once(), **TYPED, "who-person": "Nino", "step": "who", "serial": "1", "on-page": "person people"}
    response = browser.post(own("events:longer", draft), data)
    assert response["Location"].endswith("/step/who/")
    assert draft.steps.get().data["person"] == ["Nino"]


def test_asking_for_time_in_an_old_window_overwrites_nothing(browser, draft):
    data = {**once(), **TYPED, "who-person": "Nino", "step": "who", "serial": "0", "on-page": "person"}
    assert browser.post(own("events:longer", draft), data).status_code == 409
    assert draft.steps.get().data["person"] != ["Nino"]


@pytest.mark.parametrize("step", ["", "x", "../who", "\0", "who/"])
def test_a_step_that_is_none_leads_to_the_check(browser, draft, step):
    response = browser.post(own("events:longer", draft), {**once(), "step": step})
    assert response["Location"] == own("forms:check", draft)


def test_the_page_says_until_when_a_seat_is_kept_and_offers_more_time(browser, draft):
    until = Hold.objects.get().expires_at
    for page in (own("forms:check", draft), own("forms:tasks", draft) + "step/who/"):
        response = browser.get(page)
        assertContains(response, "Your seat is kept for you until")
        assertContains(response, own("events:longer", draft))
        assertContains(response, told.clock_at(until, draft.registration.occurrence))


def test_without_a_kept_seat_it_promises_none(browser, person):
    few = make_draft(make_date(capacity=1), owner=person)
    assertContains(browser.get(own("forms:check", few)), "No seat is kept for you")
    full = make_date(capacity=1)
    late = make_draft(full, owner=person)
    register(full)
    register(full)
    page = browser.get(own("forms:check", late))
    assertContains(page, "By sending you join the waiting list; one person waits now")
    assertNotContains(page, "Your seat is kept")
