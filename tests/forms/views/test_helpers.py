"""Helpers: what others have told them is read by nobody who is no helper there any more."""

import pytest
from django.test import Client

from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment
from cms.core import clock
from cms.forms.domain.give_claim_code import give_claim_code
from cms.forms.domain.keep import keep
from cms.forms.domain.send_link import send_link
from cms.forms.models import StepData
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.forms.factories import make_call, make_filled, make_sent
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

NAME = "Zviadi Private"


@pytest.fixture
def hub():
    return UnitFactory(hub=True)


@pytest.fixture
def helper(hub):
    return person_with(Role.HELPER, hub)


@pytest.fixture
def helped(helper, hub):
    facts = {"helper": helper, "helper_unit": hub, "consent_at": clock.now()}
    return make_filled(make_call(), person_name=NAME, language="en", **facts)


def browser_of(person, **proof):
    return sign_in(Client(), person, **proof)


def test_a_helper_goes_on_after_proving_a_second_factor(helper, helped, at):
    proved, unproved = browser_of(helper), browser_of(helper, proven=False)
    assert proved.get(at("tasks", helped)).status_code == 200
    assert NAME in proved.get(at("mine")).content.decode()
    for address in (at("tasks", helped), at("step", helped, "budget"), at("mine")):
        response = unproved.get(address)
        assert "/2fa/" in response["Location"]
        assert NAME not in response.content.decode()
    assert NAME not in unproved.post(at("find"), {"reference": "X"}).content.decode()


def test_what_a_helper_sends_without_proof_is_kept_and_not_saved(helper, helped, at):
    unproved = browser_of(helper, proven=False)
    before = list(StepData.objects.order_by("pk").values())
    response = unproved.post(at("step", helped, "project"), {"project-title": "Typed meanwhile", "serial": 1})
    assert response.status_code == 302
    assert list(StepData.objects.order_by("pk").values()) == before
    sign_in(unproved, helper)
    assert "Typed meanwhile" in unproved.get(at("step", helped, "project")).content.decode()


@pytest.mark.parametrize("role_elsewhere", [True, False])
def test_a_role_that_was_taken_or_moved_opens_nothing(helper, helped, at, role_elsewhere):
    RoleAssignment.objects.filter(user=helper).delete()
    if role_elsewhere:
        RoleAssignment.objects.create(user=helper, unit=UnitFactory(hub=True), role=Role.HELPER)
    browser = browser_of(type(helper).objects.get(pk=helper.pk))
    assert browser.get(at("tasks", helped)).status_code == 404
    assert NAME not in browser.get(at("mine")).content.decode()


def test_what_somebody_has_taken_into_their_account_is_theirs_alone(helper, helped, at):
    keep(submission=helped, by=UserFactory())
    browser = browser_of(helper)
    assert browser.get(at("tasks", helped)).status_code == 404
    assert NAME not in browser.get(at("mine")).content.decode()


@pytest.mark.parametrize("theirs", [True, False])
def test_codes_and_links_of_before_are_worth_nothing_if_it_is_surely_theirs(at, theirs):
    sent = make_sent(make_call(), language="en")
    code = give_claim_code(submission=sent, by=None)
    send_link(submission=sent, email="nino@example.org")
    keep(submission=sent, by=UserFactory(email="Nino@example.org" if theirs else "other@example.org"))
    assert sent.resume_links.exists() != theirs
    found = Client().post(at("find"), {"reference": sent.reference, "code": code})
    assert found.status_code == (200 if theirs else 302)
    assert ("We find nothing" in found.content.decode()) == theirs
