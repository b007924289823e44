import smtplib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from cms.core import clock
from cms.jobs.models import Job
from cms.jobs.registry import RetryLater
from cms.messages.domain.compose import Recipient, compose
from cms.messages.domain.expire import expire
from cms.messages.domain.send import PATIENCE, TIMEOUT, send
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from tests.messages.factories import MessageFactory, UnitFactory, secret_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """Make the mail server raise: `server(error)`; None lets it accept again."""
    answers = []
    accept = EmailBackend.send_messages

    def send_messages(self, mails):
        if answers and answers[-1]:
            raise answers[-1]
        return accept(self, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return answers.append


REFUSED = smtplib.SMTPRecipientsRefused({"nino@example.org": (550, b"nino@example.org unknown")})
BUSY = smtplib.SMTPRecipientsRefused({"nino@example.org": (451, b"later, nino@example.org")})


def test_mail_as_it_leaves():
    unit = UnitFactory(name="Tbilisi office", email="tbilisi@khidi.example")
    message = MessageFactory(queued=True, unit=unit, language="ar", name="Nino", email="nino@example.org")
    send(message_id=message.pk)
    [sent] = mail.outbox
    assert sent.from_email == "Tbilisi office <office@khidi.example>"
    assert (sent.to, sent.reply_to) == (["nino@example.org"], ["tbilisi@khidi.example"])
    raw = sent.message()
    assert raw["Message-ID"] == f"<{message.message_id}>"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert raw["Content-Language"] == "ar"
    assert sent.body == message.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="ar" dir="rtl">' in html
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (MessageState.SENT, 1, "")
    assert message.sent_at


@pytest.mark.parametrize("name", ["Büro “A”, B; C", 'x"\nBcc: all@example.org', "ოფისი"])
def test_no_name_of_a_unit_breaks_the_header(name):
    send(message_id=MessageFactory(queued=True, unit=UnitFactory(name=name)).pk)
    raw = mail.outbox[0].message()
    assert raw["Bcc"] is None
    assert "office@khidi.example" in raw["From"]


def test_sent_once_however_often_the_job_runs():
    message = MessageFactory(queued=True)
    send(message_id=message.pk)
    send(message_id=message.pk)
    send(message_id=message.pk + 1)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "noted"),
    [
        (BUSY, "451 SMTPRecipientsRefused"),
        (smtplib.SMTPDataError(452, b"full"), "452 SMTPDataError"),
        (smtplib.SMTPAuthenticationError(535, b"user secret"), "535 SMTPAuthenticationError"),
        (smtplib.SMTPSenderRefused(550, b"who?", "office@khidi.example"), "550 SMTPSenderRefused"),
        (smtplib.SMTPServerDisconnected("gone"), "SMTPServerDisconnected"),
        (ConnectionRefusedError(111, "refused"), "ConnectionRefusedError"),
        (TimeoutError("slow"), "TimeoutError"),
    ],
)
def test_what_may_pass_is_tried_again(server, stopped_clock, error, noted):
    server(error)
    message = MessageFactory(queued=True)
    with pytest.raises(RetryLater) as refused:
        send(message_id=message.pk)
    assert (refused.value.after, refused.value.reason) == (PATIENCE[0], noted)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (MessageState.QUEUED, 1, noted)
    server(None)
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (MessageState.SENT, 2, "")


def test_waits_grow_and_end_in_a_dead_letter_with_a_call_task(server):
    server(BUSY)
    message = MessageFactory(queued=True)
    waits = []
    for _attempt in PATIENCE:
        with pytest.raises(RetryLater) as refused:
            send(message_id=message.pk)
        waits.append(refused.value.after)
    assert waits == sorted(PATIENCE)
    send(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.DEAD
    assert Message.objects.get(channel=Channel.CALL).resend_of == message


@pytest.mark.parametrize(
    ("error", "noted"),
    [(REFUSED, "550 SMTPRecipientsRefused"), (smtplib.SMTPDataError(554, b"spam"), "554 SMTPDataError")],
)
def test_what_is_refused_for_good_becomes_a_dead_letter_and_a_call_task(server, error, noted):
    server(error)
    unit = UnitFactory()
    message = MessageFactory(queued=True, phone="+995 555", unit=unit, about=unit, language="ka")
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.DEAD, noted)
    task = Message.objects.get(channel=Channel.CALL)
    same = (
        "name",
        "phone",
        "language",
        "unit_id",
        "about_id",
        "about_type_id",
        "subject",
        "body",
        "template",
    )
    assert [getattr(task, name) for name in same] == [getattr(message, name) for name in same]
    assert (task.state, task.resend_of, task.message_id != message.message_id) == (
        MessageState.OPEN,
        message,
        True,
    )


def test_nobody_is_rung_for_a_secret_or_an_unknown_person(server):
    server(REFUSED)
    for message in (secret_message("4711"), MessageFactory(queued=True, name="", user=None)):
        send(message_id=message.pk)
    assert set(Message.objects.values_list("state", "channel", "sealed")) == {
        (MessageState.DEAD, Channel.MAIL, "")
    }


def test_an_address_that_cannot_be_written_is_a_dead_letter():
    message = MessageFactory(queued=True, email="nino@exa mple\n.org")
    send(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.DEAD
    assert "nino" not in message.error


def test_a_secret_that_no_key_opens_is_a_dead_letter(settings):
    message = secret_message("4711")
    settings.SECRET_KEY = "another"  # noqa: S105 - only here
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.DEAD, "Unreadable")


def test_a_secret_survives_a_change_of_key(settings):
    message = secret_message("4711")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    send(message_id=message.pk)
    assert "4711" in mail.outbox[0].body


def test_an_expired_code_is_not_sent_and_its_text_goes(stopped_clock):
    message = secret_message("4711", expires_at=clock.now() + timedelta(minutes=10))
    stopped_clock.move(minutes=10)
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.sealed, mail.outbox) == (MessageState.EXPIRED, "", [])


def test_a_code_is_tried_in_haste_until_it_expires(server, stopped_clock):
    server(BUSY)
    message = secret_message("4711", expires_at=clock.now() + timedelta(minutes=10))
    attempts = 0
    while Message.objects.get().state == MessageState.QUEUED:
        with pytest.raises(RetryLater) as later:
            send(message_id=message.pk)
        attempts += 1
        assert timedelta(0) < later.value.after <= timedelta(seconds=30)
        stopped_clock.move(seconds=later.value.after.total_seconds())
        if clock.now() >= message.expires_at:
            send(message_id=message.pk)
    assert Message.objects.get().state == MessageState.EXPIRED
    assert attempts > 15


def test_a_link_for_thirty_days_is_sent_with_patience(server, stopped_clock):
    server(BUSY)
    message = secret_message("4711", expires_at=clock.now() + timedelta(days=30))
    for wait in PATIENCE:
        with pytest.raises(RetryLater) as later:
            send(message_id=message.pk)
        assert later.value.after == wait
        stopped_clock.move(seconds=wait.total_seconds())
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.sealed) == (MessageState.DEAD, "")


def test_no_wait_outlasts_the_message(server, stopped_clock):
    server(BUSY)
    message = MessageFactory(queued=True, attempts=9, expires_at=clock.now() + timedelta(hours=2))
    with pytest.raises(RetryLater) as later:
        send(message_id=message.pk)
    assert later.value.after == timedelta(hours=2)


def test_expire_finds_what_no_job_will(stopped_clock):
    soon = clock.now() + timedelta(minutes=10)
    waiting = secret_message("4711", expires_at=soon)
    sending = secret_message(
        "4711",
        expires_at=soon,
        state=MessageState.SENDING,
        claim=uuid4(),
        claimed_until=clock.now() + timedelta(minutes=11),
    )
    later = secret_message("4711", expires_at=clock.now() + timedelta(hours=1))
    MessageFactory(expires_at=soon)
    stopped_clock.move(minutes=10)
    assert expire() == 1
    stopped_clock.move(minutes=1)
    assert expire() == 1
    for message, state in ((waiting, "expired"), (sending, "expired"), (later, "queued")):
        message.refresh_from_db()
        assert (message.state, bool(message.sealed)) == (state, state == "queued")


def test_a_message_being_sent_is_left_to_its_sender_until_the_claim_runs_out(stopped_clock):
    message = MessageFactory(
        state=MessageState.SENDING, claim=uuid4(), claimed_until=clock.now() + TIMEOUT, attempts=1
    )
    with pytest.raises(RetryLater) as refused:
        send(message_id=message.pk)
    assert refused.value.after > TIMEOUT
    assert mail.outbox == []
    stopped_clock.set(clock.now() + TIMEOUT)
    send(message_id=message.pk)
    assert [sent.message()["Message-ID"] for sent in mail.outbox] == [f"<{message.message_id}>"]


def test_who_has_lost_the_claim_writes_nothing(monkeypatch):
    message = MessageFactory(queued=True)
    other = uuid4()

    def slow(self, mails):
        Message.objects.update(claim=other)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.claim) == (MessageState.SENDING, other)


def test_a_message_whose_sender_always_dies_ends_as_a_dead_letter():
    message = MessageFactory(queued=True, attempts=len(PATIENCE) + 1)
    send(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.DEAD, "Interrupted")
    assert mail.outbox == []
    assert Message.objects.filter(channel=Channel.CALL).exists()


def test_job_waits_as_long_as_the_message(server, run_jobs):
    server(BUSY)
    compose(
        template="test", recipient=Recipient(name="Nino", email="nino@example.org", language="en"), context={}
    )
    run_jobs()
    job = Job.objects.get(kind="messages.send")
    assert job.error == "451 SMTPRecipientsRefused"
    assert "nino" not in job.error
    server(None)
    with clock.shifted(timedelta(minutes=1)):
        run_jobs()
    assert len(mail.outbox) == 1
