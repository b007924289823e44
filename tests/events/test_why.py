"""Why nobody moves up: each reason is said from facts, and no other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from cms.core.partial import PartialDate
from cms.events.models import Event, Occurrence, Registration
from cms.events.presenters.why import why_nobody_moves_up
from cms.events.seats import Seats
from cms.forms.models import Submission

NOW = datetime(2030, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def said(left, *, waiting=(1,), offered=(), calls=(), kept_until=None, now=NOW, state="live", **fields):
    occurrence = Occurrence(event=Event(state=state), **{"on": PartialDate(2030, 11, 25), **fields})
    occurrence.derive()
    people = [Submission(pk=place, **fields) for place, (_ends, fields) in enumerate(offered)]
    return why_nobody_moves_up(
        occurrence,
        left,
        waiting=[Registration(seats=seats) for seats in waiting],
        offered=[
            Registration(offer_ends_at=ends, submission=person)
            for (ends, _fields), person in zip(offered, people, strict=True)
        ],
        calls=calls,
        kept_until=kept_until,
        now=now,
    )


MAIL, PHONE = {"email": "nino@example.org"}, {"phone": "+995 555 12 34 56"}

FULL = Seats(capacity=10, confirmed=10, waiting=1)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"waiting": ()}, "Nobody waits."),
        ({"status": "cancelled"}, "The date is cancelled."),
        ({"status": "postponed"}, "The date is postponed."),
        ({"state": "draft"}, "not announced yet"),
        ({"on": PartialDate(2030, 11)}, "The day is not known yet."),
        ({"now": NOW + timedelta(days=90)}, "The date has begun."),
        ({}, "No seat is free."),
    ],
)
def test_what_stands_in_the_way_is_said_alone(fields, reason):
    (sentence,) = said(FULL, **fields)
    assert reason in sentence


def test_a_group_waits_for_enough_seats_together():
    (sentence,) = said(Seats(capacity=10, confirmed=8, waiting=3), waiting=(3, 1))
    assert sentence == "The first in the list is a group of 3, and 2 seats are free."


def test_a_group_larger_than_all_seats_is_named_and_passed_over():
    sentences = said(Seats(capacity=2, confirmed=1, waiting=6, stuck=4), waiting=(4, 2))
    assert "larger than all seats" in sentences[0]
    assert "a group of 2, and 1 seat is free" in sentences[1]


def test_offers_and_kept_seats_are_told_with_their_times():
    left = Seats(capacity=10, confirmed=5, offered=3, held=2, waiting=1)
    offers = [(NOW + timedelta(hours=5), MAIL), (NOW + timedelta(hours=2), MAIL), (None, PHONE)]
    sentences = said(left, offered=offers, calls={2}, kept_until=NOW + timedelta(minutes=20))
    assert sentences == [
        "No seat is free.",
        "2 offers are open, the first until 1 November 2030, 15:00, Tbilisi time.",
        "1 offer has not reached its person yet: please ring them.",
        "2 seats are kept for people who are writing, until 13:20 at the latest.",
    ]


def test_more_people_than_seats_are_counted():
    assert "2 more people have a seat" in said(Seats(capacity=8, confirmed=10, waiting=1))[0]


def test_free_seats_for_the_next_are_on_their_way():
    assert "within a minute" in said(Seats(capacity=None, confirmed=8, waiting=1))[0]


def test_a_mail_on_its_way_is_no_call_and_nobody_rings_without_a_number():
    left = Seats(capacity=10, confirmed=4, offered=6, waiting=1)
    offers = [(None, MAIL), (None, MAIL), (None, {}), (None, MAIL), (None, {**MAIL, **PHONE}), (None, PHONE)]
    assert said(left, offered=offers, calls={2, 3, 4})[1:] == [  # Of the fourth and fifth the mail came back.
        "2 offers have not reached their people yet: please ring them.",
        "2 offers cannot reach their people by telephone or mail: please ask the hub.",
        "2 offers are on their way by mail.",
    ]
