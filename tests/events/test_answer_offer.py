"""Offers: when their clock starts, until when they stand, and what becomes of them."""

from datetime import time, timedelta

import pytest

from cms.accounts.enums import Role
from cms.core.partial import PartialDate
from cms.events.deadlines import GRACE
from cms.events.domain.answer_offer import lapse_offer, reach_offer, rejoin
from cms.events.domain.promote import OFFER
from cms.events.enums import OccurrenceStatus
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.models import StateChange
from cms.jobs.runner import run_due
from cms.messages.channels import CHANNELS, TemporaryError
from cms.messages.domain.bounce import bounce
from cms.messages.domain.reach import give_up, miss, reach
from cms.messages.domain.resend import resend
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from tests.accounts.factories import UserFactory, person_with
from tests.events.factories import make_date, register
from tests.events.places import accept, cancel, fresh, full, states, tick, told

pytestmark = pytest.mark.django_db

MAIL = {"email": "nino@example.org"}
PHONE = {"phone": "+995 322 12 34 56"}
TWO_DAYS = timedelta(days=2)
MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


def offered(typed=None, **fields):
    """Return a date, and somebody on its list to whom a seat has just been offered."""
    date, (first,) = full(**fields)
    waiting = register(date, typed=MAIL if typed is None else typed)
    cancel(first)
    assert states(waiting) == ["offered"]
    return date, waiting


def officer(date):
    return person_with(Role.EVENT_MANAGER, date.event.unit)


def clock_of(registration):
    """Return when an offer has reached its person, and until when it stands."""
    registration.refresh_from_db()
    return registration.reached_at, registration.offer_ends_at


# --- The clock ------------------------------------------------------------------------------------


def test_a_mail_starts_the_clock_when_it_was_sent(stopped_clock):
    _date, waiting = offered()
    assert clock_of(waiting) == (None, None)
    stopped_clock.move(hours=3)
    run_due()
    assert clock_of(waiting) == (stopped_clock.now, stopped_clock.now + TWO_DAYS)


def test_an_offer_whose_mail_never_goes_out_does_not_lapse(stopped_clock, monkeypatch):
    def down(_message):
        raise TemporaryError("down")

    monkeypatch.setattr(CHANNELS[Channel.MAIL], "deliver", down)
    _date, waiting = offered()
    for _day in range(10):
        stopped_clock.move(days=1)
        tick()
    assert (states(waiting), clock_of(waiting)) == (["offered"], (None, None))


def test_somebody_without_an_address_is_rung_and_the_clock_starts_with_the_call(stopped_clock):
    date, waiting = offered(typed=PHONE)
    task, staff = told(waiting, OFFER).get(), officer(date)
    assert (task.channel, task.state) == (Channel.CALL, MessageState.OPEN)
    for _day in range(5):
        stopped_clock.move(days=1)
        miss(message=task, by=staff)
        tick()
    assert (states(waiting), clock_of(waiting)) == (["offered"], (None, None))
    reach(message=task, by=staff, note="Asks her sister.")
    begun = stopped_clock.now
    stopped_clock.move(minutes=5)
    tick()
    assert clock_of(waiting) == (begun, begun + TWO_DAYS)


def test_without_any_way_to_reach_somebody_the_offer_waits_for_the_office():
    date, waiting = offered(typed={})
    give_up(message=told(waiting, OFFER).get(channel=Channel.CALL), by=officer(date))
    tick()
    assert (states(waiting), clock_of(waiting)) == (["offered"], (None, None))


def test_being_told_twice_changes_nothing(stopped_clock):
    date, waiting = offered()
    run_due()
    before = clock_of(waiting)
    stopped_clock.move(hours=5)
    resend(message=told(waiting, OFFER).get(), by=officer(date))
    run_due()
    reach_offer(submission=fresh(waiting), at=stopped_clock.now)
    assert (told(waiting, OFFER).count(), clock_of(waiting)) == (2, before)


def test_a_mail_that_came_back_tells_nobody_and_the_clock_starts_anew_with_the_call(stopped_clock):
    date, waiting = offered(typed={**MAIL, **PHONE})
    run_due()
    staff = officer(date)
    stopped_clock.move(hours=1)
    bounce(message=told(waiting, OFFER).get(), by=staff)
    run_due()
    assert clock_of(waiting) == (None, None)
    stopped_clock.move(days=3)
    tick()
    assert states(waiting) == ["offered"]
    reach(message=told(waiting, OFFER).get(channel=Channel.CALL), by=staff)
    run_due()
    assert clock_of(waiting) == (stopped_clock.now, stopped_clock.now + TWO_DAYS)


def test_a_mail_that_came_back_after_the_seat_was_taken_changes_nothing(stopped_clock):
    date, waiting = offered(typed={**MAIL, **PHONE})
    run_due()
    accept(waiting)
    bounce(message=told(waiting, OFFER).get(), by=officer(date))
    run_due()
    assert clock_of(waiting)[0] == stopped_clock.now
    assert states(waiting) == ["confirmed"]


def test_a_call_about_an_earlier_offer_does_not_start_the_clock_of_a_later_one(stopped_clock):
    date, waiting = offered(typed=PHONE)
    staff, earlier = officer(date), told(waiting, OFFER).get()
    reach(message=earlier, by=staff)  # The job that starts the clock comes only after all that follows.
    lapse_offer(submission=fresh(waiting), by=staff)
    stopped_clock.move(minutes=1)
    rejoin(submission=fresh(waiting), by=None)
    assert states(waiting) == ["offered"]
    run_due()
    assert clock_of(waiting) == (None, None)


def test_other_messages_start_no_clock():
    date, waiting = offered(typed=PHONE)
    other = Message.objects.create(
        channel=Channel.CALL,
        template="forms/noted",
        language="ka",
        about=waiting.submission,
        state=MessageState.OPEN,
        unit=date.event.unit,
    )
    reach(message=other, by=officer(date))
    run_due()
    assert clock_of(waiting) == (None, None)


# --- Accepting --------------------------------------------------------------------------------------


def test_accepting_gives_the_seat_once_with_the_link_in_their_language():
    link = "https://meet.example/room"
    date, (first,) = full(online=True, online_link=link)
    waiting = register(date, language="it", typed=MAIL)
    cancel(first)
    run_due()
    for _twice in range(2):
        accept(waiting)
    assert states(waiting) == ["confirmed"]
    message = told(waiting, "events/accepted").get()
    assert (message.language, link in message.body) == ("it", True)
    assert StateChange.objects.filter(submission=waiting.submission, verb="accept").count() == 1


def test_whoever_has_no_address_is_not_rung_to_hear_what_they_have_said():
    _date, waiting = offered(typed=PHONE)
    accept(waiting)
    cancel(waiting)
    assert not told(waiting, "events/accepted").exists()
    assert not told(waiting, "events/cancelled").exists()


def test_the_last_moment_counts_even_if_the_turn_comes_later(stopped_clock):
    _date, waiting = offered()
    run_due()
    ends = clock_of(waiting)[1]
    stopped_clock.set(ends + GRACE - MOMENT)
    tick()  # Whoever pressed the button in time still waits for their turn.
    with pytest.raises(NotNowError):
        accept(waiting, arrived=ends + MOMENT)
    accept(waiting, arrived=ends)
    assert states(waiting) == ["confirmed"]


def test_too_late_is_too_late_whether_somebody_has_looked_or_not(stopped_clock):
    _date, waiting = offered()
    run_due()
    stopped_clock.move(days=2, microseconds=1)
    with pytest.raises(NotNowError):
        accept(waiting)
    stopped_clock.move(minutes=1)
    tick()
    assert states(waiting) == ["lapsed"]
    with pytest.raises(NotNowError):
        accept(waiting)


def test_nothing_is_accepted_that_nobody_has_offered():
    date, (first,) = full()
    waiting = register(date)
    with pytest.raises(NotNowError):
        accept(waiting)
    cancel(first)
    cancel(waiting)
    with pytest.raises(NotNowError):
        accept(waiting)
    assert states(first, waiting) == ["cancelled_by_person"] * 2


@pytest.mark.parametrize("status", [OccurrenceStatus.POSTPONED, OccurrenceStatus.CANCELLED])
def test_a_date_that_is_off_takes_nobody_and_its_offers_stand_still(status, stopped_clock):
    date, waiting = offered()
    run_due()
    date.status = status
    date.save()
    with pytest.raises(NotNowError):
        accept(waiting)
    stopped_clock.move(days=5)
    tick()
    assert states(waiting) == ["offered"]


def test_an_offer_near_the_date_ends_with_its_beginning(stopped_clock):
    date, waiting = offered(typed=PHONE, on=PartialDate(2026, 3, 2), begins=time(15), ends=time(17))
    stopped_clock.set(date.starts_at - timedelta(minutes=20))
    reach(message=told(waiting, OFFER).get(), by=officer(date))
    run_due()
    assert clock_of(waiting)[1] == date.starts_at
    accept(waiting, arrived=date.starts_at - MOMENT)
    assert states(waiting) == ["confirmed"]


# --- Lapsing ----------------------------------------------------------------------------------------


def test_a_lapsed_offer_goes_to_the_next_and_both_are_told_in_their_language(stopped_clock):
    date, (first,) = full()
    one = register(date, language="de", typed=MAIL)
    two = register(date, language="en", typed={"email": "ann@example.org"})
    cancel(first)
    run_due()
    stopped_clock.move(days=2, minutes=1)
    tick()
    assert states(one, two) == ["lapsed", "offered"]
    assert told(one, "events/lapsed").get().language == "de"
    assert told(two, OFFER).get().language == "en"
    assert StateChange.objects.get(verb="lapse").by is None


def test_an_offer_that_never_reached_anybody_lapses_when_it_begins_and_nobody_is_rung(stopped_clock):
    date, waiting = offered(typed=PHONE, on=PartialDate(2026, 3, 4))
    behind = register(date)
    stopped_clock.set(date.starts_at + GRACE)
    tick()
    assert states(waiting, behind) == ["lapsed", "waitlisted"]
    assert not told(waiting, "events/lapsed").exists()
    with pytest.raises(NotNowError):
        rejoin(submission=fresh(waiting), by=None)


def test_on_a_day_without_hours_offers_stand_until_it_is_over(stopped_clock):
    date, waiting = offered(typed=PHONE, on=PartialDate(2026, 3, 4), begins=None, ends=None)
    stopped_clock.set(date.starts_at + timedelta(hours=12))
    tick()
    assert states(waiting) == ["offered"]
    stopped_clock.set(date.ends_at + GRACE)
    tick()
    assert states(waiting) == ["lapsed"]


def test_only_who_works_on_it_gives_an_offer_on():
    date, waiting = offered()
    behind = register(date)
    strangers = [UserFactory(), person_with(Role.EVENT_MANAGER, make_date().event.unit)]
    for stranger in [*strangers, person_with(Role.EDITOR, date.event.unit)]:
        with pytest.raises(NotAllowedError):
            lapse_offer(submission=fresh(waiting), by=stranger)
    staff = officer(date)
    lapse_offer(submission=fresh(waiting), by=staff)
    assert states(waiting, behind) == ["lapsed", "offered"]
    with pytest.raises(NotNowError):
        lapse_offer(submission=fresh(waiting), by=staff)


# --- Queueing again ---------------------------------------------------------------------------------


def test_whoever_queues_again_stands_at_the_end():
    date, waiting = offered()
    behind = [register(date) for _each in range(2)]
    lapse_offer(submission=fresh(waiting), by=None)
    assert states(waiting, *behind) == ["lapsed", "offered", "waitlisted"]
    for _twice in range(2):
        rejoin(submission=fresh(waiting), by=None)
    cancel(behind[0])
    assert states(waiting, behind[1]) == ["waitlisted", "offered"]
    cancel(behind[1])
    assert states(waiting) == ["offered"]
    assert told(waiting, OFFER).count() == 2


def test_a_second_offer_has_a_clock_of_its_own(stopped_clock):
    _date, waiting = offered()
    run_due()
    stopped_clock.move(days=3)
    tick()
    rejoin(submission=fresh(waiting), by=None)  # The seat is still free: it is offered at once.
    assert (states(waiting), clock_of(waiting)) == (["offered"], (None, None))
    run_due()
    assert clock_of(waiting)[1] == stopped_clock.now + TWO_DAYS


def test_a_full_list_takes_nobody_back():
    date, waiting = offered(waiting_limit=1)
    lapse_offer(submission=fresh(waiting), by=None)
    assert [register(date).state for _twice in range(2)] == ["confirmed", "waitlisted"]
    with pytest.raises(NotNowError):
        rejoin(submission=fresh(waiting), by=None)


def test_a_group_that_fits_nowhere_any_more_does_not_queue_for_ever():
    date, taken = full(2)
    group = register(date, names=["A", "B"])
    for registration in taken:
        cancel(registration)
    lapse_offer(submission=fresh(group), by=None)
    date.capacity = 1
    date.save()
    with pytest.raises(NotNowError):
        rejoin(submission=fresh(group), by=None)


def test_only_who_has_let_an_offer_lapse_queues_again():
    date, (first,) = full()
    waiting, gone = register(date), register(date)
    cancel(gone)
    place = waiting.queued_at
    rejoin(submission=fresh(waiting), by=None)  # A repeat keeps the place.
    for registration in (first, gone):
        with pytest.raises(NotNowError):
            rejoin(submission=fresh(registration), by=None)
    assert states(first, waiting, gone) == ["confirmed", "waitlisted", "cancelled_by_person"]
    assert waiting.queued_at == place
