"""A rule takes a date away while somebody begins to register for it: nobody meets a broken page."""

import threading
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from cms.accounts.enums import Role
from cms.core import clock
from cms.events.domain import recur
from cms.events.domain.begin_registration import begin_registration
from cms.events.models import Occurrence, Recurrence, Registration
from cms.events.recurrence import Rule
from cms.forms.domain.errors import NotNowError
from tests.accounts.factories import person_with
from tests.events.factories import make_event
from tests.race.test_submit import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

NOW = datetime(2030, 11, 1, 9, 0, tzinfo=UTC)
A_WHILE = 1.0
"""Seconds that the rule waits for whoever begins: long enough to find a gap, if there is one."""


def weekly(day):
    first = datetime(2030, 11, 5, 9, 0)  # noqa: DTZ001 - a wall time
    return Rule("weekly", 1, (day,), None, first, minutes=60, until=date(2030, 11, 11))


@pytest.mark.parametrize("people", [0, 1])
def test_whoever_begins_while_a_rule_takes_the_date_away(people, monkeypatch):
    event = make_event()
    manager = person_with(Role.EVENT_MANAGER, event.unit)
    with clock.stopped(NOW):
        rule = Recurrence(event=event, capacity=30)
        (made,) = recur.save_recurrence(recurrence=rule, rule=weekly(1), known=(), by=manager).made
    occurrence = Occurrence.objects.select_related("event__form__current", "event__unit").get(pk=made.pk)
    looked, begun, relied_on = threading.Event(), threading.Event(), recur._relied_on

    def slowly(occurrence):
        found = relied_on(occurrence)
        looked.set()
        begun.wait(A_WHILE)
        return found

    monkeypatch.setattr(recur, "_relied_on", slowly)

    def change():
        return recur.save_recurrence(recurrence=rule, rule=weekly(2), known=(), by=manager)

    def begin():
        looked.wait(10)
        details = {"owner": None, "language": "ka", "key": uuid4(), "arrived": NOW, "people": people}
        try:
            return begin_registration(occurrence=occurrence, **details)
        finally:
            begun.set()

    def at_the_moment(function):
        with clock.stopped(NOW):  # A thread has a clock of its own.
            return function()

    done, refused = at_once(at_the_moment, [change, begin])
    assert isinstance(refused, NotNowError)
    assert (done.gone, len(done.made)) == (1, 1)
    assert not Registration.objects.exists()
