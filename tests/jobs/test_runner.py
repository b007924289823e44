import logging
from datetime import timedelta

import pytest
from django.db import transaction

from cms.core import clock
from cms.jobs import runner
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.jobs.outbox import enqueue
from cms.jobs.registry import GiveUp, RetryLater
from cms.jobs.runner import run_due
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db

errors_expected = pytest.mark.expects_error_log("cms.jobs")


def raising(error):
    def handler(**_args):
        raise error

    return handler


# --- What is not run --------------------------------------------------------------------------


def test_unknown_kinds_and_newer_arguments_wait(notes):
    JobFactory(kind="test.of_a_later_release")
    JobFactory(version=2)
    assert run_due() == 0
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.QUEUED, 0)}


def test_what_is_not_due_waits(notes, stopped_clock):
    enqueue("test.note", after=timedelta(minutes=1))
    assert run_due() == 0
    stopped_clock.move(minutes=1)
    assert run_due() == 1


def test_a_leased_job_is_left_alone(notes):
    JobFactory(running=True)
    assert run_due() == 0
    assert notes == []


@pytest.mark.parametrize("state", ["done", "dead"])
def test_what_is_over_is_over(notes, state):
    JobFactory(**{state: True})
    assert run_due() == 0


def test_a_lane_runs_its_own_jobs_only(notes):
    JobFactory(lane=Lane.LATER)
    assert run_due(Lane.NOW) == 0
    assert run_due(Lane.LATER) == 1


def test_a_limit_and_a_stop_end_the_round(notes):
    JobFactory.create_batch(4)
    assert run_due(limit=1) == 1
    assert run_due(stop=lambda: len(notes) == 3) == 2
    assert run_due() == 1


# --- What is run ------------------------------------------------------------------------------


def test_jobs_run_in_order_with_their_arguments(notes, stopped_clock):
    for number in range(3):
        enqueue("test.note", number=number)
    assert run_due() == 3
    assert notes == [{"number": 0}, {"number": 1}, {"number": 2}]
    assert set(Job.objects.values_list("state", "attempts", "lease", "lease_until", "finished_at")) == {
        (JobState.DONE, 1, None, None, stopped_clock.now)
    }


def test_a_job_may_enqueue_the_next(handle, notes):
    handle("test.first", lambda: enqueue("test.note", after_first=True))
    enqueue("test.first")
    assert run_due() == 2
    assert notes == [{"after_first": True}]


def test_a_lease_outlasts_the_time_out(handle, stopped_clock, settings):
    handle("test.slow", print, timeout=timedelta(minutes=3))
    enqueue("test.slow")
    job = runner.claim()
    assert job.lease_until == stopped_clock.now + timedelta(minutes=3) + settings.JOBS_LEASE_MARGIN
    assert runner.claim() is None


def test_an_idle_look_writes_nothing(notes, django_assert_num_queries):
    with django_assert_num_queries(2) as seen:
        assert run_due() == 0
    assert all(query["sql"].startswith("SELECT") for query in seen.captured_queries)


@pytest.mark.parametrize("rows", [1, 60])
def test_a_job_costs_the_same_however_many_wait(notes, django_assert_num_queries, rows):
    JobFactory.create_batch(rows)
    with django_assert_num_queries(7):  # look twice, savepoint, claim, lease, release, done
        assert run_due(limit=1) == 1


# --- Failure ----------------------------------------------------------------------------------


@errors_expected
def test_an_unexpected_error_backs_off_and_names_nobody(handle, stopped_clock, caplog):
    handle("test.fails", raising(ValueError("nino@example.org")))
    enqueue("test.fails")
    assert run_due() == 1
    job = Job.objects.get()
    assert (job.state, job.attempts, job.lease) == (JobState.QUEUED, 1, None)
    assert job.error.startswith("ValueError at tests/jobs/test_runner.py:")
    assert timedelta(seconds=7) < job.run_after - stopped_clock.now <= timedelta(seconds=10)
    assert "nino" not in caplog.text + job.error
    assert "Traceback" not in caplog.text


@errors_expected
def test_attempts_run_out(handle, stopped_clock):
    handle("test.fails", raising(ValueError()), max_attempts=3)
    enqueue("test.fails")
    for _attempt in range(5):
        run_due()
        stopped_clock.move(hours=2)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.DEAD, 3)
    assert job.finished_at is not None


def test_retry_later_waits_as_told_and_is_no_error(handle, stopped_clock, caplog):
    handle("test.busy", raising(RetryLater(timedelta(minutes=5), "The mail server is busy.")))
    enqueue("test.busy")
    run_due()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 1, "The mail server is busy.")
    assert job.run_after == stopped_clock.now + timedelta(minutes=5)
    assert caplog.records == []


def test_retry_later_without_a_span_backs_off(handle, stopped_clock):
    handle("test.busy", raising(RetryLater()))
    enqueue("test.busy")
    run_due()
    assert stopped_clock.now < Job.objects.get().run_after <= stopped_clock.now + timedelta(seconds=10)


@errors_expected
def test_give_up_is_the_end_at_once(handle, stopped_clock):
    handle("test.hopeless", raising(GiveUp("The mailbox does not exist.")))
    enqueue("test.hopeless")
    assert run_due() == 1
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (JobState.DEAD, 1, "The mailbox does not exist.")


def test_waits_grow_to_an_hour_and_differ():
    spans = [[runner.backoff(attempt) for _try in range(20)] for attempt in range(1, 12)]
    assert all(max(span) <= timedelta(hours=1) for span in spans)
    assert max(spans[0]) <= timedelta(seconds=10) < timedelta(seconds=20) < min(spans[1])
    assert min(spans[-1]) >= timedelta(minutes=45)
    assert len(set(spans[0])) > 1


@errors_expected
def test_a_failed_job_makes_way_for_the_same_work_queued_meanwhile(handle):
    def fails(**_args):
        enqueue("test.fails", dedupe_key="page:7")
        raise ValueError

    handle("test.fails", fails)
    enqueue("test.fails", dedupe_key="page:7")
    run_due(limit=1)
    queued = Job.objects.filter(state=JobState.QUEUED).order_by("id")
    assert [(job.dedupe_key, job.attempts) for job in queued] == [("", 1), ("page:7", 0)]


# --- Atomic handlers --------------------------------------------------------------------------


@errors_expected
def test_an_atomic_handler_leaves_nothing_behind_when_it_fails(handle):
    def half(**_args):
        JobFactory(kind="test.trace")
        raise ValueError

    handle("test.half", half, atomic=True)
    enqueue("test.half")
    run_due()
    assert not Job.objects.filter(kind="test.trace").exists()
    assert Job.objects.get(kind="test.half").state == JobState.QUEUED


def lose_the_lease(**_args):
    """What happens when a job takes longer than it may: somebody else leases it."""
    JobFactory(kind="test.trace")
    Job.objects.filter(kind="test.slow").update(lease="00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize(("atomic", "traces"), [(True, 0), (False, 1)])
def test_a_lost_lease_settles_nothing(handle, atomic, traces, caplog):
    handle("test.slow", lose_the_lease, atomic=atomic)
    enqueue("test.slow")
    with caplog.at_level(logging.WARNING):
        run_due(limit=1)
    job = Job.objects.get(kind="test.slow")
    assert (job.state, job.finished_at) == (JobState.RUNNING, None)
    assert Job.objects.filter(kind="test.trace").count() == traces
    assert "outlived its lease" in caplog.text


# --- Dead runners -----------------------------------------------------------------------------


def test_an_expired_lease_is_taken_up_again(notes, stopped_clock):
    JobFactory(running=True, args={"number": 1})
    stopped_clock.move(minutes=2)
    assert run_due() == 1
    job = Job.objects.get()
    assert (job.state, job.attempts, notes) == (JobState.DONE, 2, [{"number": 1}])


@errors_expected
def test_a_job_that_kills_every_runner_ends_dead(notes, stopped_clock):
    JobFactory(running=True, attempts=8)
    stopped_clock.move(minutes=2)
    assert run_due() == 1
    assert (Job.objects.get().state, notes) == (JobState.DEAD, [])


def test_the_end_of_the_process_gives_the_attempt_back(handle):
    handle("test.interrupted", raising(SystemExit(0)))
    enqueue("test.interrupted")
    with pytest.raises(SystemExit):
        run_due()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.lease, job.error) == (JobState.QUEUED, 0, None, "")


def test_everything_in_hand_can_be_given_back(handle):
    def end_of_the_process():
        runner.give_back_all()

    handle("test.long", end_of_the_process)
    enqueue("test.long")
    runner.run(runner.claim())
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_only_a_claimed_job_is_run(notes):
    with pytest.raises(ValueError, match="claimed"):
        runner.run(JobFactory())


@pytest.mark.django_db(transaction=True)
def test_a_non_atomic_handler_runs_outside_any_transaction(handle):
    seen = []
    handle("test.mail", lambda: seen.append(transaction.get_connection().in_atomic_block))
    handle("test.rows", lambda: seen.append(transaction.get_connection().in_atomic_block), atomic=True)
    enqueue("test.mail")
    enqueue("test.rows")
    assert run_due() == 2
    assert seen == [False, True]


def test_whereabouts_names_our_own_line():
    try:
        clock.stopped("x").__enter__()
    except AttributeError as error:
        found = runner.whereabouts(error)
    assert found.startswith("AttributeError at cms/core/clock.py:")
    assert runner.whereabouts(ValueError("x")) == "ValueError"
