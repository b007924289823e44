"""Calls in the admin: one's own units, wall times of the call, nothing that applications rest on."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import Page

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.grants import queries
from cms.grants.models import Call
from cms.grants.models.pages import CallPageForm
from tests.accounts.factories import UnitFactory, person_with
from tests.forms.factories import make_call, make_draft, make_form
from tests.grants.factories import make_call_page
from tests.sessions import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

OBJECT_ROUTES = ("edit", "delete", "history", "history_results", "usage")


def browser_of(person):
    sync_rights(person)
    return sign_in(Client(raise_request_exception=False), person)


@pytest.fixture
def browser(officer):
    return browser_of(officer)


@pytest.fixture
def form(office):
    return make_form(unit=office, name="Small grants")


@pytest.fixture
def call(form):
    return make_call(form=form)


def address(name, call=None):
    return reverse(f"grant_calls:{name}", args=[call.pk] if call else None)


def typed(call=None, **changes):
    """Return what an officer fills in."""
    data = {
        "name": "Fund",
        "code": call.code if call else "MV27",
        "state": "live",
        "zone": "Europe/Berlin",
        "opens_wall_day": "1",
        "opens_wall_month": "11",
        "opens_wall_year": "2026",
        "opens_wall_time": "9:00",
        "closes_wall_day": "30",
        "closes_wall_month": "11",
        "closes_wall_year": "2026",
        "closes_wall_time": "18:00",
        "grace_seconds": "0",
        "currency": "EUR",
        "budget": "20000",
        "minimum": "500",
        "maximum": "1000",
        "per_organisation": "1",
    }
    if call:
        data |= {"unit": str(call.unit_id), "form": str(call.form_id)}
    return data | changes


# --- Whose --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN])
@pytest.mark.parametrize("route", OBJECT_ROUTES)
def test_a_call_of_another_unit_is_not_there(call, role, route):
    stranger = browser_of(person_with(role, UnitFactory()))
    for method in ("get", "post"):
        assert getattr(stranger, method)(address(route, call), typed(call)).status_code == 404
    call.refresh_from_db()
    assert call.name == "Fund for communities"


def test_lists_and_searches_show_calls_of_own_units_only(browser, call):
    foreign = make_call(name="Secret fund")
    for query in ("", "?q=fund", "?state=live", "?ordering=name"):
        response = browser.get(address("index") + query)
        assertContains(response, call.code)
        assertNotContains(response, foreign.code)
        assertNotContains(response, "Secret")
    exported = b"".join(browser.get(address("index") + "?export=csv"))
    assert foreign.code.encode() not in exported


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.EVENT_MANAGER])
def test_other_roles_have_no_calls(office, call, role):
    colleague = browser_of(person_with(role, office))
    for name in ("index", "add"):
        assertNotContains(colleague.get(address(name), follow=True), call.code)
    assert colleague.post(address("edit", call), typed(call)).status_code in {302, 403, 404}
    call.refresh_from_db()
    assert call.name == "Fund for communities"


def test_unit_and_form_are_chosen_among_ones_own(browser, office, form):
    foreign = make_form(name="Form of others")
    events = make_form(unit=office, kind="registration", name="Form of events")
    shown = browser.get(address("add"))
    assertContains(shown, "Small grants")
    assertNotContains(shown, "Form of others")
    assertNotContains(shown, "Form of events")
    for unit, chosen in ((office, foreign), (foreign.unit, form), (office, events)):
        browser.post(address("add"), typed(unit=str(unit.pk), form=str(chosen.pk)))
    assert not Call.objects.exists()


def test_an_editor_announces_calls_of_own_units_only(index, office, call):
    foreign = make_call()
    page = make_call_page(index, call)
    editor = person_with(Role.EDITOR, office)
    form_class = type(page).get_edit_handler().get_form_class()
    assert issubclass(form_class, CallPageForm)
    form = form_class(instance=page, for_user=editor, parent_page=Page.objects.get(pk=index.pk))
    assert set(form.fields["call"].queryset) == {call}
    assert foreign not in form.fields["call"].queryset


# --- When ---------------------------------------------------------------------------------------


def test_times_are_those_of_the_call_not_of_the_officer(browser, officer, office, form):
    response = browser.post(address("add"), typed(unit=str(office.pk), form=str(form.pk)))
    assert response.status_code == 302
    call = Call.objects.get()
    assert call.closes_at == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert call.unit == office
    shown = browser.get(address("edit", call))
    assertContains(shown, 'name="closes_wall_time"')
    assertContains(shown, 'value="18:00"')
    made = Entry.objects.get(action="grants.call_made")
    assert (made.unit_id, made.actor_id) == (office.pk, officer.pk)


def test_a_time_that_the_night_leaves_out_in_the_chosen_zone_is_refused(browser, call):
    gap = {"closes_wall_day": "28", "closes_wall_month": "3", "closes_wall_year": "2027"}
    refused = browser.post(address("edit", call), typed(call, closes_wall_time="2:30", **gap))
    assert refused.status_code == 200
    assertContains(refused, "28")
    fine = typed(call, closes_wall_time="2:30", zone="Asia/Tbilisi", **gap)
    assert browser.post(address("edit", call), fine).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"closes_wall_month": "10"},
        {"closes_wall_time": "25:00"},
        {"closes_wall_day": "31"},
        {"minimum": "2000"},
        {"minimum": "-1"},
        {"zone": "Mars/Phobos"},
        {"code": "mv27"},
        {"code": "MV-27"},
        {"state": "accepted"},
        {"per_organisation": "0"},
    ],
)
def test_what_makes_no_sense_is_refused(browser, call, change):
    before = Call.objects.values().get(pk=call.pk)
    response = browser.post(address("edit", call), typed(call, **change))
    assert response.status_code == 200
    assert Call.objects.values().get(pk=call.pk) == before


# --- What applications rest on ------------------------------------------------------------------


def test_code_unit_form_and_currency_stay_once_somebody_has_begun(browser, office, call):
    make_draft(call)
    other = make_form(unit=office)
    change = typed(call, code="OTHER", currency="GEL", form=str(other.pk), name="New name")
    assert browser.post(address("edit", call), change).status_code == 302
    before, call = call, Call.objects.get()
    assert call.name == "New name"
    assert (call.code, call.currency, call.form_id) == (before.code, "EUR", before.form_id)


def test_until_then_they_can_be_changed(browser, call):
    assert browser.post(address("edit", call), typed(call, code="OTHER")).status_code == 302
    assert Call.objects.get().code == "OTHER"


def test_a_call_is_never_deleted(browser, call):
    for method in ("get", "post"):
        assert getattr(browser, method)(address("delete", call)).status_code in {302, 403, 404}
    assert Call.objects.filter(pk=call.pk).exists()


# --- What is noted ------------------------------------------------------------------------------


def test_a_moved_deadline_and_decision_are_noted_with_both_values(browser, officer, call):
    browser.post(
        address("edit", call),
        typed(
            call,
            closes_wall_day="1",
            closes_wall_month="12",
            zone="Asia/Tbilisi",
            decision_expected="2027-02-15",
        ),
    )
    entry = Entry.objects.get(action="grants.call_changed")
    assert (entry.actor_id, entry.unit_id) == (officer.pk, call.unit_id)
    promises = entry.details["promises"]
    assert promises["closes_wall"] == {"from": "2026-11-30T18:00:00", "to": "2026-12-01T18:00:00"}
    assert promises["decision_expected"] == {"from": None, "to": "2027-02-15"}
    assert "zone" not in promises
    assert entry.details["fields"] == ["name"]


def test_saving_without_a_change_notes_nothing(browser, call):
    browser.post(address("edit", call), typed(call))
    before = Entry.objects.count()
    browser.post(address("edit", call), typed(Call.objects.get()))
    assert Entry.objects.count() == before


# --- Counts -------------------------------------------------------------------------------------


def test_drafts_and_applications_are_counted_in_as_many_queries_at_any_length(browser, office, call):
    for _number in range(2):
        make_draft(call)
    draft = make_draft(call)
    draft.application.state = "submitted"
    draft.application.save()
    browser.get(address("index"))
    with CaptureQueriesContext(connection) as few:
        browser.get(address("index"))
    counted = queries.counted(Call.objects.all()).get()
    assert (counted.drafts, counted.sent) == (2, 1)
    for _number in range(15):
        make_draft(make_call(form=make_form(unit=office)))
    with CaptureQueriesContext(connection) as many:
        browser.get(address("index"))
    assert len(many) == len(few) <= 20
