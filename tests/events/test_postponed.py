"""An offer of a date that is put off: it stands still, and starts anew once the date is on again."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from cms.accounts.enums import Role
from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.domain.answer_offer import lapse_offer, reach_offer
from cms.events.domain.call_off import call_off
from cms.events.domain.promote import OFFER
from cms.events.domain.save_date import save_date
from cms.events.domain.save_event import save_event
from cms.events.enums import EventState
from cms.events.models import Event, Occurrence
from cms.forms.domain.errors import NotNowError
from cms.jobs.runner import run_due
from cms.messages.channels import CHANNELS, TemporaryError
from cms.messages.enums import Channel
from tests.accounts.factories import UserFactory, person_with
from tests.events.factories import register
from tests.events.places import accept, cancel, fresh, full, states, tick, told
from tests.events.visiting import own
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

TWO_DAYS = timedelta(days=2)
NEW_DAY = PartialDate(2030, 12, 9)


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def offered(owner):
    """Return somebody to whom a seat is offered, and whom the mail has reached."""
    date, (first,) = full()
    waiting = register(date, typed={"email": "nino@example.org"}, owner=owner)
    cancel(first)
    run_due()
    assert times(waiting) == (clock.now(), clock.now() + TWO_DAYS)
    return waiting


def times(registration):
    registration.refresh_from_db()
    return registration.reached_at, registration.offer_ends_at


def manager(registration):
    return person_with(Role.EVENT_MANAGER, registration.submission.unit)


def date_of(registration, **fields):
    found = Occurrence.objects.select_related("event").get(pk=registration.occurrence_id)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def put_off(registration):
    call_off(occurrence=date_of(registration), by=manager(registration), reason="Illness.", postpone=True)


def put_on(registration, *, tell=True, **fields):
    fields = {"status": "scheduled", "on": NEW_DAY, **fields}
    save_date(occurrence=date_of(registration, **fields), by=manager(registration), tell=tell)


# --- While it is off ------------------------------------------------------------------------------


def test_nothing_lapses_not_even_by_hand(offered, stopped_clock):
    put_off(offered)
    stopped_clock.move(days=5)
    tick()
    with pytest.raises(NotNowError):
        lapse_offer(submission=fresh(offered), by=manager(offered))
    assert states(offered) == ["offered"]


def test_a_new_day_alone_lets_nothing_lapse(offered, stopped_clock):
    put_off(offered)
    put_on(offered, status="postponed")
    stopped_clock.move(days=5)
    tick()
    assert states(offered) == ["offered"]
    assert told(offered, OFFER).count() == 1


def test_the_person_reads_that_it_stands_still_and_is_asked_for_nothing(offered, owner):
    put_off(offered)
    browser = sign_in(Client(), owner)
    assertContains(browser.get(own("forms:status", offered)), "your offer stands still")
    for name in ("forms:status", "forms:receipt"):
        page = browser.get(own(name, offered))
        assertContains(page, "This date has been postponed.")
        for words in ("Please tell us until", "Yes, I take the seat", "Please say whether you take it."):
            assertNotContains(page, words)


# --- Once it is on again --------------------------------------------------------------------------


@pytest.mark.parametrize("tell", [True, False])
@pytest.mark.parametrize("days", [1, 5])
def test_the_clock_starts_anew_when_the_person_is_told_again(offered, stopped_clock, days, tell):
    put_off(offered)
    stopped_clock.move(days=days)
    put_on(offered, tell=tell)
    assert times(offered) == (None, None)
    tick()
    assert times(offered) == (stopped_clock.now, stopped_clock.now + TWO_DAYS)
    assert told(offered, OFFER).count() == 2
    assert "2030" in told(offered, OFFER).last().body
    assert not told(offered, "events/moved").exists()  # The offer says when it is now.
    stopped_clock.move(days=1)
    accept(offered)
    assert states(offered) == ["confirmed"]


def test_it_runs_out_like_any_other(offered, stopped_clock):
    put_off(offered)
    stopped_clock.move(days=5)
    put_on(offered)
    run_due()
    stopped_clock.move(days=2, minutes=1)
    tick()
    assert states(offered) == ["lapsed"]


def test_what_was_written_before_starts_no_clock(offered, stopped_clock):
    earlier = told(offered, OFFER).get().created_at
    put_off(offered)
    stopped_clock.move(days=5)
    put_on(offered)
    reach_offer(submission=fresh(offered), at=stopped_clock.now, written=earlier)
    assert times(offered) == (None, None)


def test_who_was_not_reached_yet_is_told_of_the_change_like_everybody(stopped_clock):
    date, (first,) = full()
    waiting = register(date, typed={"phone": "+995 555 00 00 00"})
    cancel(first)
    run_due()
    put_off(waiting)
    stopped_clock.move(days=5)
    put_on(waiting)
    assert (told(waiting, OFFER).count(), told(waiting, "events/moved").count()) == (1, 1)
    assert times(waiting) == (None, None)


def test_an_event_that_is_announced_again_asks_again(offered, stopped_clock):
    staff = manager(offered)
    for state in (EventState.DRAFT, EventState.LIVE):
        event = Event.objects.get(pk=offered.occurrence.event_id)
        event.state = state
        save_event(event=event, by=staff)
        stopped_clock.move(days=5)
        tick()
    assert states(offered) == ["offered"]
    assert told(offered, OFFER).count() == 2


def test_a_change_of_a_date_that_takes_place_leaves_the_clock(offered, stopped_clock):
    before = times(offered)
    stopped_clock.move(hours=5)
    put_on(offered)
    assert times(offered) == before
    assert told(offered, OFFER).count() == 1


def test_whose_mail_fails_keeps_the_offer(offered, stopped_clock, monkeypatch):
    def down(_message):
        raise TemporaryError("down")

    put_off(offered)
    monkeypatch.setattr(CHANNELS[Channel.MAIL], "deliver", down)
    put_on(offered)
    for _day in range(5):
        tick()
        stopped_clock.move(days=1)
    assert states(offered) == ["offered"]
