"""Changing dates: everybody concerned is told once, what was changed by hand leaves its rule."""

from datetime import UTC, date, datetime, time

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.domain.call_off import call_off
from cms.events.domain.save_date import change_of, save_date
from cms.events.models import Occurrence, Recurrence, Registration
from cms.events.presenters import date_form
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.messages.enums import Channel
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, make_draft, make_event, register

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 11, 1, 9, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2030, 11, 24, 18, 0)  # noqa: DTZ001 - a wall time


@pytest.fixture(autouse=True)
def before_the_date():
    with clock.stopped(NOW):
        yield


@pytest.fixture
def occurrence():
    return make_date(capacity=2)


@pytest.fixture
def manager(occurrence):
    return person_with(Role.EVENT_MANAGER, occurrence.event.unit)


def changed(occurrence, **fields):
    """Return the date as a form hands it over."""
    found = Occurrence.objects.select_related("event").get(pk=occurrence.pk)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def told(template="events/moved"):
    return list(Message.objects.filter(template=template).order_by("pk"))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OFFICER, Role.HELPER])
def test_nobody_else_changes_a_date(occurrence, role):
    for person in (
        person_with(role, occurrence.event.unit),
        person_with(Role.EVENT_MANAGER, UnitFactory()),
    ):
        with pytest.raises(NotAllowedError):
            save_date(occurrence=changed(occurrence, begins=time(12)), by=person)
    occurrence.refresh_from_db()
    assert occurrence.begins == time(11)


def test_a_date_does_not_move_to_another_event(occurrence, manager):
    foreign = make_event(unit=occurrence.event.unit)
    with pytest.raises(NotAllowedError):
        save_date(occurrence=changed(occurrence, event=foreign), by=manager)


def test_a_cancelled_date_stays_cancelled(occurrence, manager):
    Occurrence.objects.filter(pk=occurrence.pk).update(status="cancelled")
    with pytest.raises(NotNowError):
        save_date(occurrence=changed(occurrence, status="scheduled"), by=manager)


def test_seats_and_counters_of_an_old_copy_are_not_written_back(occurrence, manager):
    old = changed(occurrence, begins=time(12))
    Occurrence.objects.filter(pk=occurrence.pk).update(capacity=7, sequence=4)
    save_date(occurrence=old, by=manager)
    occurrence.refresh_from_db()
    assert (occurrence.capacity, occurrence.sequence, occurrence.begins) == (7, 5, time(12))
    assert occurrence.starts_at == datetime(2030, 11, 25, 8, 0, tzinfo=UTC)


def test_everybody_concerned_is_told_once_and_nobody_else(occurrence, manager):
    confirmed = register(occurrence, typed={"email": "one@example.org"})
    by_phone = register(occurrence, typed={"phone": "+995 555 12 34 56"})
    waiting = register(occurrence, typed={"email": "two@example.org"})
    gone = register(occurrence)
    Registration.objects.filter(pk=gone.pk).update(state="cancelled_by_person")
    make_draft(occurrence)
    change = save_date(occurrence=changed(occurrence, begins=time(12)), by=manager)
    assert (change.telling.mails, change.telling.calls) == (2, 1)
    messages = told()
    assert {message.about_id for message in messages} == {
        confirmed.submission_id,
        by_phone.submission_id,
        waiting.submission_id,
    }
    assert [message.channel for message in messages] == [Channel.MAIL, Channel.CALL, Channel.MAIL]
    assert "11:00" in messages[0].body
    assert "12:00" in messages[0].body


def test_only_people_with_a_seat_get_the_link(occurrence, manager):
    register(occurrence, names=["A", "B"], typed={"email": "one@example.org"})
    register(occurrence, typed={"email": "two@example.org"})
    link = "https://meet.example.org/secret"
    save_date(occurrence=changed(occurrence, online=True, online_link=link), by=manager)
    first, second = told()
    assert link in first.body
    assert link not in second.body
    assert link not in str(list(Entry.objects.values_list("details", flat=True)))


def test_a_new_link_alone_concerns_only_people_with_a_seat(occurrence, manager):
    register(occurrence, names=["A", "B"], typed={"email": "one@example.org"})
    register(occurrence, typed={"email": "two@example.org"})
    link = "https://meet.example.org/other"
    change = save_date(occurrence=changed(occurrence, online_link=link), by=manager)
    assert change.telling.all == len(told()) == 1
    occurrence.refresh_from_db()
    assert occurrence.sequence == 1


@pytest.mark.parametrize("fields", [{"waiting_limit": 3}, {"cancel_wall": DAY_BEFORE}, {}])
def test_what_concerns_nobody_is_told_to_nobody(occurrence, manager, fields):
    register(occurrence, typed={"email": "one@example.org"})
    save_date(occurrence=changed(occurrence, **fields), by=manager)
    assert not told()
    occurrence.refresh_from_db()
    assert occurrence.sequence == 0
    assert Entry.objects.filter(action="events.date_changed").count() == bool(fields)


def test_a_tiny_correction_is_told_to_nobody_but_counts_for_calendars(occurrence, manager):
    register(occurrence, typed={"email": "one@example.org"})
    save_date(occurrence=changed(occurrence, begins=time(11, 5)), by=manager, tell=False)
    occurrence.refresh_from_db()
    assert (told(), occurrence.sequence, occurrence.changed_at) == ([], 1, NOW)


def test_what_is_over_is_told_to_nobody(occurrence, manager):
    register(occurrence, typed={"email": "one@example.org"})
    with clock.stopped(datetime(2031, 1, 1, tzinfo=UTC)):
        save_date(occurrence=changed(occurrence, begins=time(10)), by=manager)
    assert not told()


def test_the_preview_changes_nothing(occurrence, manager):
    register(occurrence, typed={"email": "one@example.org"})
    change = change_of(changed(occurrence, begins=time(12)))
    assert (change.fields, change.telling.mails) == (["begins"], 1)
    occurrence.refresh_from_db()
    assert occurrence.begins == time(11)
    assert not told()


def test_a_date_changed_by_hand_leaves_its_rule_which_makes_no_other(occurrence, manager):
    rule = Recurrence.objects.create(event=occurrence.event, rule="", minutes=60)
    Occurrence.objects.filter(pk=occurrence.pk).update(recurrence=rule)
    save_date(occurrence=changed(occurrence, on=PartialDate(2030, 11, 26)), by=manager)
    occurrence.refresh_from_db()
    rule.refresh_from_db()
    assert (occurrence.detached, rule.skip) == (True, ["2030-11-25"])
    save_date(occurrence=changed(occurrence, on=PartialDate(2030, 11, 27)), by=manager)
    rule.refresh_from_db()
    assert rule.skip == ["2030-11-25"]


def test_numbers_follow_each_other_in_one_event(occurrence, manager):
    new = Occurrence(event=occurrence.event, on=PartialDate.of(date(2030, 12, 1)))
    save_date(occurrence=new, by=manager)
    assert (new.number, new.code) == (2, f"{occurrence.event.code}/2")
    assert Entry.objects.filter(action="events.date_made", actor_id=manager.pk).exists()


def test_a_page_that_said_nothing_of_the_status_takes_no_postponement_back(occurrence, manager):
    older = changed(occurrence, begins=time(12))
    call_off(occurrence=occurrence, by=manager, reason="Illness.", postpone=True)
    save_date(occurrence=older, by=manager, only={"begins"})
    occurrence.refresh_from_db()
    assert (occurrence.begins, occurrence.status) == (time(12), "postponed")


def test_the_form_of_a_date_saves_only_what_is_on_it(occurrence, manager, monkeypatch):
    seen = {}
    monkeypatch.setattr(date_form, "save_date", lambda **details: seen.update(details))
    date_form.DateForm({}, instance=occurrence, for_user=manager).save()
    assert "status" not in seen["only"]
    assert {"on", "begins", "venue", "online_link"} <= set(seen["only"])
