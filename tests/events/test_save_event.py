"""Announcing an event: whoever waits moves up, and dates are locked before the event is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.accounts.enums import Role
from cms.events.domain.save_event import save_event
from cms.events.enums import EventState
from cms.events.models import Event
from tests.accounts.factories import person_with
from tests.events.factories import make_date, register
from tests.events.places import cancel, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stopped_clock):
    return stopped_clock


def test_dates_are_locked_before_the_event_and_whoever_waits_moves_up():
    date = make_date(capacity=1)
    first, waiting = register(date), register(date)
    manager = person_with(Role.EVENT_MANAGER, date.event.unit)
    Event.objects.update(state=EventState.DRAFT)
    cancel(first)
    assert states(waiting) == ["waitlisted"]
    event = Event.objects.get()
    event.state = EventState.LIVE
    with CaptureQueriesContext(connection) as asked:
        save_event(event=event, by=manager)
    sql = [query["sql"] for query in asked]
    dates = 'FROM "cms_events_occurrence" INNER JOIN "cms_events_event"'
    locked = next(place for place, text in enumerate(sql) if dates in text)
    written = next(place for place, text in enumerate(sql) if text.startswith('UPDATE "cms_events_event"'))
    assert locked < written
    assert states(waiting) == ["offered"]
