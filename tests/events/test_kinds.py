"""What the engine of forms is told about registrations: seats, words, limits, and changes afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from cms.accounts.enums import Role
from cms.core import clock
from cms.core.partial import PartialDate
from cms.events import seats
from cms.events.domain.begin_registration import begin_registration, help_to_register
from cms.events.domain.change_seats import change_seats
from cms.events.enums import EventState, OccurrenceStatus, Source
from cms.events.enums import RegistrationState as State
from cms.events.kinds import PLAIN
from cms.events.models import Hold, Registration
from cms.forms import kinds
from cms.forms.domain.errors import IncompleteError, NotAllowedError, NotNowError, NotOpenError
from cms.forms.domain.move import move
from cms.forms.domain.start import Person
from cms.forms.domain.transition import transition
from cms.forms.enums import Phase
from cms.messages.models import Message
from tests.accounts.factories import UserFactory, person_with
from tests.events.factories import make_date, make_draft, make_event, register
from tests.events.places import accept, cancel, fresh, full, refusal, states, tick, told
from tests.forms.factories import fill, send, short_text, step

pytestmark = pytest.mark.django_db

MAIL = {"email": "nino@example.org"}


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    with override("en"):
        yield stopped_clock


# --- Sending ----------------------------------------------------------------------------------------


def test_who_comes_is_written_down_with_the_seats_and_a_reference():
    date = make_date()
    registration = register(date, names=["Nino", "Giorgi", "Nino"])
    assert [one.name for one in registration.attendees.all()] == ["Nino", "Giorgi", "Nino"]
    assert (registration.state, registration.seats, registration.queued_at) == ("confirmed", 3, None)
    assert registration.submission.reference.startswith(f"{date.event.code}-26-0001-")
    assert registration.submission.phase == Phase.CLOSED


def test_without_a_question_for_names_the_person_comes_alone_however_long_the_name():
    event = make_event(step("who", short_text("person", role="person_name")))
    name = "ნ" * 200
    registration = register(make_date(event), names=[name])
    assert (registration.seats, registration.attendees.get().name) == (1, name[:150])


@pytest.mark.parametrize("people_at_most", [1, 3])
def test_more_people_than_the_event_takes_is_told_at_once(people_at_most):
    date = make_date(make_event(people_at_most=people_at_most))
    with pytest.raises(IncompleteError):
        register(date, names=["A"] * (people_at_most + 1))
    assert register(date, names=["A"] * people_at_most).state == "confirmed"


def test_a_group_that_can_never_fit_is_told_at_once_and_does_not_queue_for_ever():
    date = make_date(capacity=3)
    with pytest.raises(IncompleteError) as error:
        register(date, names=["A", "B", "C", "D"])
    assert "At most 3 people" in " ".join(refusal(error))
    assert seats.count(date, at=clock.now()).waiting == 0


def test_before_any_seat_is_known_everybody_may_wait():
    date = make_date(capacity=0)
    group = register(date, names=["A", "B"])
    assert group.state == "waitlisted"
    assert seats.count(date, at=clock.now()).room == "waiting"
    staff = person_with(Role.EVENT_MANAGER, date.event.unit)
    assert change_seats(occurrence=date, capacity=2, by=staff) == [group]


def test_a_full_list_says_so_and_a_group_hears_how_many_seats_are_left():
    date = make_date(capacity=3, waiting_limit=2)
    register(date, names=["A", "B"])
    register(date, names=["C", "D"])  # Waits: one seat is free.
    with pytest.raises(IncompleteError) as error:
        register(date)
    assert refusal(error) == ["All seats are taken, and the waiting list is full."]
    alone = make_date(capacity=3, waiting_limit=0)
    register(alone, names=["A"])
    with pytest.raises(IncompleteError) as error:
        register(alone, names=["B", "C", "D"])
    assert refusal(error) == ["Only 2 more seats are free."]
    assert register(alone, names=["B", "C"]).state == "confirmed"
    with pytest.raises(IncompleteError) as error:
        register(alone)
    assert refusal(error) == ["All seats are taken."]


def test_once_it_has_begun_nobody_joins_a_list_from_which_nobody_moves_up(stopped_clock):
    date = make_date(capacity=1, on=PartialDate(2026, 3, 2))
    draft = make_draft(date, source=Source.DESK)
    register(date, source=Source.DESK)
    stopped_clock.set(date.starts_at)
    with pytest.raises(IncompleteError) as error:
        send(draft)
    assert refusal(error) == ["All seats are taken, and it has begun: nobody can move up any more."]


# --- When -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", Source)
def test_when_a_date_takes_whom(source, stopped_clock):
    date = make_date(on=PartialDate(2026, 3, 10))
    date.opens_at, date.closes_at = clock.now(), clock.now() + timedelta(days=2)
    draft = make_draft(date, source=source)
    kind, desk = kinds.of(draft), source == Source.DESK
    draft.registration.occurrence = date
    tick_of = timedelta(microseconds=1)
    expected = [
        (date.opens_at - tick_of, desk),
        (date.opens_at, True),
        (date.closes_at, True),
        (date.closes_at + tick_of, desk),
        (date.ends_at - tick_of, desk),
        (date.ends_at, False),
    ]
    for moment, may in expected:
        acceptance = kind.acceptance(draft, moment)
        assert (acceptance.open, bool(acceptance.reason)) == (may, not may)


@pytest.mark.parametrize("source", Source)
def test_a_date_that_is_off_or_not_announced_takes_nobody(source):
    event = make_event(state=EventState.DRAFT)
    off = [make_date(event), make_date(status=OccurrenceStatus.CANCELLED)]
    off += [make_date(status=OccurrenceStatus.POSTPONED)]
    off += [make_date(on=PartialDate(2030, 11), begins=None, ends=None)]
    for date in off:
        draft = make_draft(date, source=source)
        with pytest.raises(NotOpenError):
            send(draft)
        assert states(draft.registration) == ["draft"]


def test_a_registration_is_begun_once_for_a_key():
    date, key = make_date(), "2e5a0f5e-3a0c-4c3c-9b0e-3f6f0a1f7c11"
    details = {"occurrence": date, "language": "it", "key": key, "arrived": clock.now()}
    first, again = (begin_registration(owner=None, **details) for _twice in range(2))
    assert (first, first.language, first.registration.source) == (again, "it", Source.WEB)
    assert Registration.objects.count() == 1
    with pytest.raises(NotAllowedError):
        begin_registration(owner=UserFactory(), **details)


def test_nothing_is_begun_where_nobody_has_to_register_or_registering_is_over():
    nobody = make_date()
    nobody.event.form = None
    nobody.event.save()
    over = make_date(on=PartialDate(2025, 1, 1))
    unknown = make_date(make_event(state=EventState.DRAFT))
    for date, error in ((nobody, NotNowError), (over, NotOpenError), (unknown, NotOpenError)):
        with pytest.raises(error):
            begin_registration(
                occurrence=date,
                owner=None,
                language="ka",
                key="2e5a0f5e-3a0c-4c3c-9b0e-3f6f0a1f7c12",
                arrived=clock.now(),
            )
    assert not Registration.objects.exists()
    assert not Hold.objects.exists()


def test_the_desk_is_for_those_who_work_on_the_event():
    date = make_date()
    details = {
        "occurrence": date,
        "unit": date.event.unit,
        "person": Person(name="ნინო"),
        "language": "ka",
        "arrived": clock.now(),
        "desk": True,
    }
    strangers = [Role.HELPER, Role.EDITOR, Role.OFFICER]
    for number, role in enumerate(strangers):
        helper = person_with(role, date.event.unit)
        with pytest.raises(NotAllowedError):
            help_to_register(helper=helper, key=f"2e5a0f5e-3a0c-4c3c-9b0e-3f6f0a1f7c2{number}", **details)
    staff = person_with(Role.EVENT_MANAGER, date.event.unit)
    draft = help_to_register(helper=staff, key="2e5a0f5e-3a0c-4c3c-9b0e-3f6f0a1f7c29", **details)
    assert draft.registration.source == Source.DESK


# --- One set of seats, many languages ----------------------------------------------------------------


def test_all_languages_share_one_set_of_seats_and_each_is_told_in_its_own():
    date = make_date(capacity=3, online=True, online_link="https://meet.example/room")
    came = {code: register(date, language=code, typed=MAIL) for code in ("ka", "it", "de", "en")}
    assert states(*came.values()) == ["confirmed"] * 3 + ["waitlisted"]
    for code, registration in came.items():
        message = told(registration, "events/waiting" if code == "en" else "events/confirmed").get()
        assert message.language == code
        assert ("meet.example" in message.body) is (code != "en")
        assert registration.submission.reference in message.body
    days = {"it": "25 novembre 2030", "de": "25. November 2030", "en": "25 November 2030", "ka": "2030"}
    for code, day in days.items():
        assert day in Message.objects.get(language=code).body


def test_every_notice_speaks_the_language_of_the_person_and_only_who_has_a_seat_reads_the_link():
    link = "https://meet.example/room"
    date, (first,) = full(online=True, online_link=link)
    one, two, three = (register(date, language=code, typed=MAIL) for code in ("it", "de", "en"))
    staff = person_with(Role.EVENT_MANAGER, date.event.unit)
    cancel(first)
    accept(one)
    move(submission=fresh(one), verb="call_off", by=staff, reason="Ill.")
    cancel(two)
    tick()
    clock_stops = fresh(three).registration.offer_ends_at
    assert clock_stops
    kinds_of_notice = {
        one: ["events/waiting", "events/offer", "events/accepted", "events/called_off"],
        two: ["events/waiting", "events/offer", "events/cancelled"],
        three: ["events/waiting", "events/offer"],
    }
    for registration, templates in kinds_of_notice.items():
        told_to = Message.objects.filter(about_id=registration.submission_id).order_by("pk")
        assert [message.template for message in told_to] == templates
        assert {message.language for message in told_to} == {registration.submission.language}
        with_link = [message.template for message in told_to if link in message.body]
        assert with_link == [template for template in templates if template == "events/accepted"]


# --- Staff --------------------------------------------------------------------------------------------


def test_the_office_cancels_and_the_next_one_moves_up_but_not_for_strangers():
    date, (first,) = full()
    waiting = register(date)
    for stranger in (UserFactory(), person_with(Role.EVENT_MANAGER, make_date().event.unit)):
        with pytest.raises(NotAllowedError):
            transition(submission=fresh(first), verb="call_off", by=stranger)
    staff = person_with(Role.EVENT_MANAGER, date.event.unit)
    move(submission=fresh(first), verb="call_off", by=staff, reason="Ill.")
    assert states(first, waiting) == ["cancelled_by_office", "offered"]
    with pytest.raises(NotNowError):
        move(submission=fresh(first), verb="call_off", by=staff, reason="Ill.")


def test_what_the_engine_asks_of_every_kind():
    date = make_date(capacity=1)
    registration = register(date, names=["Nino"])
    kind, submission = kinds.get("registration"), registration.submission
    subject = kind.subject(submission)
    assert (subject.code, subject.title) == (date.code, date.event.title)
    assert f"/register/{date.event.code}/1/" in subject.url
    assert kind.limits(submission)["attendees"] == (Decimal(1), Decimal(1))
    assert [row[0] for row in kind.export_columns()] == ["date", "day", "people"]
    rows = type(submission).objects.all()
    assert list(kind.of_subject(rows, date.code)) == [submission]
    for other in (f"{date.event.code}/2", f"{date.event.code}/x", f"{date.event.code}/²", "NONE", "/1"):
        assert list(kind.of_subject(rows, other)) == []
    assert kind.subjects(type(date.event.unit).objects.all())[0][0] == date.event.code
    facts = dict(kind.panels(submission)[0].facts)
    assert (facts["People"], facts["Came by"]) == ("1", "Website")


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_and_a_way(state):
    registration = register(make_date())
    registration.state, registration.queued_at = state, clock.now()
    registration.save()
    submission = fresh(registration)
    kind = kinds.of(submission)
    assert kind.plain_state(submission) == PLAIN[state]
    assert [station.here for station in kind.path(submission)].count(True) == 1
    assert all(map(str, kind.next_steps(submission)))


def test_nobody_is_told_to_queue_again_for_what_has_begun(stopped_clock):
    date = make_date(on=PartialDate(2026, 3, 10))
    registration = register(date)
    registration.state = State.LAPSED
    registration.save()
    assert "queue again" in str(kinds.of(registration.submission).plain_state(fresh(registration)).text)
    stopped_clock.set(date.starts_at)
    assert "queue again" not in str(kinds.of(registration.submission).plain_state(fresh(registration)).text)


def test_a_draft_that_was_changed_meanwhile_is_judged_anew():
    date = make_date(capacity=2)
    draft = make_draft(date)
    fill(draft, person="A", people=["A", "B"])
    send(draft)
    assert seats.count(date, at=clock.now()).free == 0
