"""Registering somebody else: as a helper, and at the desk of those who run the event."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.events.domain.begin_registration import help_to_register
from cms.events.enums import OccurrenceStatus, RegistrationState, Source
from cms.events.models import Registration
from cms.forms.domain.errors import NotAllowedError
from cms.forms.domain.start import Person
from cms.forms.models import Submission
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.events.factories import make_date, make_event, registration_steps
from tests.events.visiting import address, door, once, own
from tests.forms.factories import make_call, make_form
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

INSTANT = timedelta(microseconds=1)


def browser_of(person, *, proven=True):
    return sign_in(Client(raise_request_exception=False), person, proven=proven)


@pytest.fixture
def date():
    return make_date()


@pytest.fixture
def helper(db):
    return person_with(Role.HELPER, UnitFactory(hub=True))


@pytest.fixture
def manager(date):
    return person_with(Role.EVENT_MANAGER, date.event.unit, user__preferred_language="en")


def typed(where, **more):
    return {
        **once(),
        "name": "Samira",
        "phone": "+995 555 12 34 56",
        "email": "",
        "language": "ar",
        "unit": str(where.pk),
        "consent": "on",
        **more,
    }


def unit_of(person):
    return person.role_assignments.get().unit


# --- Who may not --------------------------------------------------------------------------------


def test_it_is_not_there_for_anybody_else(date):
    officer = person_with(Role.OFFICER, date.event.unit)
    elsewhere = person_with(Role.EVENT_MANAGER, UnitFactory())
    for person in (UserFactory(), officer, elsewhere):
        browser = browser_of(person)
        assert browser.get(door(date, "help")).status_code == 404
        assert browser.post(door(date, "help"), typed(date.event.unit)).status_code == 404
    assert Client().get(door(date, "help"))["Location"].startswith("/en/account/login/")
    assert not Submission.objects.exists()


def test_a_second_factor_is_proved_first(date, helper, manager):
    for person in (helper, manager):
        browser = browser_of(person, proven=False)
        assert browser.get(door(date, "help")).status_code == 302
        assert browser.post(door(date, "help"), typed(unit_of(person))).status_code == 302
    assert not Submission.objects.exists()


def test_who_runs_events_does_not_fill_in_applications_for_others(date, manager):
    call = make_call(form=make_form(unit=date.event.unit))
    assert browser_of(manager).get(address("grants:help", call.code)).status_code == 404


def test_a_form_without_helpers_lets_only_the_desk_in(helper):
    form = make_form(*registration_steps(), kind="registration", helpers=False)
    date = make_date(make_event(form=form))
    assert browser_of(helper).get(door(date, "help")).status_code == 404
    desk = person_with(Role.EVENT_MANAGER, form.unit)
    assert browser_of(desk).get(door(date, "help")).status_code == 200


def test_nobody_helps_for_a_unit_of_others(date, helper):
    foreign = UnitFactory()
    assert browser_of(helper).post(door(date, "help"), typed(foreign)).status_code == 200
    with pytest.raises(NotAllowedError):
        help_to_register(
            occurrence=date,
            helper=helper,
            unit=foreign,
            person=Person(name="Samira"),
            language="ar",
            key=uuid4(),
            arrived=clock.now(),
        )
    assert not Submission.objects.exists()


def test_who_leaves_the_desk_loses_what_they_wrote_there(date, manager):
    browser = browser_of(manager)
    step = browser.post(door(date, "help"), typed(date.event.unit))["Location"]
    assert browser.get(step).status_code == 200
    manager.role_assignments.all().delete()
    assert browser_of(type(manager).objects.get(pk=manager.pk)).get(step).status_code == 404


def test_colleagues_do_not_come_into_a_draft(date, manager):
    step = browser_of(manager).post(door(date, "help"), typed(date.event.unit))["Location"]
    colleague = person_with(Role.EVENT_MANAGER, date.event.unit)
    assert browser_of(colleague).get(step).status_code == 404


# --- Helping ------------------------------------------------------------------------------------


def test_a_helper_begins_in_the_name_of_a_person(date, helper):
    browser, data = browser_of(helper), typed(unit_of(helper))
    step = browser.post(door(date, "help"), data)["Location"]
    submission = Submission.objects.get()
    assert step == own("forms:tasks", submission) + "step/who/"
    assert (submission.owner, submission.helper, submission.language) == (None, helper, "ar")
    assert submission.registration.source == Source.HELPER
    page = browser.get(step)
    assertContains(page, 'value="Samira"', count=2)
    assertContains(page, 'value="+995555123456"')
    assert browser.post(door(date, "help"), data)["Location"] == step
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"consent": ""},
        {"phone": "", "email": ""},
        {"name": ""},
        {"language": "xx"},
        {"unit": "0"},
        {"unit": "x"},
        {"phone": "abc"},
        {"name": "x" * 10_000},
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(date, helper, change):
    response = browser_of(helper).post(door(date, "help"), typed(unit_of(helper), **change))
    assertContains(response, 'class="summary"')
    assert not Submission.objects.exists()


def test_helpers_keep_to_the_times_of_registration(date, helper):
    browser = browser_of(helper)
    with clock.stopped(date.closes_at + INSTANT):
        assertContains(browser.get(door(date, "help")), "Registration closed on")
        assert browser.post(door(date, "help"), typed(unit_of(helper))).status_code == 409
    assert not Submission.objects.exists()


def test_a_form_without_a_key_is_not_understood(date, helper):
    data = typed(unit_of(helper))
    del data["idempotency_key"]
    assert browser_of(helper).post(door(date, "help"), data).status_code == 400


# --- The desk -----------------------------------------------------------------------------------


def test_at_the_desk_somebody_without_address_and_telephone_is_registered_after_closing(date, manager):
    with clock.stopped(date.closes_at + INSTANT):
        browser = browser_of(manager)
        assertNotContains(browser.get(door(date, "help")), "Registration closed on")
        step = browser.post(door(date, "help"), typed(date.event.unit, phone=""))["Location"]
        data = {
            **once(),
            "wizard-current_step": "who",
            "serial": "0",
            "who-person": "Samira",
            "who-people": ["Samira", "Omar"],
        }
        check = browser.post(step, data)["Location"]
        receipt = browser.post(check, once())["Location"]
        page = browser.get(receipt)
    registration = Registration.objects.get()
    assert (registration.state, registration.seats) == (RegistrationState.CONFIRMED, 2)
    assert registration.source == Source.DESK
    assertContains(page, "Your code")
    assertContains(page, own("events:ticket", registration))
    assert browser.get(own("events:ticket", registration)).status_code == 200
    told = Message.objects.values_list("template", "email")
    assert list(told) == [("forms/receipt_helper", manager.email)]
    body = Message.objects.get().body
    for words in ("25 November 2030", "State: Confirmed", registration.submission.reference):
        assert words in body


@pytest.mark.parametrize("what", ["over", "cancelled"])
def test_the_desk_is_closed_once_the_date_is_over_or_off(date, manager, what):
    moment = date.ends_at if what == "over" else clock.now()
    if what == "cancelled":
        date.status = OccurrenceStatus.CANCELLED
        date.save()
    with clock.stopped(moment):
        browser = browser_of(manager)
        assertNotContains(browser.get(door(date, "help")), 'name="consent"')
        assert browser.post(door(date, "help"), typed(date.event.unit)).status_code == 409
    assert not Submission.objects.exists()


def test_the_desk_counts_seats_like_everybody(manager):
    date = make_date(make_event(unit=unit_of(manager)), capacity=1)
    browser = browser_of(manager)
    for name in ("Nino", "Samira"):
        step = browser.post(door(date, "help"), typed(date.event.unit, name=name))["Location"]
        data = {
            **once(),
            "wizard-current_step": "who",
            "serial": "0",
            "who-person": name,
            "who-people": [name],
        }
        browser.post(browser.post(step, data)["Location"], once())
    states = Registration.objects.filter(occurrence=date).order_by("pk").values_list("state", flat=True)
    assert list(states) == [RegistrationState.CONFIRMED, RegistrationState.WAITLISTED]


def test_what_the_desk_has_begun_stands_in_their_list_behind_a_second_factor(date, manager):
    browser_of(manager).post(door(date, "help"), typed(date.event.unit))
    token = str(Submission.objects.get().token)
    assertContains(browser_of(manager).get(address("forms:mine")), token)
    assert browser_of(manager, proven=False).get(address("forms:mine")).status_code == 302


def test_the_door_is_shown_to_those_who_may(date, helper, manager):
    for person in (helper, manager):
        assertContains(browser_of(person).get(door(date)), door(date, "help"))
    assertNotContains(browser_of(UserFactory()).get(door(date)), door(date, "help"))
