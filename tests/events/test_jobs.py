"""Every minute time runs out for somebody, whoever looks or not."""

import pytest

from cms.core import clock
from cms.events import jobs, queries
from cms.events.domain.keep_seats import keep_seats
from cms.events.enums import EventState
from cms.events.models import Hold, Occurrence
from cms.forms.domain.errors import BusyError
from cms.jobs import schedule
from cms.jobs.models import Job
from cms.jobs.runner import run_due
from tests.events.factories import make_date, make_draft, register
from tests.events.places import cancel, full, states, tick

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


def due():
    return list(queries.with_due_work(clock.now()))


def test_it_is_looked_every_minute():
    assert schedule.scheduled()["events.tidy"].total_seconds() == 60


def test_where_nothing_runs_out_nothing_is_done():
    date, (first,) = full()
    register(date)
    cancel(first)
    keep_seats(submission=make_draft(make_date()), people=1)
    register(make_date())
    jobs.tidy_all()
    assert due() == []
    assert not Job.objects.filter(kind="events.tidy_one").exists()


def test_holds_that_have_run_out_go(stopped_clock):
    date = make_date()
    keep_seats(submission=make_draft(date), people=2)
    stopped_clock.move(minutes=20)
    assert due() == [date]
    tick()
    assert not Hold.objects.exists()
    assert due() == []


def test_idle_seats_are_found_however_they_became_free():
    date, _taken = full()
    waiting = register(date)
    Occurrence.objects.filter(pk=date.pk).update(capacity=2)  # By hand.
    tick()
    assert states(waiting) == ["offered"]


def test_a_date_that_is_announced_again_lets_people_move_up():
    date, (first,) = full()
    waiting = register(date)
    date.event.state = EventState.DRAFT
    date.event.save()
    cancel(first)
    tick()
    assert states(waiting) == ["waitlisted"]
    date.event.state = EventState.LIVE
    date.event.save()
    tick()
    assert states(waiting) == ["offered"]


def test_a_busy_date_is_tidied_a_moment_later(stopped_clock, monkeypatch):
    date = make_date()
    keep_seats(submission=make_draft(date), people=2)
    stopped_clock.move(minutes=20)

    def busy(**_date):
        raise BusyError

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "tidy", busy)
        tick()
    assert Job.objects.get(kind="events.tidy_one").error == "busy"
    assert Hold.objects.exists()
    stopped_clock.move(minutes=5)
    run_due()
    assert not Hold.objects.exists()


def test_a_date_that_is_gone_needs_nothing():
    jobs.tidy_one(occurrence=0)


def test_one_date_is_queued_once_however_often_somebody_looks(stopped_clock):
    date = make_date()
    keep_seats(submission=make_draft(date), people=2)
    stopped_clock.move(minutes=20)
    jobs.tidy_all()
    jobs.tidy_all()
    assert Job.objects.filter(kind="events.tidy_one").count() == 1
    assert date.holds.count() == 1
