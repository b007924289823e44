"""A site with a calendar, three weeks before the usual date."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from cms.core import clock
from tests.events.factories import make_calendar
from tests.pages.factories import make_homes


@pytest.fixture
def autumn():
    """Stop the clock on the first of November 2030."""
    with clock.stopped(datetime(2030, 11, 1, 9, 0, tzinfo=UTC)) as moment:
        yield moment


@pytest.fixture
def homes(db):
    """Publish home in Georgian, English and Arabic."""
    return make_homes("en", "ar")


@pytest.fixture
def calendar(homes):
    """Publish the calendar in English: tests read English words."""
    return make_calendar(homes["en"], title="Events")


@pytest.fixture
def visitor():
    """A browser without cookies."""
    return Client(raise_request_exception=False)
