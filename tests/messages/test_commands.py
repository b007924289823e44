import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from cms.messages.checks import mail_leaves_the_machine
from cms.messages.models import Message


def test_says_in_one_line_that_the_mail_was_taken(db):
    out = io.StringIO()
    call_command("send_test_mail", "nino@example.org", "--language=de", stdout=out)
    assert out.getvalue().startswith("locmem took the mail after 0.")
    assert out.getvalue().count("\n") == 1
    assert [sent.to for sent in mail.outbox] == [["nino@example.org"]]
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["nino", "", "a@b", "x\n@example.org"])
def test_no_address(address):
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("send_test_mail", address)


@pytest.mark.parametrize(("mode", "says"), [("550", "550 SMTPRecipients"), ("refuse", "ConnectionRefused")])
def test_says_why_it_was_not_taken(settings, smtp_sink, mode, says):
    settings.SMTP = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": smtp_sink.port,
    }
    smtp_sink.mode = mode
    with pytest.raises(CommandError, match=says) as refused:
        call_command("send_test_mail", "nino@example.org")
    assert "nino" not in str(refused.value)


def test_a_real_site_that_prints_its_mail_is_refused(settings):
    assert mail_leaves_the_machine() == []
    settings.SMTP = {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    assert [error.id for error in mail_leaves_the_machine()] == ["messages.E001"]
