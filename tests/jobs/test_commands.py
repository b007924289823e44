import os
import signal
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from cms.core import clock
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from tests.jobs.factories import JobFactory


@pytest.mark.django_db
def test_run_once_runs_what_is_due_and_ends(notes, capsys):
    enqueue("test.note")
    enqueue("test.note", after=timedelta(hours=1))
    call_command("jobs", "run", "--once")
    assert capsys.readouterr().out == "1 jobs run.\n"
    assert len(notes) == 1


@pytest.mark.django_db
def test_run_once_keeps_to_its_lane(handle, notes):
    handle("test.mail", lambda: notes.append("mail"), lane=Lane.LATER)
    enqueue("test.note")
    enqueue("test.mail")
    call_command("jobs", "run", "--once", "--lane", "later")
    assert notes == ["mail"]


@pytest.mark.django_db
def test_sigterm_ends_a_single_run_after_the_job_in_hand(handle):
    handle("test.told_to_stop", lambda: os.kill(os.getpid(), signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    enqueue("test.told_to_stop")
    enqueue("test.told_to_stop")
    call_command("jobs", "run", "--once")
    assert sorted(Job.objects.values_list("state", flat=True)) == [JobState.DONE, JobState.QUEUED]
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.django_db(transaction=True)
def test_sigint_ends_the_service(handle, settings):
    settings.JOBS_POLL = 0.05
    handle("test.told_to_stop", lambda: threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start())
    enqueue("test.told_to_stop")
    call_command("jobs", "run")
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db
def test_a_dead_job_is_retried():
    job = JobFactory(dead=True)
    call_command("jobs", "retry", str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


@pytest.mark.django_db
def test_a_job_that_is_not_dead_is_not_retried():
    with pytest.raises(CommandError, match="is done; only dead"):
        call_command("jobs", "retry", str(JobFactory(done=True).pk))
    with pytest.raises(CommandError, match="no job 0"):
        call_command("jobs", "retry", "0")


@pytest.mark.django_db
def test_prune_says_how_many(capsys):
    with clock.shifted(-timedelta(days=31)):
        JobFactory.create_batch(2, done=True)
    call_command("jobs", "prune")
    assert capsys.readouterr().out == "2 jobs pruned.\n"
