"""A mail server that is away, busy, unwilling or asleep."""

import time
from datetime import timedelta
from threading import Event

import pytest

from cms.core import clock
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.runner import run_due
from cms.messages.domain.compose import Recipient, compose
from cms.messages.domain.send import HASTE, PATIENCE
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from tests.servers.ports import wait_until


@pytest.fixture
def sink(smtp_sink, settings):
    """The sink behind settings.SMTP, with a short patience."""
    settings.SMTP = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": smtp_sink.port,
    }
    settings.SMTP_TIMEOUT = 1
    return smtp_sink


def write(*, secret=False, email="nino@example.org"):
    return compose(
        template="account/sign_in_code" if secret else "test",
        recipient=Recipient(name="Nino", email=email, phone="+995 555", language="ka"),
        context={"code": "4711-0815", "minutes": 10},
        secret=secret,
        expires_at=clock.now() + timedelta(minutes=10) if secret else None,
    )


def state(message):
    message.refresh_from_db()
    return (message.state, message.attempts, message.error)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "noted"),
    [
        ("refuse", "ConnectionRefusedError"),
        ("451", "451 SMTPRecipientsRefused"),
        ("stall", "SMTPServerDisconnected"),
    ],
)
@pytest.mark.parametrize(("secret", "wait"), [(False, PATIENCE[0]), (True, HASTE[0])])
def test_tried_again_and_sent_after_recovery(sink, stopped_clock, mode, noted, secret, wait):
    message = write(secret=secret)
    sink.mode = mode
    begun = time.monotonic()
    assert run_due() == 1
    assert time.monotonic() - begun < 4
    assert state(message) == (MessageState.QUEUED, 1, noted)
    job = Job.objects.get()
    assert (job.state, job.run_after, job.error) == (JobState.QUEUED, clock.now() + wait, noted)
    sink.mode = "accept"
    assert run_due() == 0
    stopped_clock.set(clock.now() + wait)
    assert run_due() == 1
    assert state(message) == (MessageState.SENT, 2, "")
    assert [mail["Message-ID"] for mail in sink.messages] == [f"<{message.message_id}>"]


@pytest.mark.django_db
def test_refused_for_good_is_a_dead_letter_and_a_call_task(sink):
    sink.mode = "550"
    message, code = write(), write(secret=True, email="temo@example.org")
    assert run_due() == 2
    for one in (message, code):
        assert state(one) == (MessageState.DEAD, 1, "550 SMTPRecipientsRefused")
        assert one.sealed == ""
    task = Message.objects.get(channel=Channel.CALL)
    assert (task.resend_of, task.state, task.phone) == (message, MessageState.OPEN, "+995 555")
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


@pytest.mark.django_db
def test_what_the_server_gets_is_whole(sink):
    message = write(secret=True)
    run_due(Lane.NOW)
    [received] = sink.received
    assert (received.sender, received.recipients) == ("office@khidi.example", ("nino@example.org",))
    mail = received.message
    assert mail["Message-ID"] == f"<{message.message_id}>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "ka"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "4711-0815" in text
    assert '<bdi class="ref" dir="ltr">4711-0815</bdi>' in html
    assert max(map(len, mail.as_bytes().splitlines())) < 998  # RFC 5322, 2.1.1


def test_a_stalled_server_holds_up_other_mail_and_no_code(site, smtp_sink):
    """The sink answers nothing to ordinary mail; codes go out meanwhile."""
    awake = Event()

    def stall(received):
        if "nino@example.org" in received.recipients:
            awake.wait(20)

    smtp_sink.after_data = stall
    site.environment |= {"SMTP_URL": smtp_sink.url, "SMTP_TIMEOUT": "15"}
    try:
        ordinary = write()
        site.runner()
        smtp_sink.wait_for(1, seconds=60)
        code = write(secret=True, email="temo@example.org")
        sent = Message.objects.filter(pk=code.pk, state=MessageState.SENT)
        assert wait_until(sent.exists, seconds=14), site.logs()
        assert Message.objects.get(pk=ordinary.pk).state == MessageState.SENDING
    finally:
        awake.set()
