"""Computers that many people use, one after the other: what one leaves behind opens nothing to the next."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cms.forms.domain.give_claim_code import give_claim_code
from cms.forms.enums import Door
from cms.forms.models import Submission
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
