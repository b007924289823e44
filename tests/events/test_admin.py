"""Events, dates, rules and seats in the admin: one's own units, nothing that registrations rest on."""

from datetime import UTC, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.events.models import Event, Occurrence, Recurrence
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, make_event, register
from tests.events.people import browser_of, browser_with
from tests.forms.factories import make_form

pytestmark = pytest.mark.django_db

OF_EVENT = ("edit", "delete", "history", "history_results", "usage")
OF_DATE = (*OF_EVENT, "seats", "capacity", "postpone", "cancel", "sheet", "calls")
OF_PERSON = ("accept", "lapse", "priority")


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


def typed_event(event=None, **changes):
    data = {"name": "Workshop", "code": event.code if event else "WORK", "kind": "meeting", "state": "live"}
    data |= {"people_at_most": "3", "number": ""}
    if event:
        data |= {"unit": str(event.unit_id), "form": str(event.form_id)}
    return data | changes


def typed_date(**changes):
    data = {"on": "25.11.2030", "begins": "11:00", "ends": "15:00", "zone": "Asia/Tbilisi"}
    return {**data, "city": "", "venue": "", "hub": "", "online_link": "", "waiting_limit": "", **changes}


# --- Whose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EVENT_MANAGER, Role.ADMIN])
def test_nothing_of_another_unit_is_there(event, occurrence, role):
    registration = register(occurrence)
    rule = Recurrence.objects.create(event=event, rule="", minutes=60)
    stranger = browser_with(role, UnitFactory())
    addresses = [
        *(url(name, event.pk, to="events_admin") for name in OF_EVENT),
        *(url(name, rule.pk, to="event_rules") for name in OF_EVENT),
        *(url(name, occurrence.pk) for name in OF_DATE),
        *(url(name, occurrence.pk, registration.pk) for name in OF_PERSON),
    ]
    for address in addresses:
        assert stranger.get(address).status_code in {404, 405}, address
        assert stranger.post(address, {"reason": "x", "capacity": "9"}).status_code == 404, address
    for name in ("event_dates", "event_rules"):
        address = f"{reverse(f'{name}:add')}?event={event.pk}"
        assert stranger.post(address, typed_date()).status_code == 302
    assert Occurrence.objects.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OFFICER, Role.APPROVER])
def test_other_roles_run_no_events(event, occurrence, role):
    colleague = browser_with(role, event.unit)
    for name in ("events_admin", "event_dates", "event_rules"):
        assertNotContains(colleague.get(reverse(f"{name}:index"), follow=True), event.code)
    for name in OF_DATE:
        assert colleague.get(url(name, occurrence.pk)).status_code in {302, 403, 404}
    assert colleague.get(url("seats", occurrence.pk)).status_code == 404


def test_lists_show_own_units_only(browser, event):
    foreign = make_date(make_event(name="Secret workshop"))
    for address in (url("index", to="events_admin"), url("index"), url("index") + "?time=ahead"):
        response = browser.get(address)
        assertContains(response, event.code)
        assertNotContains(response, foreign.event.code)
        assertNotContains(response, "Secret")
    response = browser.get(f"{url('index')}?event={foreign.event_id}")
    assertNotContains(response, foreign.event.code)


def test_a_registration_of_another_date_is_not_there(browser, event, occurrence):
    other = register(make_date(event))
    for name in OF_PERSON:
        assert browser.post(url(name, occurrence.pk, other.pk)).status_code == 404


def test_administrators_read_but_do_not_work_on_registrations(event, occurrence):
    registration = register(occurrence)
    admin = browser_with(Role.ADMIN, event.unit)
    assertContains(admin.get(url("seats", occurrence.pk)), registration.submission.reference)
    for name in OF_PERSON:
        assert admin.post(url(name, occurrence.pk, registration.pk)).status_code == 404


def test_unit_and_form_are_chosen_among_ones_own(browser, event):
    foreign = make_form(kind="registration", name="Form of others")
    grants = make_form(unit=event.unit, name="Form of grants")
    shown = browser.get(url("add", to="events_admin"))
    assertNotContains(shown, "Form of others")
    assertNotContains(shown, "Form of grants")
    for unit, form in ((event.unit, foreign), (foreign.unit, event.form), (event.unit, grants)):
        browser.post(url("add", to="events_admin"), typed_event(unit=unit.pk, form=form.pk))
    assert Event.objects.count() == 1


# --- Events ---------------------------------------------------------------------------------------


def test_an_event_is_made_and_leads_to_its_dates(browser, event):
    response = browser.post(
        url("add", to="events_admin"), typed_event(unit=event.unit_id, form=event.form_id, languages=["ka"])
    )
    made = Event.objects.get(code="WORK")
    assert response.headers["Location"] == f"{url('index')}?event={made.pk}"


def test_an_event_sent_twice_is_one_event(browser, event, monkeypatch):
    address = url("add", to="events_admin")
    typed = typed_event(unit=str(event.unit_id), form=str(event.form_id))
    assert browser.post(address, typed).status_code == 302
    with_code = "already exists"
    assertContains(browser.post(address, typed), with_code)
    monkeypatch.setattr(Event, "validate_unique", lambda *_args, **_more: None)  # At the same moment.
    monkeypatch.setattr(Event, "validate_constraints", lambda *_args, **_more: None)
    assertContains(browser.post(address, typed), with_code)
    assert Event.objects.filter(code="WORK").count() == 1


def test_what_registrations_rest_on_stays(browser, event, occurrence):
    register(occurrence)
    response = browser.post(
        url("edit", event.pk, to="events_admin"), typed_event(event, code="OTHER", form="", name="New")
    )
    assert response.status_code == 302
    before, event = event, Event.objects.get(pk=event.pk)
    assert (event.code, event.form_id, event.name) == (before.code, before.form_id, "New")


def test_nothing_is_deleted(browser, event, occurrence):
    for name, key in (("events_admin", event.pk), ("event_dates", occurrence.pk)):
        assert browser.post(reverse(f"{name}:delete", args=[key])).status_code in {302, 403, 404}
    assert Occurrence.objects.filter(pk=occurrence.pk).exists()


# --- Dates ----------------------------------------------------------------------------------------


def test_a_date_is_made_for_the_event_of_the_address(browser, event):
    address = f"{url('add')}?event={event.pk}"
    assertContains(browser.get(address), event.code)
    response = browser.post(address, typed_date(on="12.2030", begins="", ends="", capacity="20"))
    assert response.status_code == 302
    made = Occurrence.objects.get(number=2)
    assert (made.event, str(made.on), made.capacity) == (event, "2030-12", 20)
    assertContains(browser.get(response.headers["Location"]), f"{made.code} · December 2030, the day follows")
    assert browser.get(url("add")).headers["Location"] == url("index", to="events_admin")


def test_a_date_sent_twice_is_one_date(browser, event):
    address = f"{url('add')}?event={event.pk}"
    key = str(browser.get(address).context["form"]["idempotency_key"].value())
    first, again = (
        browser.post(address, typed_date(begins="17:00", ends="18:00", idempotency_key=key)) for _ in "12"
    )
    assert first.headers["Location"] == again.headers["Location"]
    assert Occurrence.objects.filter(event=event).count() == 2
    # Whoever goes back and types another hour means another date.
    browser.post(address, typed_date(begins="19:00", ends="20:00", idempotency_key=key))
    assert [str(date.begins) for date in Occurrence.objects.order_by("number")[1:]] == [
        "17:00:00",
        "19:00:00",
    ]


def test_the_key_of_a_foreign_date_opens_nothing(browser, event):
    foreign = make_date()
    address = f"{url('add')}?event={event.pk}"
    typed = typed_date(idempotency_key=str(foreign.uid))
    assert browser.post(address, typed).status_code == 302
    made = Occurrence.objects.get(event=event, number=2)
    assert made.uid != foreign.uid
    assert browser.post(address, typed_date(idempotency_key="x")).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"on": "31.11.2030"},
        {"on": "2030", "begins": "", "ends": ""},
        {"on": "11.2030"},
        {"begins": "25:00"},
        {"begins": "16:00"},
        {"zone": "Mars/Phobos"},
        {"closes_wall_day": "1"},
        {"waiting_limit": "-1"},
        {"venue": "999"},
        {"last_day_day": "31", "last_day_month": "12", "last_day_year": "9999", "ends": ""},
        {
            "closes_wall_day": "1",
            "closes_wall_month": "1",
            "closes_wall_year": "0001",
            "closes_wall_time": "0:00",
        },
    ],
)
def test_what_makes_no_sense_is_refused(browser, occurrence, change):
    before = Occurrence.objects.values().get(pk=occurrence.pk)
    assert browser.post(url("edit", occurrence.pk), typed_date(**change)).status_code == 200
    assert Occurrence.objects.values().get(pk=occurrence.pk) == before


def test_a_time_that_the_night_leaves_out_is_refused_in_the_zone_of_the_date(browser, occurrence):
    gap = {"closes_wall_day": "31", "closes_wall_month": "3", "closes_wall_year": "2030"}
    fine = typed_date(closes_wall_time="2:30", **gap)
    assert browser.post(url("edit", occurrence.pk), fine).status_code == 302
    refused = browser.post(url("edit", occurrence.pk), {**fine, "zone": "Europe/Berlin"})
    assertContains(refused, "2:30")


def test_seats_do_not_change_in_the_form(browser, occurrence):
    browser.post(url("edit", occurrence.pk), typed_date(capacity="99"))
    occurrence.refresh_from_db()
    assert occurrence.capacity == 2


def test_whoever_moves_a_date_sees_first_whom_that_concerns(browser, occurrence):
    register(occurrence, typed={"email": "one@example.org"})
    register(occurrence, typed={"phone": "+995 555 00 00 00"})
    typed = typed_date(begins="12:00")
    shown = browser.post(url("edit", occurrence.pk), typed)
    assertContains(shown, "2 people will be told, 1 of them by telephone.")
    assertContains(shown, 'name="seen" value="1.1"')
    assertContains(shown, 'name="begins" value="12:00"')
    assert not Message.objects.filter(template="events/moved").exists()
    register(occurrence, typed={"email": "two@example.org"})
    again = browser.post(url("edit", occurrence.pk), {**typed, "seen": "1.1"})
    assertContains(again, "3 people will be told")
    done = browser.post(url("edit", occurrence.pk), {**typed, "seen": "2.1"})
    assert done.headers["Location"] == url("seats", occurrence.pk)
    assert Message.objects.filter(template="events/moved").count() == 3
    occurrence.refresh_from_db()
    assert occurrence.begins == time(12)


def test_a_tiny_correction_is_told_to_nobody(browser, occurrence):
    register(occurrence, typed={"email": "one@example.org"})
    typed = typed_date(begins="11:05", seen="1.0", quietly="1")
    done = browser.post(url("edit", occurrence.pk), typed, follow=True)
    assertContains(done, f"{occurrence.code} · Monday, 25 November 2030, 11:05")
    assertNotContains(done, "2030-11-25")
    assert not Message.objects.filter(template="events/moved").exists()


@pytest.mark.parametrize(("name", "status"), [("postpone", "postponed"), ("cancel", "cancelled")])
def test_calling_off_asks_why_and_tells_how_many(browser, occurrence, name, status):
    register(occurrence, typed={"email": "one@example.org"})
    assertContains(browser.get(url(name, occurrence.pk)), "1 person will be told by mail.")
    assertContains(browser.post(url(name, occurrence.pk), {"reason": " "}), "Say why")
    browser.post(url(name, occurrence.pk), {"reason": "The trainer is ill."})
    occurrence.refresh_from_db()
    assert occurrence.status == status
    assert browser.get(url(name, occurrence.pk)).status_code == 302


def test_a_postponed_date_takes_place_again_and_a_cancelled_one_never(browser, occurrence):
    register(occurrence, typed={"email": "one@example.org"})
    Occurrence.objects.filter(pk=occurrence.pk).update(status="postponed")
    typed = typed_date(on="26.11.2030", status="scheduled")
    assertContains(browser.post(url("edit", occurrence.pk), typed), "1 person will be told by mail.")
    browser.post(url("edit", occurrence.pk), {**typed, "seen": "1.0"})
    occurrence.refresh_from_db()
    assert (occurrence.status, str(occurrence.on)) == ("scheduled", "2030-11-26")
    refused = browser.post(url("edit", occurrence.pk), {**typed, "status": "cancelled"})
    assert Occurrence.objects.get(pk=occurrence.pk).status == "scheduled"
    Occurrence.objects.filter(pk=occurrence.pk).update(status="cancelled")
    refused = browser.post(url("edit", occurrence.pk), typed)
    assert refused.headers["Location"] == url("seats", occurrence.pk)


# --- Counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["events_admin:index", "event_dates:index", "wagtailadmin_home"])
def test_lists_take_as_many_queries_at_any_length(browser, event, name):
    for _number in range(2):
        make_date(make_event(unit=event.unit, form=event.form))
    browser.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse(name))
    for _number in range(27):
        date = make_date(make_event(unit=event.unit, form=event.form))
        register(date)
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse(name))
    assert len(many) == len(few)
