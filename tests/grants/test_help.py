"""The helper's door."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.forms.domain.errors import NotAllowedError
from cms.forms.domain.start import Person
from cms.forms.models import Submission
from cms.grants.domain import help_to_apply
from tests.accounts.factories import UnitFactory, person_with
from tests.forms.factories import make_call, make_form
from tests.sessions import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def url(call):
    return f"/en/apply/{call.code}/help/"


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def typed(helper):
    return {
        "name": "Samira",
        "phone": "+995 555 12 34 56",
        "email": "",
        "language": "ar",
        "unit": str(helper.role_assignments.get().unit_id),
        "consent": "on",
        "idempotency_key": str(uuid4()),
    }


def test_it_is_not_there_for_anybody_else(applicants_browser, visitor, call, typed):
    officer = person_with(Role.OFFICER, call.unit)
    staff = sign_in(Client(raise_request_exception=False), officer, proven=True)
    assert visitor.get(url(call))["Location"].startswith("/en/account/login/")
    for method in ("get", "post"):
        assert getattr(staff, method)(url(call), typed).status_code == 404
        assert getattr(applicants_browser, method)(url(call), typed).status_code == 404
    assert not Submission.objects.exists()


def test_a_helper_proves_a_second_factor_first(helper, call, typed):
    browser = sign_in(Client(raise_request_exception=False), helper, proven=False)
    assert browser.get(url(call)).status_code == 302
    assert browser.post(url(call), typed).status_code == 302
    assert not Submission.objects.exists()


def test_a_form_without_helpers_has_no_such_door(helpers_browser, typed):
    closed = make_call(form=make_form(helpers=False))
    assert helpers_browser.get(url(closed)).status_code == 404
    assert helpers_browser.post(url(closed), typed).status_code == 404
    assert b"Fill it in for somebody" not in helpers_browser.get(f"/en/apply/{closed.code}/").content


def test_the_start_page_shows_the_door_to_helpers_only(helpers_browser, applicants_browser, call):
    start = f"/en/apply/{call.code}/"
    assertContains(helpers_browser.get(start), url(call))
    assert url(call).encode() not in applicants_browser.get(start).content


def test_a_helper_begins_in_the_name_of_a_person(helpers_browser, helper, call, typed):
    response = helpers_browser.post(url(call), typed)
    submission = Submission.objects.get()
    assert response["Location"] == f"/en/my/{submission.token}/"
    assert submission.owner is None
    assert (submission.helper, submission.helper_unit) == (helper, helper.role_assignments.get().unit)
    assert (submission.person_name, submission.phone) == ("Samira", "+995555123456")
    assert submission.language == "ar"
    assert submission.consent_at == clock.now()
    again = helpers_browser.post(url(call), typed)
    assert again["Location"] == response["Location"]
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
        {"email": "nobody"},
        {"name": "x" * 10_000},
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(helpers_browser, call, typed, change):
    response = helpers_browser.post(url(call), {**typed, **change})
    assert response.status_code == 200
    assertContains(response, 'class="summary"')
    if "name" not in change:
        assertContains(response, 'value="Samira"')
    assertContains(response, typed["idempotency_key"])
    assert not Submission.objects.exists()


def test_nobody_helps_for_a_unit_of_others(helpers_browser, helper, call, typed):
    foreign = UnitFactory()
    assert helpers_browser.post(url(call), {**typed, "unit": str(foreign.pk)}).status_code == 200
    with pytest.raises(NotAllowedError):
        help_to_apply(
            call=call,
            helper=helper,
            unit=foreign,
            person=Person(name="Samira", phone="+995555123456"),
            language="ar",
            key=uuid4(),
            arrived=clock.now(),
        )
    assert not Submission.objects.exists()


def test_after_the_deadline_it_says_so(helpers_browser, call, typed):
    with clock.stopped(call.closes_at.replace(year=2027)):
        assertContains(helpers_browser.get(url(call)), "The deadline was")
        refused = helpers_browser.post(url(call), typed)
    assert refused.status_code == 409
    assert not Submission.objects.exists()


def test_a_form_without_a_key_is_not_understood(helpers_browser, call, typed):
    del typed["idempotency_key"]
    assert helpers_browser.post(url(call), typed).status_code == 400
