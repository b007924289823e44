"""Many people and the office do anything at all on three dates at once: nothing breaks or deadlocks."""

import random

import pytest

from cms.core import clock
from cms.events import seats
from cms.events.models import Occurrence
from tests.events.factories import make_date, make_event
from tests.events.interleaving import House
from tests.race.test_submit import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

THREADS, STEPS = 8, 40
SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_deeds_on_three_dates_at_once(seed, stopped_clock):
    event = make_event(people_at_most=4)
    dates = [make_date(event, capacity=capacity) for capacity in (2, 4, 6)]
    houses = [
        House(random.Random(f"{seed} {thread}"), dates, concurrent=True)  # noqa: S311 - no secret
        for thread in range(THREADS)
    ]
    moment = stopped_clock.now

    def live(house):
        with clock.stopped(moment):  # A thread has a clock of its own.
            for _each in range(STEPS):
                house.step()
        return house

    results = at_once(live, houses)
    assert [result for result in results if isinstance(result, BaseException)] == [], seed
    assert sum(sum(house.done.values()) for house in houses) > THREADS * STEPS / 2
    for date in dates:
        left = seats.count(Occurrence.objects.get(pk=date.pk), at=moment)
        assert not seats.in_turn(date, left), (seed, left)
        houses[0].check_written(date)
    assert sum(house.busy for house in houses) == 0, "a deadlock, or somebody has waited for too long"
