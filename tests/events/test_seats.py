"""Who gets a seat: counted from facts, nobody overtakes, and nobody blocks a date."""

from datetime import timedelta

import pytest

from cms.events import seats
from cms.events.enums import RegistrationState, Room
from cms.events.models import Hold
from cms.events.seats import Seats
from tests.events.factories import make_date, make_draft, make_event, register
from tests.forms.factories import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


def hold(date, people, now, minutes=20, draft=None):
    return Hold.objects.create(
        occurrence=date,
        submission=draft or make_draft(date),
        seats=people,
        expires_at=now + timedelta(minutes=minutes),
        ends_at=now + timedelta(hours=1),
    )


# --- Counting -----------------------------------------------------------------------------------


def test_everything_is_counted_in_people_and_apart_from_other_dates(stopped_clock):
    date, other = make_date(capacity=6), make_date(capacity=1)
    register(date, names=["A", "B", "C"])
    register(date, names=["D"])
    register(date, names=["E", "F", "G"])  # Does not fit: two seats are left.
    register(other)
    hold(date, 1, stopped_clock.now)
    make_draft(date)
    found = seats.count_all([date, other], at=stopped_clock.now)
    assert found[date.pk] == Seats(capacity=6, confirmed=4, held=1, waiting=3)
    assert found[other.pk] == Seats(capacity=1, confirmed=1)
    assert (found[date.pk].free, found[other.pk].free) == (1, 0)


def test_two_questions_however_many_dates(stopped_clock, django_assert_num_queries):
    event = make_event()
    dates = [make_date(event) for _each in range(5)]
    with django_assert_num_queries(2):
        seats.count_all(dates, at=stopped_clock.now)


def test_a_hold_counts_until_it_has_expired_and_not_for_its_own_draft(stopped_clock):
    date = make_date(capacity=3)
    mine = hold(date, 2, stopped_clock.now)
    before, at = mine.expires_at - timedelta(microseconds=1), mine.expires_at
    assert seats.count(date, at=before).held == 2
    assert seats.count(date, at=at).held == 0
    assert seats.count(date, at=before, but=mine.submission).held == 0


@pytest.mark.parametrize(
    "state", [state for state in RegistrationState if state.value not in seats.COUNTED.values()]
)
def test_whoever_is_out_takes_nothing(state, stopped_clock):
    date = make_date(capacity=3)
    registration = register(date)
    registration.state = state
    registration.save()
    assert seats.count(date, at=stopped_clock.now).free == 3


# --- Rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "room"),
    [
        (Seats(capacity=None), Room.FREE),
        (Seats(capacity=None, waiting=1), Room.WAITING),
        (Seats(capacity=100, confirmed=89), Room.FREE),
        (Seats(capacity=100, confirmed=90), Room.FEW),
        (Seats(capacity=20, confirmed=14), Room.FREE),
        (Seats(capacity=20, confirmed=15), Room.FEW),
        (Seats(capacity=20, confirmed=10, offered=5, held=4), Room.FEW),
        (Seats(capacity=20, confirmed=10, offered=5, held=5), Room.WAITING),
        (Seats(capacity=5, confirmed=3, waiting=3), Room.WAITING),
        (Seats(capacity=5, confirmed=3, waiting=6, stuck=6), Room.FREE),
        (Seats(capacity=5, confirmed=7), Room.WAITING),
        (Seats(capacity=5, confirmed=5, waiting_limit=0), Room.NONE),
        (Seats(capacity=5, confirmed=5, waiting=2, waiting_limit=2), Room.NONE),
        (Seats(capacity=5, confirmed=4, waiting=2, waiting_limit=2), Room.NONE),
        (Seats(capacity=5, confirmed=5, waiting=1, waiting_limit=2), Room.WAITING),
        (Seats(capacity=5, waiting_limit=0), Room.FREE),
        (Seats(capacity=8, confirmed=6), Room.FEW),
        (Seats(capacity=3, confirmed=2), Room.FEW),
        (Seats(capacity=0), Room.WAITING),
    ],
)
def test_what_somebody_who_comes_alone_is_told(left, room):
    assert left.room == room


@pytest.mark.parametrize(
    ("left", "people", "may"),
    [
        (Seats(capacity=10), 5, True),
        (Seats(capacity=10), 6, False),
        (Seats(capacity=10, held=4), 1, True),
        (Seats(capacity=10, held=5), 1, False),
        (Seats(capacity=10, confirmed=9), 1, True),
        (Seats(capacity=10, confirmed=7), 2, True),
        (Seats(capacity=10, confirmed=8, held=1), 1, False),
        (Seats(capacity=10, confirmed=10), 1, False),
        (Seats(capacity=10, waiting=1), 1, False),
        (Seats(capacity=10, waiting=11, stuck=11), 1, True),
        (Seats(capacity=None), 1, False),
    ],
)
def test_all_kept_seats_together_are_at_most_half_of_what_is_left(left, people, may):
    assert left.may_keep(people) is may


def test_more_people_than_seats_is_told_and_never_below_zero():
    assert (Seats(capacity=3, confirmed=4, offered=1).over, Seats(capacity=3, confirmed=2, held=3).over) == (
        2,
        0,
    )
    assert Seats(capacity=None, confirmed=9).over == 0


# --- The list -----------------------------------------------------------------------------------


def test_priority_goes_first_then_who_has_waited_longest():
    date = make_date(capacity=1)
    register(date)
    first, second, third = (register(date) for _each in range(3))
    third.priority = 1
    third.save()
    assert list(seats.queue(date)) == [third, first, second]


def test_the_order_is_that_of_sending_even_in_the_same_microsecond():
    date = make_date(capacity=1)
    early, late = make_draft(date), make_draft(date)
    register(date)
    for draft in (late, early):  # Begun earlier, sent later: places go by sending.
        send(draft)
    assert [waiting.submission for waiting in seats.queue(date)] == [late, early]


def test_a_clock_that_runs_behind_lets_nobody_overtake(stopped_clock):
    date = make_date(capacity=1)
    register(date)
    first = register(date)
    stopped_clock.move(seconds=-2)  # Another server's clock.
    second = register(date)
    assert list(seats.queue(date)) == [first, second]


def test_a_group_waits_for_its_seats_together_and_everybody_behind_it():
    date = make_date(capacity=4)
    register(date, names=["A", "B"])
    group = register(date, names=["C", "D", "E"])
    alone = register(date)
    assert (group.state, alone.state) == ("waitlisted", "waitlisted")
    assert seats.in_turn(date, Seats(capacity=4, confirmed=2)) == []
    assert seats.in_turn(date, Seats(capacity=4, confirmed=1)) == [group]
    assert seats.in_turn(date, Seats(capacity=4)) == [group, alone]
    assert seats.in_turn(date, Seats(capacity=None)) == [group, alone]
    assert seats.in_turn(date, Seats(capacity=4, confirmed=6)) == []


def test_a_group_larger_than_all_seats_holds_up_nobody_and_keeps_its_place(stopped_clock):
    date = make_date(capacity=4)
    register(date, names=["A", "B"])
    group = register(date, names=["C", "D", "E"])
    date.capacity = 2
    date.save()
    alone = register(date)
    assert seats.count(date, at=stopped_clock.now) == Seats(capacity=2, confirmed=2, waiting=4, stuck=3)
    assert seats.in_turn(date, Seats(capacity=2, confirmed=1)) == [alone]
    assert seats.in_turn(date, Seats(capacity=4, confirmed=0)) == [group, alone]


def test_dates_are_locked_in_the_order_of_their_keys():
    event = make_event()
    dates = [make_date(event) for _each in range(3)]
    keys = [date.pk for date in dates]
    assert [date.pk for date in seats.lock(*reversed(keys))] == sorted(keys)
    assert seats.lock_one(keys[0]).event == event


def test_seats_can_be_counted_of_nothing(stopped_clock):
    assert seats.count_all([], at=stopped_clock.now) == {}
    assert seats.count(make_date(capacity=None), at=stopped_clock.now).free is None
