import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.utils import translation

from cms.messages.backend import AttachmentError
from cms.messages.models import Message
from cms.settings import base
from tests.messages.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox():
    return get_connection("cms.messages.backend.OutboxBackend")


def test_settings_send_every_mail_of_a_library_here():
    assert base.EMAIL_BACKEND == "cms.messages.backend.OutboxBackend"


def test_a_mail_with_an_attachment_is_refused_and_nothing_is_written(outbox):
    plain = EmailMessage("Subject", "text", to=["a@example.org"])
    attached = EmailMessage("Subject", "text", to=["a@example.org"])
    attached.attach("list.csv", "a,b", "text/csv")
    with pytest.raises(AttachmentError):
        outbox.send_messages([plain, attached])
    assert not Message.objects.exists()


def test_one_message_a_recipient_and_nobody_sees_the_others(outbox):
    nino = PersonFactory(email="nino@example.org")
    one = EmailMessage(
        "Subject",
        "text",
        to=["Nino <NINO@example.org>", "b@example.org"],
        cc=["c@example.org"],
        bcc=["b@example.org"],
    )
    with translation.override("de"):
        assert outbox.send_messages([one]) == 1
    found = Message.objects.order_by("id").values_list("email", "user", "name", "language", "subject", "body")
    assert list(found) == [
        ("NINO@example.org", nino.pk, nino.name, "de", "Subject", "text\n"),
        ("b@example.org", None, "", "de", "Subject", "text\n"),
        ("c@example.org", None, "", "de", "Subject", "text\n"),
    ]


def test_text_is_kept_or_made_from_html(outbox):
    both = EmailMultiAlternatives("S", "text", to=["a@example.org"])
    both.attach_alternative("<p>html</p>", "text/html")
    only = EmailMessage("S", "<p>html &amp; more</p>", to=["a@example.org"])
    only.content_subtype = "html"
    late = EmailMultiAlternatives("S", "", to=["a@example.org"])
    late.attach_alternative("<p>late</p>", "text/html")
    outbox.send_messages([both, only, late])
    assert list(Message.objects.order_by("id").values_list("body", flat=True)) == [
        "text\n",
        "html & more\n",
        "late\n",
    ]


def test_through_djangos_own_door(outbox, run_jobs):
    send_mail("Subject", "text", None, ["a@example.org"], connection=outbox)
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [["a@example.org"]]
