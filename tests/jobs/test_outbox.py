from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from cms.core import clock
from cms.jobs import waker
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def woken(monkeypatch):
    lanes = []
    monkeypatch.setattr(waker, "wake", lanes.append)
    return lanes


def test_a_kind_nobody_handles_is_refused():
    with pytest.raises(ImproperlyConfigured, match="Nobody handles"):
        enqueue("test.unheard_of")


def test_arguments_must_be_json(notes):
    with pytest.raises(TypeError):
        enqueue("test.note", moment=datetime.now(tz=UTC))


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_job_and_wakes_nobody(notes, woken):
    with transaction.atomic():
        enqueue("test.note")
        transaction.set_rollback(True)
    assert (Job.objects.count(), woken) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_runners_are_woken_after_the_commit(notes, woken):
    with transaction.atomic():
        enqueue("test.note")
        assert woken == []
    assert woken == [Lane.NOW]


def test_a_job_is_written_as_its_handler_says(handle, stopped_clock):
    handle("test.mail", print, lane=Lane.LATER, upcasters=(dict,))
    enqueue("test.mail", message_id=5, after=timedelta(minutes=2))
    job = Job.objects.get()
    assert (job.kind, job.version, job.args, job.lane) == ("test.mail", 2, {"message_id": 5}, Lane.LATER)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert job.run_after == stopped_clock.now + timedelta(minutes=2)


def test_a_job_may_wait_for_a_moment_and_wakes_nobody(notes, woken, django_capture_on_commit_callbacks):
    moment = clock.now() + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("test.note", after=moment)
    assert Job.objects.get().run_after == moment
    assert woken == []


def test_a_key_is_queued_once(notes):
    for number in range(3):
        enqueue("test.note", dedupe_key="page:7", number=number)
    enqueue("test.note", dedupe_key="page:8")
    assert [job.args for job in Job.objects.order_by("id")] == [{"number": 0}, {}]


@pytest.mark.parametrize("state", ["running", "done", "dead"])
def test_a_job_that_has_begun_does_not_stand_for_a_new_one(notes, state):
    JobFactory(dedupe_key="page:7", **{state: True})
    enqueue("test.note", dedupe_key="page:7")
    assert Job.objects.filter(dedupe_key="page:7", state=JobState.QUEUED).count() == 1
