"""Calls that nobody needs to make any more: what they say has been overtaken."""

from datetime import timedelta

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.events.domain.answer_offer import lapse_offer, reach_offer, rejoin
from cms.events.domain.call_off import call_off
from cms.forms.domain.move import move
from cms.jobs.runner import run_due
from cms.messages.domain.bounce import bounce
from cms.messages.domain.move import NotNowError
from cms.messages.domain.reach import reach
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from tests.accounts.factories import person_with
from tests.events.factories import register
from tests.events.places import accept, cancel, fresh, full, states, tick

pytestmark = pytest.mark.django_db

PHONE = {"phone": "+995 322 12 34 56"}


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


@pytest.fixture
def offered():
    """Return somebody whom one has to ring to say that a seat is free."""
    date, (first,) = full(capacity=1)
    waiting = register(date, typed=PHONE)
    cancel(first)
    assert (states(waiting), to_ring(waiting)) == (["offered"], ["offer"])
    return waiting


def to_ring(registration):
    """Return what is still to be said on the telephone."""
    calls = Message.objects.filter(
        about_id=registration.submission_id, channel=Channel.CALL, state=MessageState.OPEN
    )
    return [call.template.removeprefix("events/") for call in calls.order_by("pk")]


def manager(registration):
    return person_with(Role.EVENT_MANAGER, registration.occurrence.event.unit)


def lapse(registration):
    lapse_offer(submission=fresh(registration), by=manager(registration))


def time_is_over(registration, stopped_clock):
    reach_offer(submission=fresh(registration), at=stopped_clock.now)
    stopped_clock.move(days=3)
    tick()


def call_the_date_off(registration, *, postpone=False):
    date = registration.occurrence
    date.refresh_from_db()
    call_off(occurrence=date, by=manager(registration), reason="Rain", postpone=postpone)


def cancelled_by_the_office(registration):
    move(submission=fresh(registration), verb="call_off", by=manager(registration), reason="Full")


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (lapse, ["lapsed"]),
        (accept, []),
        (cancel, []),
        (cancelled_by_the_office, ["called_off"]),
        (call_the_date_off, ["date_off"]),
    ],
)
def test_a_call_about_an_offer_does_not_outlive_it(offered, end, left):
    end(offered)
    assert to_ring(offered) == left
    closed = Message.objects.get(about_id=offered.submission_id, template="events/offer")
    assert closed.state == MessageState.NOT_NEEDED
    with pytest.raises(NotNowError):
        reach(message=closed, by=manager(offered))


def test_time_ends_it_too(offered, stopped_clock):
    time_is_over(offered, stopped_clock)
    assert (states(offered), to_ring(offered)) == (["lapsed"], ["lapsed"])


def test_who_queues_again_is_not_told_that_they_can(offered):
    lapse(offered)
    rejoin(submission=fresh(offered), by=None)
    assert "lapsed" not in to_ring(offered)


def test_an_offer_stands_still_while_the_date_is_put_off_and_so_does_its_call(offered):
    call_the_date_off(offered, postpone=True)
    assert to_ring(offered) == ["offer", "postponed"]


def test_nobody_is_told_of_a_change_of_a_date_that_they_have_left(offered):
    call_the_date_off(offered, postpone=True)
    cancel(offered)
    assert to_ring(offered) == []


def test_a_date_that_is_cancelled_says_more_than_that_it_was_put_off(offered):
    call_the_date_off(offered, postpone=True)
    call_the_date_off(offered)
    assert to_ring(offered) == ["date_off"]


def test_calls_that_were_made_and_those_of_others_stay(offered):
    other = register(offered.occurrence, typed=PHONE)
    made = Message.objects.get(about_id=offered.submission_id, template="events/offer")
    reach(message=made, by=manager(offered))
    cancel(offered)
    made.refresh_from_db()
    assert made.state == MessageState.REACHED
    assert (states(other), to_ring(other)) == (["offered"], ["offer"])


def test_the_record_names_nobody_for_it(offered):
    before = Entry.objects.filter(action__startswith="messages.").count()
    accept(offered)
    assert Entry.objects.filter(action__startswith="messages.").count() == before


@pytest.mark.parametrize("ends", [True, False])
def test_a_mail_that_came_back_is_rung_after_only_while_the_offer_stands(ends):
    date, (first,) = full(capacity=1)
    waiting = register(date, typed={"email": "nino@example.org", **PHONE})
    cancel(first)
    tick()
    if ends:
        cancel(waiting)
    bounce(
        message=Message.objects.get(about_id=waiting.submission_id, template="events/offer"),
        by=manager(waiting),
    )
    run_due()
    assert to_ring(waiting) == ([] if ends else ["offer"])


def test_mails_stay_as_they_are(stopped_clock):
    date, (first,) = full(capacity=1)
    waiting = register(date, typed={"email": "nino@example.org"})
    cancel(first)
    tick()
    stopped_clock.move(hours=1)
    cancel(waiting)
    sent = Message.objects.get(about_id=waiting.submission_id, template="events/offer")
    assert sent.state == MessageState.SENT
    assert sent.sent_at == stopped_clock.now - timedelta(hours=1)
