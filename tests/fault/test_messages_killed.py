"""The sender is killed after the mail server has the mail and before we have noted it.

No database can close that gap: the mail goes out again, under the same Message-ID.
"""

import pytest

from cms.jobs.enums import JobState
from cms.jobs.models import Job
from cms.messages.domain.compose import Recipient, compose
from cms.messages.enums import MessageState
from cms.messages.models import Message
from tests.servers.ports import wait_until


@pytest.fixture(params=["ordinary", "secret"])
def message(request, transactional_db):
    secret = request.param == "secret"
    return compose(
        template="account/sign_in_code" if secret else "test",
        recipient=Recipient(name="Nino", email="nino@example.org", language="ka"),
        context={"code": "4711-0815", "minutes": 10},
        secret=secret,
    )


def kill_once(sink, process):
    """Kill the process, with all it has started, as soon as the first mail has arrived."""

    def kill(_received):
        sink.after_data = None
        process.kill()

    sink.after_data = kill


def assert_sent_again(site, sink, message):
    first, second = sink.wait_for(2, seconds=60)
    assert first["Message-ID"] == second["Message-ID"] == f"<{message.message_id}>"
    assert first["To"] == second["To"] == "nino@example.org"
    done = Message.objects.filter(pk=message.pk, state=MessageState.SENT, attempts=2, sealed="")
    assert wait_until(done.exists, seconds=60), site.logs()
    jobs = Job.objects.filter(kind__startswith="messages.send")
    assert wait_until(lambda: list(jobs.values_list("state", flat=True)) == [JobState.DONE]), site.logs()
    assert "nino" not in site.logs().lower()
    assert "4711-0815" not in site.logs()


def with_mail(site, sink):
    site.environment |= {"SMTP_URL": sink.url, "SMTP_TIMEOUT": "1"}
    return site


def test_a_runner(site, smtp_sink, message):
    runner = with_mail(site, smtp_sink).runner()
    kill_once(smtp_sink, runner)
    assert wait_until(lambda: runner.popen.poll() is not None, seconds=60), site.logs()
    assert Message.objects.get(pk=message.pk).state == MessageState.SENDING
    site.runner()
    assert_sent_again(site, smtp_sink, message)


def test_a_celery_worker(celery_site, smtp_sink, message):
    site = with_mail(celery_site, smtp_sink)
    site.beat()
    worker = site.worker()
    kill_once(smtp_sink, worker)
    assert wait_until(lambda: worker.popen.poll() is not None, seconds=60), site.logs()
    site.worker()
    assert_sent_again(site, smtp_sink, message)
