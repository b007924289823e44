"""Fifty people send at the same moment for ten seats. The controls show that it is the lock."""

import random
import threading
import time
from itertools import count

import pytest
from django.db import connections, transaction

from cms.accounts.enums import Role
from cms.core import clock
from cms.events import seats
from cms.events.domain.promote import OFFER, promote
from cms.events.models import Occurrence, Registration
from cms.forms.domain import submit as submitting
from cms.forms.domain.errors import BusyError, FormsError
from cms.forms.domain.lock_together import lock_together
from cms.forms.domain.move import move
from cms.forms.domain.submit import submit
from cms.forms.models import ReferenceSeries, StateChange, Submission
from cms.messages.models import Message
from tests.accounts.factories import person_with
from tests.events.factories import make_date, make_draft, make_event, register
from tests.events.places import states
from tests.events.visiting import address, door, once, own, typed
from tests.race.test_submit import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

PEOPLE, SEATS = 50, 10


def send(draft, moment):
    loaded = Submission.objects.get(pk=draft.pk)
    with clock.stopped(moment):  # A thread has a clock of its own.
        return submit(submission=loaded, arrived=moment, by=None)


def unlocked(*keys):
    return list(Occurrence.objects.select_related("event").filter(pk__in=keys).order_by("pk"))


@pytest.fixture
def without_lock(monkeypatch):
    """Switch the lock of dates off, and the series of references, in which people queue as well.

    All judge at the same moment by what they have counted: what happens by chance otherwise.
    """
    numbers, together, admits = count(1), threading.Barrier(PEOPLE), seats.admits

    def judged(*counted, **moment):
        together.wait(30)
        return admits(*counted, **moment)

    monkeypatch.setattr(seats, "lock", unlocked)
    monkeypatch.setattr(seats, "admits", judged)
    monkeypatch.setattr(submitting, "draw_reference", lambda **_series: f"X-26-{next(numbers):04d}")


def confirmed(date):
    return date.registrations.filter(state="confirmed").count()


def test_ten_get_a_seat_and_forty_wait_in_the_order_of_their_turns(stopped_clock):
    date, moment = make_date(capacity=SEATS), stopped_clock.now
    drafts = [make_draft(date) for _each in range(PEOPLE)]
    random.shuffle(drafts)
    results = at_once(lambda draft: send(draft, moment), drafts)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert confirmed(date) == SEATS
    line = list(seats.queue(date))
    assert len(line) == PEOPLE - SEATS
    turns = list(StateChange.objects.order_by("id").values_list("submission_id", "target"))
    assert [target for _key, target in turns] == ["confirmed"] * SEATS + ["waitlisted"] * (PEOPLE - SEATS)
    assert [waiting.submission_id for waiting in line] == [key for key, _target in turns[SEATS:]]
    assert len({waiting.queued_at for waiting in line}) == PEOPLE - SEATS
    numbers = [
        text[-6:-2] for text in Submission.objects.order_by("reference").values_list("reference", flat=True)
    ]
    assert numbers == [f"{number:04d}" for number in range(1, PEOPLE + 1)]
    assert ReferenceSeries.objects.get().last == PEOPLE
    in_order = Submission.objects.filter(registration__in=line).order_by("registration__queued_at")
    drawn = list(in_order.values_list("reference", flat=True))
    assert drawn == sorted(drawn)  # Whoever waits before somebody also has the smaller number.


def test_without_the_lock_more_than_ten_would_get_one(stopped_clock, without_lock):
    date, moment = make_date(capacity=SEATS), stopped_clock.now
    drafts = [make_draft(date) for _each in range(PEOPLE)]
    results = at_once(lambda draft: send(draft, moment), drafts)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert confirmed(date) == PEOPLE


def test_twenty_senders_of_one_registration_get_one_seat_one_reference_and_one_mail(stopped_clock):
    draft, moment = make_draft(typed={"email": "nino@example.org"}), stopped_clock.now
    versions = at_once(lambda _n: send(draft, moment), range(20))
    assert len({getattr(version, "pk", version) for version in versions}) == 1
    assert {version.submission.reference for version in versions} == {Submission.objects.get().reference}
    assert (Message.objects.count(), StateChange.objects.count(), Registration.objects.count()) == (1, 1, 1)
    assert seats.count(draft.registration.occurrence, at=moment).confirmed == 1


def test_one_seat_that_becomes_free_is_offered_once(stopped_clock):
    date, moment = make_date(capacity=1), stopped_clock.now
    register(date)
    for _each in range(5):
        register(date)
    Occurrence.objects.filter(pk=date.pk).update(capacity=2)  # By hand: nobody has moved up for it.

    def look(_number):
        with clock.stopped(moment), transaction.atomic():
            return promote(occurrence=seats.lock_one(date.pk))

    moved_up = at_once(look, range(10))
    assert sorted(map(len, moved_up)) == [0] * 9 + [1]
    assert Message.objects.filter(template=OFFER).count() == 1


# --- A lock that is not to be had -------------------------------------------------------------------


class Holder:
    """Another connection that holds a date."""

    def __init__(self, date):
        self.date, self.let_go, self.has = date, threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.hold)

    def hold(self):
        with transaction.atomic():
            Occurrence.objects.select_for_update().get(pk=self.date.pk)
            self.has.set()
            self.let_go.wait(60)
        connections.close_all()

    def __enter__(self):
        self.thread.start()
        assert self.has.wait(30)

    def __exit__(self, *_error):
        self.let_go.set()
        self.thread.join(30)


def nothing_written(draft):
    draft.refresh_from_db()
    untouched = draft.is_draft and not draft.reference and states(draft.registration) == ["draft"]
    return untouched and not (StateChange.objects.exists() or Message.objects.exists())


def test_a_date_held_for_too_long_is_tried_twice_and_nothing_is_written(stopped_clock, monkeypatch):
    draft = make_draft()
    tries = []
    monkeypatch.setattr(seats, "lock", lambda *keys, lock=seats.lock: (tries.append(keys), lock(*keys))[1])
    begun = time.monotonic()
    with Holder(draft.registration.occurrence), pytest.raises(BusyError):
        send(draft, stopped_clock.now)
    took = time.monotonic() - begun
    assert (len(tries), 5.5 < took < 9) == (2, True)
    assert nothing_written(draft)
    assert ReferenceSeries.objects.count() == 0


def test_a_date_held_for_a_moment_is_waited_for(stopped_clock):
    draft, moment = make_draft(), stopped_clock.now
    holder = Holder(draft.registration.occurrence)
    with holder:
        threading.Timer(4, holder.let_go.set).start()
        send(draft, moment)  # The first try is over after three seconds, the second one finds it free.
    assert states(draft.registration) == ["confirmed"]


def test_what_comes_after_the_lock_is_waited_for_as_long_as_ever(stopped_clock):
    date = make_date()
    with transaction.atomic():
        seats.lock_one(date.pk)
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)


# --- Several dates at once --------------------------------------------------------------------------


def test_sending_cancelling_many_and_moving_up_on_two_dates_never_deadlock(stopped_clock):
    event = make_event()
    one, two = make_date(event, capacity=5), make_date(event, capacity=5)
    officer = person_with(Role.EVENT_MANAGER, event.unit)
    taken = [register(date) for _each in range(5) for date in (one, two)]
    drafts = [make_draft(date) for _each in range(6) for date in (one, two)]
    moment = stopped_clock.now

    def call_off(registrations):
        done = 0
        with clock.stopped(moment), transaction.atomic():  # As the list of the office does it: in one go.
            lock_together(submissions=[registration.submission for registration in registrations])
            for registration in registrations:
                try:
                    move(submission=registration.submission, verb="call_off", by=officer, reason="Ill.")
                except FormsError:
                    continue
                done += 1
        return done

    def look(date):
        with clock.stopped(moment), transaction.atomic():
            return promote(occurrence=seats.lock_one(date.pk))

    work = [
        *[lambda draft=draft: send(draft, moment) for draft in drafts],
        lambda: call_off(taken[:5]),
        lambda: call_off(taken[4:1:-1]),
        lambda: call_off(taken[1:5]),
        *[lambda date=date: look(date) for date in (one, two, two, one)],
    ]
    results = at_once(lambda job: job(), work)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert_sound(one, moment)
    assert_sound(two, moment)
    assert seats.count(one, at=moment).free == seats.count(two, at=moment).free == 0


def assert_sound(date, moment):
    """Nobody too many, no idle seat while somebody waits."""
    left = seats.count(Occurrence.objects.get(pk=date.pk), at=moment)
    assert left.over == 0, left
    assert not left.in_line or seats.in_turn(date, left) == [], left


@pytest.mark.expects_error_log("django.request")
def test_whoever_meets_a_busy_date_reads_so_keeps_everything_and_sends_again(client):
    date = make_date()
    began = client.post(door(date), typed(email="nino@example.org"))
    draft = Submission.objects.get()
    assert began["Location"] == own("forms:check", draft)
    with Holder(date):
        answer = client.post(own("forms:check", draft), once())
        assert answer.status_code == 503
        page = answer.content.decode()
        assert "Very many people are sending just now" in page
        assert all(text in page for text in ("ნინო ბერიძე", "nino@example.org"))
        assert nothing_written(draft)
    assert client.post(own("forms:check", draft), once())["Location"] == own("forms:receipt", draft)
    assert states(draft.registration) == ["confirmed"]


def test_an_answer_is_saved_while_somebody_else_holds_the_date(client):
    """More people come than were named at the door; what is kept for them is looked at afterwards."""
    date = make_date()
    client.post(door(date), typed())
    draft = Submission.objects.get()
    here = address("forms:step", draft.token, "who")
    page = typed(people=["ნინო", "გიორგი"]) | {"serial": "1", "wizard-current_step": "who"}
    begun = time.monotonic()
    with Holder(date):
        assert client.post(here, page).status_code == 302
    assert 2.5 < time.monotonic() - begun < 6
    assert draft.steps.get().data["people"] == ["ნინო", "გიორგი"]
    assert draft.hold.seats == 1
    client.post(here, page | {"serial": "2", "who-people": ["ნინო", "გიორგი", "ანა"]})
    draft.hold.refresh_from_db()
    assert draft.hold.seats == 3
