"""Random things that happen to a date, and what must be true after each of them.

house = House(random.Random(seed), [date, other]); house.step(); house.check(date)
"""

from collections import Counter

from django.db import transaction

from cms.accounts.enums import Role
from cms.core import clock
from cms.events import seats
from cms.events.domain.answer_offer import lapse_offer, reach_offer, rejoin
from cms.events.domain.change_seats import change_seats
from cms.events.domain.keep_seats import keep_longer, keep_seats
from cms.events.domain.promote import OFFER, promote
from cms.events.models import Occurrence, Registration
from cms.forms.domain.errors import BusyError, FormsError
from cms.forms.domain.transition import transition
from cms.forms.models import StateChange
from cms.jobs.runner import run_due
from cms.messages.models import Message
from tests.accounts.factories import person_with
from tests.events.factories import make_draft
from tests.events.places import accept, amend, cancel, fresh, tick
from tests.forms.factories import send

NAMES = ["Ana", "Beka", "Gia", "Daro"]
TOLD = {
    "confirm": "events/confirmed",
    "queue": "events/waiting",
    "offer": OFFER,
    "accept": "events/accepted",
    "lapse": "events/lapsed",
    "cancel": "events/cancelled",
    "call_off": "events/called_off",
}
"""Which message belongs to which step; queueing again is told by the page."""


class NobodyError(Exception):
    """There is nobody to whom this could happen."""


class House:
    """Somebody who does one thing after another, each as people or the office do it."""

    def __init__(self, dice, dates, *, concurrent=False):
        self.dice, self.dates, self.concurrent = dice, dates, concurrent
        self.officer = person_with(Role.EVENT_MANAGER, dates[0].event.unit)
        self.over = {date.pk: 0 for date in dates}
        self.busy, self.done, self.log = 0, Counter(), []

    def step(self):
        """Do something; what is not possible just now changes nothing."""
        date = self.dice.choice(self.dates)
        verb = self.dice.choice(VERBS)
        name = verb.__name__
        try:
            verb(self, date)
            self.done[name] += 1
        except NobodyError:
            return self.step()
        except BusyError:
            self.busy += 1
        except FormsError as error:
            name += f" ({error.code})"
        self.log.append(f"{date.number}: {name}")
        return None

    def somebody(self, date, *wanted):
        """Return a registration in one of these states."""
        found = list(Registration.objects.filter(occurrence=date, state__in=wanted).order_by("pk"))
        if not found:
            raise NobodyError
        return self.dice.choice(found)

    # --- What must be true ------------------------------------------------------------------------

    def check(self, date):
        """Nobody too many, no idle seat, nobody overtaken, everything written down and told."""
        now = clock.now()
        date = Occurrence.objects.select_related("event").get(pk=date.pk)
        left = seats.count(date, at=now)
        over = 0 if left.free is None else max(0, -left.free)
        assert over <= self.over[date.pk], f"oversold: {left}"
        self.over[date.pk] = over
        assert not seats.in_turn(date, left), f"idle seats: {left}"
        self.check_nobody_overtook(date)

    def check_nobody_overtook(self, date):
        """Of those offered a seat just now, nobody stood behind somebody who waits on and could come."""
        changes = StateChange.objects.filter(submission__registration__occurrence=date, pk__gt=self.seen)
        offered = [change.submission_id for change in changes.filter(verb="offer")]
        line = [row for row in seats.queue(date) if date.capacity is None or row.seats <= date.capacity]
        for moved_up in Registration.objects.filter(submission__in=offered):
            assert not [row for row in line if row.queued_at < moved_up.queued_at], "overtaken"
        self.seen = StateChange.objects.order_by("pk").values_list("pk", flat=True).last() or 0

    seen = 0

    def check_written(self, date):
        """Each step has its line, the last one names the state, and each was told once."""
        for registration in Registration.objects.filter(occurrence=date).select_related("submission"):
            changes = list(StateChange.objects.filter(submission=registration.submission))
            ways = [(change.source, change.target) for change in changes]
            assert [source for source, _target in ways[1:]] == [target for _source, target in ways[:-1]]
            assert registration.state == (ways[-1][1] if ways else "draft")
            assert registration.seats == max(1, registration.attendees.count())
            about = Message.objects.filter(about_id=registration.submission_id)
            told = sorted(about.values_list("template", flat=True))
            assert told == sorted(TOLD[change.verb] for change in changes if change.verb in TOLD)

    def check_order(self, date):
        """Of two who waited at the same time the one before was offered first."""
        changes = StateChange.objects.filter(submission__registration__occurrence=date).order_by("id")
        line = []
        for change in changes:
            if change.target == "waitlisted":
                line.append(change.submission_id)
            elif change.verb == "offer":
                ahead = line[: line.index(change.submission_id)]
                people = Registration.objects.get(submission=change.submission_id).seats
                assert not [key for key in ahead if self.smaller(key, people)], "overtaken"
                line.remove(change.submission_id)
            elif change.source == "waitlisted":
                line.remove(change.submission_id)

    def smaller(self, key, people):
        """Tell whether somebody passed over was no larger a group: then nothing excuses it."""
        passed = Registration.objects.get(submission=key)
        return passed.seats <= people and passed.submission_id not in self.amended

    amended: frozenset = frozenset()


# --- What people and the office do ------------------------------------------------------------------


def registers(house, date):
    names = NAMES[: house.dice.choice([1, 1, 1, 2, 3])]
    typed = {"email": "ana@example.org"}
    draft = make_draft(date, names=names, typed=typed, language=house.dice.choice(["ka", "it", "de", "en"]))
    if house.dice.random() < 0.4:
        keep_seats(submission=draft, people=len(names))
    if house.dice.random() < 0.7:
        send(draft)


def sends_a_draft(house, date):
    found = house.somebody(date, "draft")
    send(fresh(found))


def keeps_a_seat(house, date):
    found = house.somebody(date, "draft")
    keep_seats(submission=fresh(found), people=house.dice.randint(1, 3))


def keeps_it_longer(house, date):
    found = house.somebody(date, "draft")
    keep_longer(submission=fresh(found))


def cancels(house, date):
    found = house.somebody(date, "confirmed", "waitlisted", "offered")
    cancel(found)


def accepts(house, date):
    found = house.somebody(date, "offered")
    accept(found)


def is_reached(house, date):
    found = house.somebody(date, "offered")
    reach_offer(submission=fresh(found), at=clock.now())


def lapses(house, date):
    found = house.somebody(date, "offered")
    lapse_offer(submission=fresh(found), by=house.officer)


def queues_again(house, date):
    found = house.somebody(date, "lapsed")
    rejoin(submission=fresh(found), by=None)


def changes_who_comes(house, date):
    found = house.somebody(date, "confirmed", "waitlisted", "offered")
    house.amended = house.amended | {found.submission_id}
    amend(found, *NAMES[: house.dice.randint(1, 4)])


def is_called_off(house, date):
    found = house.somebody(date, "confirmed", "waitlisted", "offered")
    transition(submission=fresh(found), verb="call_off", by=house.officer)


def seats_change(house, date):
    capacity = house.dice.choice([0, 1, 2, 4, 6, 8, None])
    before = Occurrence.objects.get(pk=date.pk).capacity
    change_seats(occurrence=date, capacity=capacity, by=house.officer)
    lowered = capacity is not None and (before is None or capacity < before)
    if lowered and not house.concurrent:
        left = seats.count(Occurrence.objects.get(pk=date.pk), at=clock.now())
        house.over[date.pk] = max(0, -(left.free or 0))


def looks(_house, date):
    with transaction.atomic():
        promote(occurrence=seats.lock_one(date.pk))


def time_goes_by(house, _date):
    if house.concurrent:
        return
    house.clock.move(minutes=house.dice.choice([1, 5, 25, 600, 3000]))
    tick()


def mails_go_out(house, _date):
    if not house.concurrent:
        run_due()


VERBS = [
    *(registers, registers, registers, registers, registers),
    *(sends_a_draft, keeps_a_seat, keeps_it_longer, cancels, cancels, accepts, is_reached, lapses),
    *(
        queues_again,
        changes_who_comes,
        changes_who_comes,
        is_called_off,
        seats_change,
        looks,
        time_goes_by,
        mails_go_out,
    ),
]
