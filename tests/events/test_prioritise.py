"""Priority on the waiting list: staff of the event alone, with a reason, at most nine steps."""

from datetime import UTC, datetime

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.core import clock
from cms.events import seats
from cms.events.domain.prioritise import prioritise
from cms.events.models import Registration
from cms.forms.domain.errors import NotAllowedError, NotNowError
from tests.accounts.factories import UnitFactory, person_with
from tests.events.factories import make_date, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_date():
    with clock.stopped(datetime(2030, 11, 1, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def occurrence():
    return make_date(capacity=3)


@pytest.fixture
def full(occurrence):
    """Return two registrations that wait for a full date, the second after the first."""
    register(occurrence, names=["A", "B", "G"])
    first, second = register(occurrence, names=["C", "D", "E"]), None
    with clock.stopped(datetime(2030, 11, 1, 9, 1, tzinfo=UTC)):
        second = register(occurrence, names=["F"])
    return first, second


@pytest.fixture
def manager(occurrence):
    return person_with(Role.EVENT_MANAGER, occurrence.event.unit)


def test_nobody_else_gives_priority(occurrence, full):
    for person in (
        person_with(Role.ADMIN, occurrence.event.unit),
        person_with(Role.EVENT_MANAGER, UnitFactory()),
    ):
        with pytest.raises(NotAllowedError):
            prioritise(submission=full[1].submission, priority=1, reason="Ill", by=person)
    assert not Registration.objects.exclude(priority=0).exists()


@pytest.mark.parametrize(("priority", "reason"), [(10, "Ill"), (-10, "Ill"), (1, ""), (1, "  ")])
def test_too_much_or_without_a_reason_is_refused(full, manager, priority, reason):
    with pytest.raises(ValueError, match="priority"):
        prioritise(submission=full[1].submission, priority=priority, reason=reason, by=manager)


def test_only_who_waits_gets_priority(occurrence, full, manager):
    confirmed = occurrence.registrations.get(state="confirmed")
    with pytest.raises(NotNowError):
        prioritise(submission=confirmed.submission, priority=1, reason="Ill", by=manager)


def test_the_order_changes_and_it_is_noted(occurrence, full, manager):
    prioritise(submission=full[1].submission, priority=2, reason="Ill", by=manager)
    assert list(seats.queue(occurrence)) == [full[1], full[0]]
    entry = Entry.objects.get(action="events.prioritised")
    assert (entry.actor_id, entry.details["to"], entry.details["reason"]) == (manager.pk, 2, "Ill")


def test_whoever_fits_then_moves_up(occurrence, full, manager):
    occurrence.capacity = 4
    occurrence.save()
    prioritise(submission=full[1].submission, priority=1, reason="Ill", by=manager)
    full[1].refresh_from_db()
    assert full[1].state == "offered"
