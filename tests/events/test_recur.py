"""Dates of a rule: made once, never against what somebody relies on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from cms.accounts.enums import Role
from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.domain.change_seats import change_seats
from cms.events.domain.recur import recur, rule_of, save_recurrence
from cms.events.domain.save_date import save_date
from cms.events.jobs import recur_all
from cms.events.models import Occurrence, Recurrence
from cms.events.recurrence import Rule
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.jobs.models import Job
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, make_draft, make_event, register

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 11, 1, 9, 0, tzinfo=UTC)
FIRST = datetime(2030, 11, 5, 9, 0)  # noqa: DTZ001 - a wall time


@pytest.fixture(autouse=True)
def november():
    with clock.stopped(NOW):
        yield


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def manager(event):
    return person_with(Role.EVENT_MANAGER, event.unit)


@pytest.fixture
def recurrence(event):
    return Recurrence(event=event, capacity=6)


def tuesdays(**changes):
    fields = {"until": date(2030, 11, 26), "skip": frozenset(), "minutes": 180, "weekdays": (1,), **changes}
    return Rule("weekly", 1, fields.pop("weekdays"), None, FIRST, **fields)


def days():
    return [str(day) for day in Occurrence.objects.order_by("on").values_list("on", flat=True)]


def save(recurrence, rule, by, known=()):
    return save_recurrence(recurrence=recurrence, rule=rule, known=known, by=by)


def test_nobody_else_makes_rules(recurrence, event):
    for person in (person_with(Role.EDITOR, event.unit), person_with(Role.EVENT_MANAGER, UnitFactory())):
        with pytest.raises(NotAllowedError):
            save(recurrence, tuesdays(), person)
    assert not Occurrence.objects.exists()


def test_a_rule_does_not_move_to_another_event(recurrence, manager, event):
    save(recurrence, tuesdays(), manager)
    recurrence.event = make_event(unit=event.unit)
    with pytest.raises(NotAllowedError):
        save(recurrence, tuesdays(), manager)


def test_dates_are_made_once_with_what_the_rule_says(recurrence, manager, event):
    make_date(event)
    done = save(recurrence, tuesdays(skip=frozenset({date(2030, 11, 19)})), manager)
    assert [occurrence.number for occurrence in done.made] == [2, 3, 4]
    first = done.made[0]
    assert (first.on, first.begins, first.ends, first.capacity) == (
        PartialDate(2030, 11, 5),
        time(9),
        time(12),
        6,
    )
    again = recur(recurrence=recurrence)
    assert (again.made, again.changed, again.gone, again.kept) == ([], [], 0, [])
    assert rule_of(recurrence).skip == {date(2030, 11, 19)}


def test_twelve_months_ahead_and_a_day_more_each_night(recurrence, manager):
    done = save(recurrence, tuesdays(until=None), manager)
    assert len(done.made) == 52
    with clock.stopped(NOW + timedelta(days=7)):
        assert len(recur(recurrence=recurrence).made) == 1


def test_nothing_is_made_in_the_past(recurrence, manager):
    with clock.stopped(datetime(2030, 11, 12, 12, 0, tzinfo=UTC)):
        save(recurrence, tuesdays(), manager)
    assert days() == ["2030-11-19", "2030-11-26"]


def test_a_changed_rule_keeps_dates_with_registrations_and_names_them(recurrence, manager):
    made = save(recurrence, tuesdays(), manager).made
    register(made[0])
    make_draft(made[1])
    done = save(recurrence, tuesdays(weekdays=(2,)), manager)
    assert done.kept == [made[0], made[1]]
    assert (done.gone, len(done.made)) == (2, 3)
    assert days() == ["2030-11-05", "2030-11-06", "2030-11-12", "2030-11-13", "2030-11-20"]
    longer = save(recurrence, tuesdays(minutes=240), manager)
    assert longer.kept[:2] == [made[0], made[1]]
    assert Occurrence.objects.get(pk=made[0].pk).ends == time(12)


def test_dates_nobody_relies_on_follow_the_rule(recurrence, manager):
    made = save(recurrence, tuesdays(), manager).made
    done = save(recurrence, tuesdays(minutes=60), manager)
    assert done.changed == made
    changed = Occurrence.objects.get(pk=made[0].pk)
    assert (changed.ends, changed.sequence, changed.uid) == (time(10), 1, made[0].uid)


def test_seats_changed_by_hand_stay(recurrence, manager):
    made = save(recurrence, tuesdays(), manager).made
    change_seats(occurrence=made[0], capacity=20, by=manager)
    recur(recurrence=recurrence)
    assert Occurrence.objects.get(pk=made[0].pk).capacity == 20


def test_what_was_changed_by_hand_is_never_touched_nor_replaced(recurrence, manager):
    made = save(recurrence, tuesdays(), manager).made
    moved = Occurrence.objects.select_related("event").get(pk=made[0].pk)
    moved.on = PartialDate(2030, 11, 7)
    save_date(occurrence=moved, by=manager)
    # An old page still shows no day left out: what was added since stays.
    save(Recurrence.objects.get(), tuesdays(minutes=60), manager)
    assert days() == ["2030-11-07", "2030-11-12", "2030-11-19", "2030-11-26"]
    assert Occurrence.objects.get(pk=made[0].pk).ends == time(12)
    # Whoever takes the day off the list wants a date there again.
    save(Recurrence.objects.get(), tuesdays(minutes=60), manager, known=["2030-11-05"])
    assert days()[0] == "2030-11-05"


def test_each_rule_is_a_job_of_its_own(recurrence, manager):
    save(recurrence, tuesdays(), manager)
    recur_all()
    assert Job.objects.filter(kind="events.recur_one", args={"recurrence": recurrence.pk}).count() == 1


def test_no_date_is_made_beside_another_at_the_same_moment_and_place(recurrence, manager, event):
    with clock.stopped(NOW - timedelta(days=365)):
        save(recurrence, tuesdays(), manager)
    by_hand = make_date(event, on=PartialDate(2030, 11, 12), begins=time(9), ends=time(10))
    elsewhere = make_date(on=PartialDate(2030, 11, 19), begins=time(9), ends=time(10))
    recur(recurrence=recurrence)
    found = Occurrence.objects.exclude(pk=elsewhere.pk)
    assert [str(one.on) for one in found] == ["2030-11-05", "2030-11-12", "2030-11-19", "2030-11-26"]
    assert found.get(on="2030-11-12") == by_hand


def test_a_rule_sent_twice_at_the_same_moment_is_made_once(recurrence, manager, event):
    save(recurrence, tuesdays(), manager)
    with pytest.raises(NotNowError):
        save(Recurrence(event=event, capacity=6), tuesdays(), manager)
    assert Recurrence.objects.count() == 1
    assert len(days()) == 4


def test_an_hour_that_a_night_leaves_out_makes_no_date(manager, event):
    sunday = datetime(2031, 3, 23, 2, 30)  # noqa: DTZ001 - a wall time
    rule = Rule("weekly", 1, (6,), None, sunday, minutes=45, until=date(2031, 4, 6))
    save(Recurrence(event=event, zone="Europe/Berlin"), rule, manager)
    assert days() == ["2031-03-23", "2031-04-06"]
