from datetime import timedelta

import pytest
from django.core import mail

from cms.audit.models import Entry
from cms.core import clock
from cms.messages.domain.bounce import bounce
from cms.messages.domain.move import NotNowError
from cms.messages.domain.reach import give_up, message_reached, miss, reach
from cms.messages.domain.resend import resend
from cms.messages.domain.send import send
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from tests.messages.factories import MessageFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return PersonFactory()


@pytest.fixture
def reached():
    """Collect what `message_reached` tells: pairs of message and moment."""
    calls = []

    def receiver(sender, message, at, **_):
        calls.append((message, at))

    message_reached.connect(receiver)
    yield calls
    message_reached.disconnect(receiver)


def audited():
    return list(Entry.objects.order_by("id").values_list("action", "target_id", "actor_id", "unit_id"))


@pytest.mark.parametrize(
    "fields",
    [{"hidden": True}, {"queued": True}, {"call": True}, {"state": MessageState.EXPIRED}],
    ids=["secret", "queued", "call", "expired"],
)
def test_resend_refuses(officer, fields):
    message = MessageFactory(**fields)
    with pytest.raises(NotNowError):
        resend(message=message, by=officer)
    assert (Message.objects.count(), audited()) == (1, [])


def test_resend_writes_a_new_mail_and_the_audit(officer, run_jobs):
    original = MessageFactory(dead=True, about=UnitFactory(), phone="+995 555", language="ka")
    repeat = resend(message=original, by=officer)
    assert repeat.message_id != original.message_id
    same = (
        "name",
        "email",
        "phone",
        "language",
        "unit_id",
        "about",
        "subject",
        "body",
        "template",
        "channel",
    )
    assert [getattr(repeat, name) for name in same] == [getattr(original, name) for name in same]
    assert repeat.resend_of == original
    assert audited() == [("messages.resend", str(original.pk), officer.pk, original.unit_id)]
    run_jobs()
    assert [sent.message()["Message-ID"] for sent in mail.outbox] == [f"<{repeat.message_id}>"]


def test_bounce_makes_a_call_task_once(officer):
    message = MessageFactory(phone="+995 555")
    assert bounce(message=message, by=officer).state == MessageState.UNDELIVERABLE
    with pytest.raises(NotNowError):
        bounce(message=message, by=officer)
    assert Message.objects.get(channel=Channel.CALL).resend_of == message
    assert audited() == [("messages.bounce", str(message.pk), officer.pk, message.unit_id)]


def test_a_secret_mail_that_came_back_rings_nobody(officer):
    bounce(message=MessageFactory(hidden=True), by=officer)
    assert not Message.objects.filter(channel=Channel.CALL).exists()


def test_the_clock_starts_when_the_person_was_reached(officer, reached, run_jobs, stopped_clock):
    task = MessageFactory(call=True, about=UnitFactory())
    miss(message=task, by=officer, note="Nobody there")
    stopped_clock.move(hours=2)
    moment = clock.now()
    done = reach(message=task, by=officer, note="Told her\0")
    stopped_clock.move(hours=1)
    run_jobs()
    assert reached == [(task, moment)]
    assert (done.state, done.reached_at, done.attempts) == (MessageState.REACHED, moment, 2)
    assert done.note == "Nobody there\nTold her"
    assert [action for action, *_ in audited()] == ["messages.miss", "messages.reach"]
    assert "Told her" not in str(list(Entry.objects.values()))


def test_for_a_mail_reached_means_sent(reached, run_jobs, stopped_clock):
    message = MessageFactory(queued=True, about=UnitFactory())
    send(message_id=message.pk)
    moment = clock.now()
    stopped_clock.move(hours=1)
    run_jobs()
    assert reached == [(message, moment)]


@pytest.mark.expects_error_log("cms.jobs")
def test_a_failing_receiver_is_tried_again_and_no_mail_twice(run_jobs, reached, stopped_clock):
    def failing(**_):
        raise LookupError

    message = MessageFactory(queued=True, about=UnitFactory())
    message_reached.connect(failing)
    try:
        send(message_id=message.pk)
        run_jobs()
    finally:
        message_reached.disconnect(failing)
    stopped_clock.set(clock.now() + timedelta(hours=1))
    run_jobs()
    assert len(mail.outbox) == 1
    assert reached[-1][0] == message


def test_giving_up_starts_no_clock(officer, reached, run_jobs):
    task = give_up(message=MessageFactory(call=True, about=UnitFactory()), by=officer, note="Moved away")
    run_jobs()
    assert (task.state, task.reached_at, reached) == (MessageState.GIVEN_UP, None, [])
    with pytest.raises(NotNowError):
        reach(message=task, by=officer)
