"""More seats, or fewer: the page says beforehand exactly what then happens."""

import pytest
from django.utils.translation import override

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.events import seats
from cms.events.admin.seats import what_it_means
from cms.events.domain.change_seats import change_seats, preview
from cms.events.domain.keep_seats import keep_seats
from cms.events.domain.promote import OFFER
from cms.events.enums import OccurrenceStatus
from cms.forms.domain.errors import NotAllowedError
from cms.messages.enums import Channel
from cms.messages.models import Message
from tests.accounts.factories import UserFactory, person_with
from tests.events.factories import make_date, make_draft, register
from tests.events.places import full, states
from tests.forms.factories import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def manager(date):
    return person_with(Role.EVENT_MANAGER, date.event.unit)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OFFICER, Role.HELPER])
def test_only_who_manages_the_event_changes_its_seats(role):
    date, _taken = full()
    waiting = register(date)
    for nobody in (UserFactory(), person_with(role, date.event.unit), manager(make_date())):
        with pytest.raises(NotAllowedError):
            change_seats(occurrence=date, capacity=5, by=nobody)
    date.refresh_from_db()
    assert (date.capacity, states(waiting)) == (1, ["waitlisted"])


@pytest.mark.parametrize("capacity", [None, 0, 1, 2, 3, 4, 5, 9])
def test_what_the_preview_says_is_what_happens(capacity):
    date, _taken = full(2)
    waiting = [register(date, names=["A", "B"]), register(date, typed={"email": "ann@example.org"})]
    waiting.append(register(date, names=["C", "D"]))
    foreseen = preview(occurrence=date, capacity=capacity)
    assert states(*waiting) == ["waitlisted"] * 3
    done = change_seats(occurrence=date, capacity=capacity, by=manager(date))
    assert done == foreseen.offers
    offers = Message.objects.filter(template=OFFER)
    assert (offers.count(), offers.filter(channel=Channel.CALL).count()) == (len(done), foreseen.calls)
    date.refresh_from_db()
    now = seats.count(date, at=date.changed_at)
    assert (now.waiting, now.over) == (foreseen.still_waiting, foreseen.over)
    assert foreseen.before.capacity == 2
    assert foreseen.after.capacity == capacity == date.capacity


def test_with_fewer_seats_nobody_loses_theirs_and_the_groups_too_large_are_named():
    date, taken = full(3)
    group = register(date, names=["A", "B"])
    foreseen = preview(occurrence=date, capacity=1)
    assert (foreseen.over, foreseen.stuck, foreseen.offers) == (2, 2, [])
    change_seats(occurrence=date, capacity=1, by=manager(date))
    assert states(*taken, group) == ["confirmed"] * 3 + ["waitlisted"]
    assert preview(occurrence=date, capacity=5).stuck == 0


@pytest.mark.parametrize(
    ("capacity", "offers", "beyond", "awaited"),
    [(None, 2, 0, 0), (1, 0, 2, 0), (2, 0, 2, 0), (3, 0, 1, 0), (4, 0, 0, 2), (5, 1, 0, 2), (6, 2, 0, 0)],
)
def test_seats_that_are_kept_are_no_free_ones_and_it_says_so(capacity, offers, beyond, awaited):
    date, _taken = full(2)
    date.capacity = 6
    date.save()
    draft = make_draft(date, names=["A", "B"])
    assert keep_seats(submission=draft, people=2).seats == 2
    change_seats(occurrence=date, capacity=4, by=manager(date))
    waiting = [register(date) for _each in range(2)]
    foreseen = preview(occurrence=date, capacity=capacity)
    assert (len(foreseen.offers), foreseen.kept_beyond, foreseen.kept_from_list) == (offers, beyond, awaited)
    assert foreseen.over == (1 if capacity == 1 else 0)
    with override("en"):
        words = " ".join(what_it_means(foreseen))
    assert ("beyond those" in words, "may still go to the list" in words) == (bool(beyond), bool(awaited))
    assert len(change_seats(occurrence=date, capacity=capacity, by=manager(date))) == (
        0 if capacity == 4 else offers
    )
    send(draft)
    assert states(draft.registration, *waiting)[0] == "confirmed"


def test_what_is_kept_for_a_moment_is_no_matter_where_nobody_waits():
    date = make_date(capacity=6)
    keep_seats(submission=make_draft(date), people=1)
    foreseen = preview(occurrence=date, capacity=5)
    assert (foreseen.kept_beyond, foreseen.kept_from_list) == (0, 0)
    group = register(date, names=list("ABCDE"))
    foreseen = preview(occurrence=date, capacity=3)
    assert (group.state, foreseen.over, foreseen.kept_beyond) == ("confirmed", 2, 1)


def test_without_a_limit_everybody_moves_up_and_back_again_nobody_loses_anything():
    date, _taken = full()
    waiting = [register(date) for _each in range(3)]
    staff = manager(date)
    assert change_seats(occurrence=date, capacity=None, by=staff) == waiting
    assert change_seats(occurrence=date, capacity=2, by=staff) == []
    date.refresh_from_db()
    assert seats.count(date, at=date.changed_at).over == 2
    assert register(date).state == "waitlisted"


def test_nobody_is_offered_a_seat_of_a_date_that_is_off():
    date, _taken = full()
    register(date)
    date.status = OccurrenceStatus.POSTPONED
    date.save()
    assert preview(occurrence=date, capacity=9).offers == []
    assert change_seats(occurrence=date, capacity=9, by=manager(date)) == []


def test_it_is_noted_once():
    date, _taken = full()
    staff = manager(date)
    for _twice in range(2):
        change_seats(occurrence=date, capacity=4, by=staff)
    entry = Entry.objects.get(action="events.seats")
    assert (entry.actor_id, entry.details) == (staff.pk, {"from": 1, "to": 4})
