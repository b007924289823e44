from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cms.core import clock
from cms.jobs.enums import Lane
from cms.jobs.models import Job
from cms.messages.domain.compose import Recipient, compose, render, tidy, write
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from cms.messages.vault import Content, unseal
from tests.messages.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

CODE = "4711-0815"


def recipient(**fields):
    return Recipient(**{"name": "Nino", "email": "nino@example.org", "language": "en"} | fields)


def sign_in_code(**fields):
    arguments = {
        "template": "account/sign_in_code",
        "recipient": recipient(),
        "context": {"code": CODE, "minutes": 10},
        "secret": True,
        "expires_at": clock.now() + timedelta(minutes=10),
    }
    return compose(**arguments | fields)


def test_secret_without_an_address_is_refused():
    with pytest.raises(ValueError, match="nobody may read it out"):
        sign_in_code(recipient=recipient(email="", phone="+995 555"))
    assert not Message.objects.exists()


def test_secret_text_is_unreadable_in_the_row_and_absent_from_the_job():
    message = sign_in_code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cms_messages_message")
        row = cursor.fetchone()
        cursor.execute("SELECT * FROM cms_jobs_job")
        job = cursor.fetchone()
    assert CODE not in f"{row}{job}"
    assert CODE in unseal(message.sealed).body
    assert (message.subject, message.body) == ("", "")
    assert Job.objects.get().args == {"message_id": message.pk}


def test_secret_goes_through_the_fast_lane_and_others_do_not():
    sign_in_code()
    compose(template="test", recipient=recipient(), context={})
    assert list(Job.objects.order_by("id").values_list("kind", "lane")) == [
        ("messages.send_secret", Lane.NOW),
        ("messages.send", Lane.LATER),
    ]


@pytest.mark.django_db(transaction=True)
def test_rollback_leaves_neither_row_nor_job():
    with transaction.atomic():
        compose(template="test", recipient=recipient(), context={})
        transaction.set_rollback(True)
    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


def test_without_an_address_it_becomes_a_call_task_without_a_job():
    unit = UnitFactory()
    message = compose(
        template="test", recipient=recipient(email="", phone="+995 555"), context={}, unit=unit, about=unit
    )
    assert (message.channel, message.state, message.phone) == (Channel.CALL, MessageState.OPEN, "+995 555")
    assert message.about == unit
    assert not Job.objects.exists()


def test_text_is_in_the_recipients_language_with_lazy_labels_and_nothing_escaped():
    at = clock.now()
    change = {"change": _("Yes"), "at": at}
    content = render(
        template="account/notice", recipient=recipient(name="O'Neill & <b>", language="de"), context=change
    )
    assert "O'Neill & <b>" in content.body
    assert "Ja" in content.body
    assert content.body.rstrip().endswith("Khidi")


def test_message_id_is_fixed_at_creation_under_our_own_domain(settings):
    settings.MESSAGE_ID_DOMAIN = "mail.khidi.example"
    message = compose(template="test", recipient=recipient(), context={})
    left, right = message.message_id.split("@")
    assert (len(left), right) == (36, "mail.khidi.example")
    assert Message.objects.get().message_id == message.message_id


def test_bad_input_is_cut_to_what_the_database_keeps():
    message = write(
        template="test",
        recipient=recipient(name="Nino\0\nBcc: all@example.org" + "x" * 300, user=PersonFactory()),
        content=Content("A\nBcc: x\0" + "y" * 300, "one\0\r\n\n\n\n  two  \n"),
    )
    message.refresh_from_db()
    assert message.name.startswith("Nino Bcc: all@example.org")
    assert len(message.name) == 200
    assert message.subject.startswith("A Bcc: xy")
    assert len(message.subject) == 250
    assert message.body == "one\n\n  two\n"


def test_tidy_keeps_the_indent_of_a_code():
    assert tidy(Content("s", "\n\na\n\n\n    CODE \n\n")).body == "a\n\n    CODE\n"
