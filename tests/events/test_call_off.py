"""Dates that are cancelled or put off: everybody is told once and why, nobody moves up."""

from datetime import UTC, datetime

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.core import clock
from cms.events.domain.call_off import call_off
from cms.events.models import Hold, Recurrence, Registration
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, make_draft, register

pytestmark = pytest.mark.django_db

REASON = "The trainer is ill."


@pytest.fixture(autouse=True)
def before_the_date():
    with clock.stopped(datetime(2030, 11, 1, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def occurrence():
    return make_date(capacity=1)


@pytest.fixture
def manager(occurrence):
    return person_with(Role.EVENT_MANAGER, occurrence.event.unit)


def states():
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def test_nobody_else_calls_a_date_off(occurrence):
    unit = occurrence.event.unit
    for person in (person_with(Role.EDITOR, unit), person_with(Role.EVENT_MANAGER, UnitFactory())):
        with pytest.raises(NotAllowedError):
            call_off(occurrence=occurrence, by=person, reason=REASON)
    assert not Message.objects.filter(template="events/date_off").exists()


@pytest.mark.parametrize("postpone", [True, False])
def test_nothing_is_called_off_twice_or_afterwards(occurrence, manager, postpone):
    call_off(occurrence=occurrence, by=manager, reason=REASON, postpone=postpone)
    with pytest.raises(NotNowError):
        call_off(occurrence=occurrence, by=manager, reason=REASON, postpone=postpone)
    over = make_date(occurrence.event)
    with clock.stopped(over.ends_at), pytest.raises(NotNowError):
        call_off(occurrence=over, by=manager, reason=REASON, postpone=postpone)


@pytest.mark.parametrize("role", [Role.EVENT_MANAGER, Role.ADMIN])
def test_cancelling_ends_every_registration_and_tells_each_person_once(occurrence, role):
    register(occurrence, typed={"email": "one@example.org"})
    register(occurrence, typed={"email": "two@example.org"})
    gone = register(occurrence, typed={"email": "three@example.org"})
    Registration.objects.filter(pk=gone.pk).update(state="cancelled_by_person")
    before = Message.objects.count()
    by = person_with(role, occurrence.event.unit)
    telling = call_off(occurrence=occurrence, by=by, reason=REASON)
    assert states() == ["cancelled_by_office", "cancelled_by_office", "cancelled_by_person"]
    assert (telling.mails, telling.calls) == (2, 0)
    new = Message.objects.order_by("pk")[before:]
    assert [message.template for message in new] == ["events/date_off"] * 2
    assert all(REASON in message.body for message in new)
    assert not Message.objects.filter(template="events/offer").exists()
    occurrence.refresh_from_db()
    assert (occurrence.status, occurrence.sequence) == ("cancelled", 1)
    assert Entry.objects.filter(action="events.date_cancelled", actor_id=by.pk).exists()


def test_putting_off_keeps_registrations_and_drops_kept_seats(occurrence, manager):
    register(occurrence, typed={"phone": "+995 555 00 00 00"})
    draft = make_draft(occurrence)
    end = datetime(2030, 11, 1, 10, 0, tzinfo=UTC)
    Hold.objects.create(occurrence=occurrence, submission=draft, seats=1, expires_at=end, ends_at=end)
    telling = call_off(occurrence=occurrence, by=manager, reason=REASON, postpone=True)
    assert (telling.mails, telling.calls) == (0, 1)
    assert states() == ["confirmed", "draft"]
    assert not Hold.objects.exists()
    message = Message.objects.get(template="events/postponed")
    assert REASON in message.body
    call_off(occurrence=occurrence, by=manager, reason=REASON)
    assert states()[0] == "cancelled_by_office"


def test_a_date_that_is_called_off_leaves_its_rule(occurrence, manager):
    rule = Recurrence.objects.create(event=occurrence.event, rule="", minutes=60)
    occurrence.recurrence = rule
    occurrence.save()
    call_off(occurrence=occurrence, by=manager, reason=REASON)
    occurrence.refresh_from_db()
    rule.refresh_from_db()
    assert (occurrence.detached, rule.skip) == (True, ["2030-11-25"])
