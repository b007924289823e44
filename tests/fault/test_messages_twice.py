"""Several senders want the same message at the same moment: it is sent once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from cms.jobs.registry import RetryLater
from cms.messages.channels.mail import MailChannel
from cms.messages.domain.send import send
from cms.messages.enums import MessageState
from cms.messages.models import Message
from tests.messages.factories import MessageFactory

pytestmark = pytest.mark.django_db(transaction=True)

SENDERS = 6


@pytest.fixture
def sent(monkeypatch):
    """The Message-IDs that reached a mail server which takes its time."""
    ids = []

    def slow(self, mails):
        time.sleep(0.3)
        ids.extend(mail.extra_headers["Message-ID"] for mail in mails)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    return ids


def at_once(function):
    """Call a function in six threads at the same moment; return the answers."""
    start = threading.Barrier(SENDERS)

    def one(_number):
        start.wait(10)
        try:
            return function()
        except RetryLater:
            return "later"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SENDERS) as pool:
        return list(pool.map(one, range(SENDERS)))


def test_six_senders_send_it_once(sent):
    for _round in range(5):
        message = MessageFactory(queued=True)
        answers = at_once(lambda: send(message_id=message.pk))  # noqa: B023 - called in this round
        assert sent == [f"<{message.message_id}>"]
        assert sorted(map(str, answers)) == ["None", *["later"] * (SENDERS - 1)]
        message.refresh_from_db()
        assert (message.state, message.attempts) == (MessageState.SENT, 1)
        sent.clear()


def test_negative_control_without_the_claim_it_is_sent_six_times(sent):
    message = MessageFactory(queued=True)

    def careless():
        if Message.objects.get(pk=message.pk).state == MessageState.QUEUED:
            MailChannel().deliver(message)
            Message.objects.update(state=MessageState.SENT)

    at_once(careless)
    assert len(sent) > 1
