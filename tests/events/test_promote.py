"""Who moves up, when and in which order; and that nobody does where nobody can come."""

from datetime import time, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from cms.core.partial import PartialDate
from cms.events import seats
from cms.events.domain.keep_seats import keep_seats
from cms.events.domain.promote import OFFER, promote
from cms.events.enums import EventState, OccurrenceStatus
from cms.forms.enums import Phase
from cms.messages.enums import Channel
from cms.messages.models import Message
from tests.events.factories import make_date, make_draft, register
from tests.events.places import cancel, full, states
from tests.forms.factories import fill, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


# --- Nobody moves up where nobody can come --------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"status": OccurrenceStatus.POSTPONED},
        {"status": OccurrenceStatus.CANCELLED},
        {"on": PartialDate(2026, 3, 2), "begins": time(13)},  # Begins at this moment.
        {"on": PartialDate(2030, 11), "begins": None, "ends": None},
    ],
)
def test_not_for_a_date_that_is_off_unknown_or_has_begun(change):
    date, (first,) = full()
    waiting = register(date)
    for name, value in change.items():
        setattr(date, name, value)
    date.save()
    cancel(first)
    assert states(waiting) == ["waitlisted"]
    assert not Message.objects.filter(template=OFFER).exists()


def test_not_while_the_event_is_not_announced():
    date, (first,) = full()
    waiting = register(date)
    date.event.state = EventState.DRAFT
    date.event.save()
    cancel(first)
    assert states(waiting) == ["waitlisted"]


def test_up_to_the_last_moment_and_on_a_day_without_hours_until_its_end(stopped_clock):
    at_one = {"on": PartialDate(2026, 3, 2), "begins": time(13), "ends": time(15)}  # 9:00 UTC
    date, (first,) = full(**at_one, closes_wall=None)
    day, (other,) = full(on=PartialDate(2026, 3, 2), begins=None, ends=None)
    stopped_clock.move(hours=-1)
    waiting, of_day = register(date), register(day)
    stopped_clock.set(date.starts_at - timedelta(microseconds=1))
    cancel(first)
    stopped_clock.set(day.ends_at - timedelta(microseconds=1))
    cancel(other)
    assert states(waiting, of_day) == ["offered", "offered"]


# --- The order ------------------------------------------------------------------------------------


def test_a_seat_that_becomes_free_goes_to_who_waits_longest_in_the_same_transaction():
    date, (first,) = full()
    waiting = [register(date) for _each in range(3)]
    with transaction.atomic():
        cancel(first)
        assert states(*waiting) == ["offered", "waitlisted", "waitlisted"]
        transaction.set_rollback(True)
    assert states(first, *waiting) == ["confirmed", "waitlisted", "waitlisted", "waitlisted"]
    assert not Message.objects.filter(template=OFFER).exists()


def test_priority_overtakes():
    date, (first,) = full()
    waiting, urgent = register(date), register(date)
    urgent.priority = 1
    urgent.save()
    cancel(first)
    assert states(waiting, urgent) == ["waitlisted", "offered"]


def test_nobody_overtakes_a_group_that_waits_for_its_seats():
    date, taken = full(3)
    group, alone = register(date, names=["A", "B"]), register(date)
    cancel(taken[0])
    assert states(group, alone) == ["waitlisted", "waitlisted"]
    newcomer = register(date)
    assert newcomer.state == "waitlisted"  # Although a seat is free.
    cancel(taken[1])
    assert states(group, alone, newcomer) == ["offered", "waitlisted", "waitlisted"]
    cancel(taken[2])
    assert states(group, alone, newcomer) == ["offered", "offered", "waitlisted"]


def test_a_group_that_gives_up_lets_those_behind_it_move_up():
    date, taken = full(3)
    group, alone = register(date, names=["A", "B"]), register(date)
    cancel(taken[0])
    cancel(group)
    assert states(group, alone) == ["cancelled_by_person", "offered"]


def test_a_group_larger_than_all_seats_is_passed_over_until_there_are_more():
    date, taken = full(3)
    group, alone = register(date, names=["A", "B", "C"]), register(date)
    date.capacity = 2
    date.save()
    cancel(taken[0])
    assert states(group, alone) == ["waitlisted", "waitlisted"]  # Two seats, two people.
    cancel(taken[1])
    assert states(group, alone) == ["waitlisted", "offered"]
    newcomer = register(date)
    assert newcomer.state == "waitlisted"  # No seat is left.


def test_without_a_limit_all_move_up_at_once():
    date, _taken = full()
    waiting = [register(date) for _each in range(3)]
    date.capacity = None
    date.save()
    with transaction.atomic():
        assert promote(occurrence=seats.lock_one(date.pk)) == waiting
    assert states(*waiting) == ["offered"] * 3
    assert register(date).state == "confirmed"


def test_seats_that_were_kept_and_not_used_go_to_who_waits(stopped_clock):
    date = make_date(capacity=4)
    register(date)
    draft = make_draft(date, names=["A", "B"])
    assert keep_seats(submission=draft, people=2).seats == 2
    register(date)
    waiting = register(date)
    assert waiting.state == "waitlisted"
    fill(draft, person="A", people=["A"])
    send(draft)
    assert states(draft.registration, waiting) == ["confirmed", "offered"]


# --- What is told -----------------------------------------------------------------------------------


def test_an_offer_is_told_in_the_language_of_the_person_without_the_link():
    date, (first,) = full(online=True, online_link="https://meet.example/secret")
    waiting = register(date, language="de", typed={"email": "lena@example.org"})
    cancel(first)
    message = Message.objects.get(template=OFFER)
    assert (message.language, message.email, message.about) == ("de", "lena@example.org", waiting.submission)
    assert message.channel == Channel.MAIL
    assert "25. November 2030" in message.body
    assert "secret" not in message.body
    assert waiting.submission.reference in message.body
    waiting.refresh_from_db()
    waiting.submission.refresh_from_db()
    assert (waiting.reached_at, waiting.offer_ends_at) == (None, None)
    assert waiting.submission.phase == Phase.WAITING


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(days=30), "within 48 hours"),
        (timedelta(hours=47), "within 23 hours"),
        (timedelta(hours=2), "within one hour"),
        (timedelta(minutes=59), "at once"),
    ],
)
def test_never_more_time_is_promised_than_there_is(before, told, stopped_clock):
    date, (first,) = full()
    register(date, language="en", typed={"email": "ann@example.org"})
    stopped_clock.set(date.starts_at - before)
    cancel(first)
    assert told in Message.objects.get(template=OFFER).body


def test_nobody_is_offered_the_same_seat_twice():
    date, (first,) = full()
    register(date)
    cancel(first)
    with transaction.atomic(), override("en"):
        assert promote(occurrence=seats.lock_one(date.pk)) == []
    assert Message.objects.filter(template=OFFER).count() == 1


def test_a_full_date_with_nobody_waiting_costs_one_count(django_assert_num_queries):
    date, _taken = full()
    with transaction.atomic():
        locked = seats.lock_one(date.pk)
        with django_assert_num_queries(2):
            promote(occurrence=locked)
