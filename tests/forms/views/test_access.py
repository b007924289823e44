"""Nobody reads or writes what is not theirs; whoever may be the owner is led to sign in."""

import uuid

import pytest
from django.test import Client

from cms.forms.views.access import HELD
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_sent, make_upload
from tests.sessions import sign_in

PAGES = ["tasks", "check", "receipt"]


@pytest.fixture
def stranger(db):
    return sign_in(Client(), UserFactory(), proven=False)


def addresses(at, submission, upload):
    return [
        *(at(name, submission) for name in PAGES),
        at("step", submission, "project"),
        at("sent", submission, 1),
        at("file", submission, upload.token),
    ]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_strangers_find_nothing(stranger, filled, at, method):
    for address in addresses(at, filled, make_upload(filled)):
        refused = {404} if method == "get" else {404, 405}
        assert getattr(stranger, method)(address).status_code in refused, address


def test_visitors_are_led_to_sign_in_whether_there_is_something_or_not(client, filled, at):
    for address in addresses(at, filled, make_upload(filled)):
        response = client.get(address)
        assert response.status_code == 302
        assert "/account/login/?next=/en/my/" in response["Location"]
    nowhere = at("tasks", filled).replace(str(filled.token), str(uuid.uuid4()))
    assert "/account/login/?next=" in client.get(nowhere)["Location"]


def test_a_held_token_opens_one_submission_and_no_other(client, filled, draft, at):
    session = client.session
    session[HELD] = [str(filled.token)]
    session.save()
    assert client.get(at("tasks", filled)).status_code == 200
    assert client.get(at("tasks", draft)).status_code == 302


def test_staff_without_a_part_in_it_find_nothing(filled, at, client):
    superuser = UserFactory(superuser=True)
    assert sign_in(client, superuser).get(at("tasks", filled)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_kept_by_nobody(browser, filled, at, name):
    header = browser.get(at(name, filled))["Cache-Control"]
    assert "no-store" in header
    assert "private" in header


def test_a_draft_has_no_receipt_and_no_sent_answers(browser, filled, at):
    assert browser.get(at("receipt", filled))["Location"] == at("tasks", filled)
    assert browser.get(at("sent", filled, 1)).status_code == 404


def test_what_was_sent_is_no_draft_any_more(browser, person, at):
    sent = make_sent(owner=person, language="en")
    assert browser.get(at("check", sent))["Location"] == at("receipt", sent)
    assert browser.get(at("receipt", sent)).status_code == 200


@pytest.mark.parametrize(
    ("name", "arguments", "method"),
    [
        ("tasks", (), "post"),
        ("receipt", (), "post"),
        ("sent", (1,), "post"),
        ("check", (), "put"),
        ("step", ("project",), "put"),
        ("step", ("project",), "delete"),
        ("step", ("project",), "options"),
    ],
)
def test_other_methods_are_refused(browser, filled, at, name, arguments, method):
    assert getattr(browser, method)(at(name, filled, *arguments)).status_code == 405
