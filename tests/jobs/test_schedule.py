from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.jobs import schedule
from cms.jobs.enums import JobState
from cms.jobs.models import Job, Tick
from cms.jobs.runner import run_due
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def minutely(handle, stopped_clock):
    """A kind that is done every minute."""
    handle("test.seal", lambda: None)
    schedule.every("test.seal", MINUTE)


def test_a_kind_nobody_handles_is_refused(handle):
    with pytest.raises(ImproperlyConfigured, match="Nobody handles"):
        schedule.every("test.unheard_of", MINUTE)


def test_an_interval_of_nothing_is_refused(handle):
    handle("test.seal", print)
    with pytest.raises(ImproperlyConfigured, match="interval"):
        schedule.every("test.seal", timedelta())


@pytest.mark.parametrize(
    ("interval", "slot"),
    [
        (timedelta(seconds=5), datetime(2026, 3, 2, 9, 7, 30, tzinfo=UTC)),
        (MINUTE, datetime(2026, 3, 2, 9, 7, tzinfo=UTC)),
        (timedelta(days=1), datetime(2026, 3, 2, tzinfo=UTC)),
    ],
)
def test_slots_are_multiples_of_the_interval(interval, slot):
    assert schedule.slot_of(datetime(2026, 3, 2, 9, 7, 34, 999, tzinfo=UTC), interval) == slot


def test_a_slot_is_enqueued_once_however_often_somebody_ticks(minutely, stopped_clock):
    assert [schedule.tick(), schedule.tick()] == [1, 0]
    stopped_clock.move(seconds=59)
    assert schedule.tick() == 0
    assert [(job.kind, job.args, job.dedupe_key) for job in Job.objects.all()] == [
        ("test.seal", {}, "2026-03-02T09:00:00+00:00")
    ]


def test_the_next_slot_is_a_new_job(minutely, stopped_clock):
    schedule.tick()
    run_due()
    stopped_clock.move(minutes=1)
    assert schedule.tick() == 1
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1


def test_missed_slots_are_not_made_up(minutely, stopped_clock):
    schedule.tick()
    run_due()
    stopped_clock.move(hours=5)
    assert schedule.tick() == 1


def test_a_night_without_workers_leaves_one_job(minutely, stopped_clock):
    for _minute in range(10):
        schedule.tick()
        stopped_clock.move(minutes=1)
    assert Job.objects.count() == 1


def test_a_job_that_backs_off_does_not_hold_up_the_next_slot(minutely):
    JobFactory(kind="test.seal", attempts=3)
    assert schedule.tick() == 1


def test_two_that_tick_at_once_enqueue_one_job(minutely, monkeypatch, stopped_clock):
    """The second has read the table before the first writes."""
    real = Tick.objects.bulk_create

    def beaten(ticks, **options):
        monkeypatch.setattr(Tick.objects, "bulk_create", real)
        assert schedule.tick() == 1
        return real(ticks, **options)

    monkeypatch.setattr(Tick.objects, "bulk_create", beaten)
    assert schedule.tick() == 0
    assert Job.objects.count() == 1


def test_an_idle_tick_is_one_query(minutely, django_assert_num_queries):
    schedule.tick()
    with django_assert_num_queries(1):
        schedule.tick()


def test_a_scheduled_job_that_went_well_leaves_a_moment_and_no_row(minutely, stopped_clock):
    schedule.tick()
    run_due()
    assert not Job.objects.exists()
    assert Tick.objects.get().last_done == stopped_clock.now


def test_a_job_of_a_scheduled_kind_with_arguments_stays(minutely):
    job = JobFactory(kind="test.seal", args={"text": "by hand"}, state=JobState.DONE)
    schedule.tidy_away(job)
    assert Job.objects.get() == job


def test_the_house_has_its_chores():
    chores = {kind: span for kind, span in schedule.scheduled().items() if kind.startswith("jobs.")}
    assert chores == {
        "jobs.prune": timedelta(days=1),
        "jobs.clear_sessions": timedelta(days=1),
        "jobs.publish_scheduled": MINUTE,
    }
