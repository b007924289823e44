"""Changing who comes, after sending: fewer let others in, more never get past those who wait."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from cms.core import clock
from cms.core.partial import PartialDate
from cms.events import seats
from cms.events.enums import OccurrenceStatus
from cms.events.enums import RegistrationState as State
from cms.events.kinds import RegistrationKind
from cms.forms.domain.errors import IncompleteError, NotNowError
from cms.forms.domain.withdraw import may_withdraw
from tests.events.factories import make_date, register
from tests.events.places import accept, amend, cancel, fresh, full, refusal, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    with override("en"):
        yield stopped_clock


def test_fewer_people_let_the_next_one_move_up_in_the_same_transaction():
    date = make_date(capacity=2)
    pair = register(date, names=["A", "B"])
    waiting = register(date)
    amend(pair, "A")
    assert states(pair, waiting) == ["confirmed", "offered"]
    assert (pair.seats, [one.name for one in pair.attendees.all()]) == (1, ["A"])


def test_a_smaller_group_on_the_list_may_fit_and_keeps_its_place():
    date = make_date(capacity=3)
    register(date, names=["A", "B"])
    group = register(date, names=["C", "D"])
    place = group.queued_at
    amend(group, "C")
    assert states(group) == ["offered"]
    assert (group.seats, group.queued_at) == (1, place)


def test_more_people_need_free_seats_and_nobody_in_line():
    date = make_date(capacity=3)
    alone = register(date)
    amend(alone, "A", "B", "C")
    assert (states(alone), alone.seats) == (["confirmed"], 3)
    other = make_date(capacity=3)
    alone, pair = register(other), register(other, names=["C", "D"])
    with pytest.raises(IncompleteError) as error:
        amend(alone, "A", "B")
    assert "no seat for a further person" in " ".join(refusal(error))
    amend(pair, "C")
    amend(alone, "A", "B")
    assert seats.count(other, at=clock.now()).confirmed == 3


def test_nobody_brings_more_people_past_those_who_wait():
    date = make_date(capacity=4)
    alone = register(date)
    register(date, names=["A", "B"])
    group = register(date, names=["C", "D"])
    with pytest.raises(IncompleteError):
        amend(alone, "E", "F")  # A seat is free, but the group waits for it.
    assert states(alone, group) == ["confirmed", "waitlisted"]
    assert alone.seats == 1


def test_who_has_an_offer_may_come_with_fewer_but_not_with_more():
    date, (first, second) = full(2)
    pair, behind = register(date, names=["A", "B"]), register(date)
    cancel(first)
    cancel(second)
    with pytest.raises(IncompleteError):
        amend(pair, "A", "B", "C")
    amend(pair, "A")
    assert states(pair, behind) == ["offered", "offered"]
    accept(pair)
    assert (states(pair), pair.seats) == (["confirmed"], 1)


def test_whoever_has_more_seats_than_there_are_now_still_mends_a_name():
    date = make_date(capacity=3)
    group = register(date, names=["A", "B", "C"])
    date.capacity = 2
    date.save()
    amend(group, "A", "B", "D")
    assert [one.name for one in group.attendees.all()] == ["A", "B", "D"]
    with pytest.raises(IncompleteError):
        amend(group, "A", "B", "D", "E")


def test_after_the_closing_nobody_further_comes_but_names_can_be_mended(stopped_clock):
    date = make_date(on=PartialDate(2026, 3, 10), closes_wall=clock.now().replace(tzinfo=None))
    stopped_clock.move(hours=-5)
    alone = register(date)
    stopped_clock.move(hours=10)
    with pytest.raises(IncompleteError) as error:
        amend(alone, "A", "B")
    assert refusal(error) == ["Registration is closed: no further person can join."]
    amend(alone, "B")
    assert alone.attendees.get().name == "B"


def test_when_answers_can_still_be_changed(stopped_clock):
    date, (first,) = full(on=PartialDate(2026, 3, 10))
    kind = RegistrationKind()
    submission = fresh(first)
    until = date.cancel_until
    assert kind.may_amend(submission, until)
    assert not kind.may_amend(submission, until + timedelta(microseconds=1))
    for state in State:
        submission.registration.state = state
        assert kind.may_amend(submission, until) is (state in {"confirmed", "waitlisted", "offered"})
    submission.registration.state = State.CONFIRMED
    submission.registration.occurrence.status = OccurrenceStatus.CANCELLED
    assert not kind.may_amend(submission, until)


def test_nobody_cancels_what_is_over(stopped_clock):
    registration = register(make_date(on=PartialDate(2026, 3, 10)))
    stopped_clock.set(registration.occurrence.ends_at)
    assert not may_withdraw(fresh(registration))
    with pytest.raises(NotNowError):
        cancel(registration)
    stopped_clock.move(microseconds=-1)
    cancel(registration)
    assert states(registration) == ["cancelled_by_person"]
