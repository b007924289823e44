import logging
import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse
from django.utils import translation

from cms.core import clock
from cms.messages.adapter import NOTICES, SECRETS
from cms.messages.models import Message
from tests.messages.factories import PersonFactory

pytestmark = pytest.mark.django_db

CODE = "4711-0815"


@pytest.fixture
def adapter(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    request.session = {}
    with context.request_context(request):
        yield get_adapter(request)


def sent(run_jobs):
    run_jobs()
    return mail.outbox


@pytest.mark.parametrize("prefix", [*SECRETS, "account/email/password_reset_code"])
def test_codes_and_links_are_secret_and_expire_with_the_code(
    adapter, prefix, stopped_clock, caplog, run_jobs
):
    caplog.set_level(logging.DEBUG)
    values = {"code": CODE, "signup_url": f"http://localhost:8000/{CODE}", "user": None}
    adapter.send_mail(prefix, "nino@example.org", values)
    message = Message.objects.get()
    assert (message.secret, message.subject, message.body) == (True, "", "")
    assert message.expires_at == clock.now() + timedelta(seconds=600)
    [mail_out] = sent(run_jobs)
    assert mail_out.subject
    if prefix != "account/email/account_already_exists":
        assert CODE in mail_out.body
    message.refresh_from_db()
    assert message.sealed == ""
    assert CODE not in caplog.text
    assert "nino" not in caplog.text


def test_every_notice_of_allauth_has_a_sentence(adapter, run_jobs):
    folder = Path(allauth.__file__).parent / "templates"
    notices = {
        str(path.relative_to(folder)).removesuffix("_message.txt")
        for area in ("account", "mfa")
        for path in folder.glob(f"{area}/email/*_message.txt")
        if "base_notification.txt" in path.read_text()
    }
    assert notices | {"account/email/second_factor_reset"} == set(NOTICES)
    for prefix in notices:
        adapter.send_mail(prefix, "nino@example.org", {"timestamp": clock.now(), "ip": "203.0.113.9"})
    assert not Message.objects.filter(secret=True).exists()
    assert len(sent(run_jobs)) == len(notices)
    assert not [body for body in Message.objects.values_list("body", flat=True) if "203.0.113.9" in body]


def test_in_the_persons_language_or_that_of_the_page(adapter):
    nino = PersonFactory(email="nino@example.org", preferred_language="it")
    with translation.override("de"):
        adapter.send_mail("account/email/login_code", "NINO@example.org", {"code": CODE})
        adapter.send_mail("account/email/unknown_account", "who@example.org", {"signup_url": "x"})
    found = Message.objects.order_by("id").values_list("user", "name", "language", "unit")
    assert list(found) == [(nino.pk, nino.name, "it", None), (None, "", "de", None)]


def test_a_notice_to_an_old_address_is_in_the_language_of_who_changed_it(adapter, rf):
    nino = PersonFactory(preferred_language="it")
    request = rf.get("/")
    request.user = nino
    with context.request_context(request):
        adapter.send_mail("account/email/email_changed", "old@example.org", {})
    assert Message.objects.get().language == "it"


def test_signing_in_sends_a_code_in_the_persons_language(client, run_jobs):
    nino = PersonFactory(preferred_language="en")
    nino.emailaddress_set.create(email=nino.email, verified=True, primary=True)
    page = client.post(reverse("account_login"), {"login": nino.email})
    assert page.status_code == 302, page.content.decode()
    [mail_out] = sent(run_jobs)
    assert (mail_out.to, mail_out.subject) == ([nino.email], "Your code to sign in")
    code = re.search(r"^    (\S+)$", mail_out.body, re.MULTILINE).group(1)
    assert client.post(page.url, {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(nino.pk)
    message = Message.objects.get(user=nino)
    assert (message.state, message.sealed, message.body) == ("sent", "", "")
