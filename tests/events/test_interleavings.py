"""Two hundred random histories of dates: nobody too many, no idle seat, nobody overtaken."""

import random

import pytest

from tests.events.factories import make_date, make_event
from tests.events.interleaving import House

pytestmark = pytest.mark.django_db

SEEDS, STEPS = 200, 14

ON_BOTH = 50
"""Histories that run on SQLite, too; all of them run where locks are real."""


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(start, marks=() if start < ON_BOTH else pytest.mark.only_on("postgresql"))
        for start in range(0, SEEDS, 25)
    ],
)
def test_whatever_happens_seats_are_given_once_and_in_order(start, stopped_clock):
    for seed in range(start, start + 25):
        dice = random.Random(seed)  # noqa: S311 - the same dice every day
        date = make_date(make_event(people_at_most=4), capacity=dice.choice([1, 3, 5, None]))
        house = House(dice, [date])
        house.clock = stopped_clock
        for _each in range(STEPS):
            house.step()
            try:
                house.check(date)
            except AssertionError as error:
                raise AssertionError(f"seed {seed}: {error}\n" + "\n".join(house.log)) from error
        house.check_written(date)
        house.check_order(date)
