"""Nobody but the recipient ever sees a code: a canary is looked for in every place staff can reach."""

import io
import logging
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from cms.core import clock
from cms.jobs.registry import RetryLater
from cms.messages.domain.compose import Recipient, compose
from cms.messages.domain.send import send
from cms.messages.models import Message
from tests.messages.factories import UnitFactory, sign_in, staff

pytestmark = pytest.mark.django_db

CANARY = "QX7-CANARY-93KD"


def dump():
    """Return every value of every table, as a thief of the database would have it."""
    out = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            out += [repr(row) for row in cursor.fetchall()]
    return "\n".join(out)


def secret(unit):
    return compose(
        template="account/sign_in_code",
        recipient=Recipient(name="Nino", email="nino@example.org", phone="+995 555", language="en"),
        context={"code": CANARY, "minutes": 10},
        unit=unit,
        about=unit,
        secret=True,
        expires_at=clock.now() + timedelta(minutes=10),
    )


def break_server(monkeypatch, error):
    def refuse(self, mails):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


@pytest.fixture(params=["queued", "sent", "retried", "dead", "expired"])
def message(request, monkeypatch, stopped_clock):
    """A secret message in each state it can be in."""
    one = secret(UnitFactory())
    if request.param == "sent":
        send(message_id=one.pk)
        assert CANARY in mail.outbox[0].body
    elif request.param == "retried":
        break_server(monkeypatch, smtplib.SMTPDataError(451, f"later {CANARY}".encode()))
        with pytest.raises(RetryLater):
            send(message_id=one.pk)
    elif request.param == "dead":
        break_server(monkeypatch, smtplib.SMTPDataError(554, f"spam {CANARY}".encode()))
        send(message_id=one.pk)
    elif request.param == "expired":
        stopped_clock.move(minutes=11)
        send(message_id=one.pk)
    one.refresh_from_db()
    assert one.state == {"retried": "queued"}.get(request.param, request.param)
    return one


def addresses(message):
    """Return every admin address of the room, and those of jobs and audit."""
    names = ("inspect", "preview", "resend", "bounced")
    yield from (reverse(f"messages:{name}", args=(message.pk,)) for name in names)
    for name in ("messages:index", "messages:index_results", "calls:index", "jobs:index", "audit:index"):
        for query in ("", "?export=csv", "?export=xlsx", "?q=Nino", "?ordering=sealed"):
            yield reverse(name) + query
    yield f"/admin/bulk/cms_messages/message/resend/?id={message.pk}"
    yield f"/admin/bulk/cms_messages/message/resend/?id={message.pk}&next=/"


def test_negative_control_finds_an_ordinary_text(client):
    unit = UnitFactory()
    ordinary = Message.objects.create(
        channel="mail", template="test", language="en", unit=unit, subject=CANARY, body=CANARY, state="sent"
    )
    sign_in(client, staff(unit=None, superuser=True))
    shown = [page for page in addresses(ordinary) if CANARY.encode() in client.get(page).getvalue()]
    assert reverse("messages:inspect", args=(ordinary.pk,)) in shown
    assert reverse("messages:preview", args=(ordinary.pk,)) in shown
    assert CANARY in dump()


@pytest.mark.parametrize("superuser", [False, True])
def test_no_page_of_the_admin_shows_it(client, message, superuser):
    sign_in(client, staff(unit=message.unit, superuser=superuser))
    for page in addresses(message):
        for method in (client.get, client.post):
            assert CANARY.encode() not in method(page).getvalue(), page
    assert not Message.objects.exclude(pk=message.pk).exists()
    assert CANARY not in dump()


def test_no_search_finds_it(client, message):
    sign_in(client, staff(unit=message.unit))
    for query in (CANARY, "code to sign in"):
        page = client.get(reverse("messages:index_results"), {"q": query}).content.decode()
        assert reverse("messages:inspect", args=(message.pk,)) not in page


def test_hidden_is_said(client, message):
    sign_in(client, staff(unit=message.unit))
    page = client.get(reverse("messages:inspect", args=(message.pk,))).content.decode()
    assert "Content hidden" in page
    assert "<iframe" not in page
    assert client.get(reverse("messages:preview", args=(message.pk,))).status_code == 404
    assert client.post(reverse("messages:resend", args=(message.pk,)), follow=True).status_code == 200


def test_no_dump_log_or_error_holds_it(message, caplog, capsys, run_jobs):
    caplog.set_level(logging.DEBUG)
    run_jobs()
    assert CANARY not in dump()
    assert CANARY not in caplog.text
    assert CANARY not in f"{message!r}{message}{message.error}{message.title}"
    assert "nino" not in caplog.text.lower()
    written = io.StringIO()
    call_command("dumpdata", "cms_messages", "cms_jobs", "cms_audit", stdout=written)
    assert CANARY not in written.getvalue()
    out = capsys.readouterr()
    assert CANARY not in out.out + out.err


def test_after_sending_not_even_the_encrypted_text_is_left(run_jobs):
    message = secret(UnitFactory())
    sealed = message.sealed
    assert sealed in dump()
    run_jobs()
    assert CANARY in mail.outbox[0].body
    assert sealed not in dump()
