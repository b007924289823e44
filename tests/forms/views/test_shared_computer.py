"""Computers that many people use, one after the other: what one leaves behind opens nothing to the next."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cms.forms.domain.give_claim_code import give_claim_code
from cms.forms.enums import Door
from cms.forms.models import Submission
from cms.forms.views.access import HELD
from tests.forms.factories import make_call, make_form, make_sent

pytestmark = pytest.mark.django_db


def begin(client, call):
    client.post(reverse("grants:start", args=[call.code]), {"idempotency_key": str(uuid4())})
    return Submission.objects.latest("pk")


@pytest.fixture
def open_call():
    return make_call(form=make_form(door=Door.OPEN))


def copy_of(client):
    """Return a browser with the same cookies: somebody has written them down."""
    other = Client()
    other.cookies = client.cookies.copy()
    return other


def test_whoever_used_the_browser_before_does_not_come_along(client, open_call, at):
    begin(client, open_call)
    before = Client()
    before.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    theirs = begin(client, open_call)
    assert client.get(at("tasks", theirs)).status_code == 200
    assert before.get(at("tasks", theirs)).status_code == 302


def test_a_code_lets_in_until_the_browser_is_closed(client, at):
    sent = make_sent(make_call(), email="", language="en")
    code = give_claim_code(submission=sent, by=None)
    client.post(at("find"), {"reference": sent.reference, "code": code})
    assert client.get(at("status", sent)).status_code == 200
    assert not client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]


def test_a_browser_forgets_what_it_has_come_to(client, open_call, at):
    theirs = begin(client, open_call)
    assert at("leave") in client.get(at("mine")).content.decode()
    response = client.post(at("leave"))
    assert response["Location"].endswith("/my/")
    assert "storage" in response["Clear-Site-Data"]
    assert client.get(at("tasks", theirs)).status_code == 302
    assert at("leave") not in client.get(at("mine")).content.decode()
    assert client.get(at("leave")).status_code == 405


def test_a_code_waits_sealed_and_is_shown_once(client, at):
    sent = make_sent(make_call(), email="", language="en")
    session = client.session
    session[HELD] = [str(sent.token)]
    session.save()
    client.post(at("code", sent))
    rows = [row.get_decoded() for row in Session.objects.all()]
    client.head(at("receipt", sent))
    shown = re.search(
        r"[0-9A-Z]{4}-[0-9A-Z]{4}(?=</span>)", client.get(at("receipt", sent)).content.decode()
    )[0]
    assert shown not in str(rows)
    assert shown not in client.get(at("receipt", sent)).content.decode()
    found = Client().post(at("find"), {"reference": sent.reference, "code": shown})
    assert found["Location"] == at("status", sent)
