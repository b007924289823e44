"""Seats kept for somebody who is still writing: for a while, honoured, and never blocking a date."""

from datetime import timedelta

import pytest

from cms.events import seats
from cms.events.domain.keep_seats import FIRST, LONGEST, keep_longer, keep_seats
from cms.events.enums import OccurrenceStatus
from cms.events.kinds import RegistrationKind
from cms.events.models import Hold
from cms.forms.domain.errors import NotNowError
from tests.events.factories import make_date, make_draft, register
from tests.events.places import tick
from tests.forms.factories import fill, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


def keep(draft, people=1):
    return keep_seats(submission=draft, people=people)


def state(draft):
    draft.registration.refresh_from_db()
    return draft.registration.state


# --- Nothing is kept ------------------------------------------------------------------------------


def test_while_somebody_waits_newcomers_keep_nothing():
    date = make_date(capacity=3)
    register(date, names=["A", "B"])
    register(date, names=["C", "D"])
    assert keep(make_draft(date)) is None
    assert not Hold.objects.exists()


def test_nothing_is_kept_where_seats_have_no_limit():
    assert keep(make_draft(make_date(capacity=None))) is None


@pytest.mark.parametrize("status", [OccurrenceStatus.POSTPONED, OccurrenceStatus.CANCELLED])
def test_nothing_is_kept_of_a_date_that_takes_nobody(status):
    date = make_date(status=status)
    assert keep(make_draft(date)) is None


def test_what_was_sent_keeps_nothing_more():
    registration = register(make_date())
    with pytest.raises(NotNowError):
        keep(registration.submission)


def test_a_hundred_drafts_of_one_visitor_leave_half_of_the_seats_to_others():
    date = make_date(capacity=10)
    kept = [keep(make_draft(date)) for _each in range(100)]
    assert sum(hold.seats for hold in kept if hold) == 5
    assert [register(date).state for _each in range(5)] == ["confirmed"] * 5
    assert register(date).state == "waitlisted"


def test_and_after_an_hour_nothing_is_left_of_them(stopped_clock):
    date = make_date(capacity=2)
    drafts = [make_draft(date) for _each in range(5)]
    assert [bool(keep(draft)) for draft in drafts] == [True, False, False, False, False]
    first, waiting = register(date), register(date)
    assert (first.state, waiting.state) == ("confirmed", "waitlisted")
    for _quarter in range(3):
        stopped_clock.move(minutes=15)
        keep_longer(submission=drafts[0])
    stopped_clock.move(minutes=15)
    tick()
    assert [keep(draft) for draft in drafts] == [None] * 5  # Somebody is in line, or has the offer.
    waiting.refresh_from_db()
    assert waiting.state == "offered"


# --- How long -------------------------------------------------------------------------------------


def test_twenty_minutes_and_longer_if_asked_but_an_hour_at_most(stopped_clock):
    draft = make_draft(make_date())
    begun = stopped_clock.now
    assert keep(draft).expires_at == begun + FIRST
    for _each in range(5):
        stopped_clock.move(minutes=11)
        hold = keep_longer(submission=draft)
        assert hold.expires_at <= begun + LONGEST
    assert hold.expires_at == hold.ends_at == begun + LONGEST
    stopped_clock.set(hold.expires_at)
    with pytest.raises(NotNowError):
        keep_longer(submission=draft)


def test_saving_again_neither_prolongs_nor_renews(stopped_clock):
    draft = make_draft(make_date())
    first = keep(draft)
    stopped_clock.move(minutes=10)
    assert keep(draft).expires_at == first.expires_at


def test_more_people_keep_more_within_the_same_hour(stopped_clock):
    draft = make_draft(make_date())
    begun = stopped_clock.now
    keep(draft)
    stopped_clock.move(minutes=15)
    hold = keep(draft, 3)
    assert (hold.seats, hold.ends_at, hold.expires_at) == (3, begun + LONGEST, begun + timedelta(minutes=35))
    assert Hold.objects.count() == 1


def test_more_than_there_is_leaves_what_is_kept():
    date = make_date(capacity=4)
    draft = make_draft(date)
    keep(draft, 2)
    assert keep(draft, 4).seats == 2


def test_fewer_people_keep_fewer_and_the_next_one_moves_up():
    date = make_date(capacity=4)
    draft = make_draft(date)
    keep(draft, 2)
    register(date, names=["A", "B"])
    waiting = register(date)
    assert keep(draft, 1).seats == 1
    waiting.refresh_from_db()
    assert waiting.state == "offered"


# --- Honoured -------------------------------------------------------------------------------------


def test_a_kept_seat_is_mine_although_others_wait(stopped_clock):
    date = make_date(capacity=2)
    draft = make_draft(date)
    keep(draft)
    register(date)
    assert register(date).state == "waitlisted"
    stopped_clock.move(minutes=19)
    send(draft)
    assert state(draft) == "confirmed"
    assert not Hold.objects.exists()


def test_a_kept_seat_that_has_run_out_counts_no_more(stopped_clock):
    date = make_date(capacity=2)
    draft = make_draft(date)
    keep(draft)
    register(date)
    waiting = register(date)
    stopped_clock.move(minutes=20)
    assert seats.count(date, at=stopped_clock.now).free == 1
    tick()
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    send(draft)
    assert state(draft) == "waitlisted"


def test_whoever_brings_more_than_was_kept_queues_with_all_and_what_was_kept_goes_on(stopped_clock):
    date = make_date(capacity=4)
    draft = make_draft(date)
    keep(draft, 2)
    register(date, names=["A", "B"])
    waiting = register(date, names=["C", "D"])
    fill(draft, person="E", people=["E", "F", "G"])
    send(draft)
    waiting.refresh_from_db()
    assert (state(draft), waiting.state) == ("waitlisted", "offered")


def test_seats_taken_away_by_the_office_never_take_away_a_kept_one():
    date = make_date(capacity=2)
    draft = make_draft(date)
    keep(draft)
    register(date)
    date.capacity = 1
    date.save()
    send(draft)
    assert state(draft) == "confirmed"


def test_a_seat_that_runs_out_while_it_is_given_is_given_all_the_same(stopped_clock):
    date = make_date(capacity=1, waiting_limit=1)
    draft = make_draft(date)
    until = keep(draft).expires_at
    assert register(date).state == "waitlisted"
    stopped_clock.set(until - timedelta(microseconds=1))
    kind, answers = RegistrationKind(), {"people": ["A"]}
    kind.lock(draft)
    assert kind.check_in_lock(draft, answers) == {}
    stopped_clock.set(until)
    assert kind.send_verb(draft, answers) == "confirm"
