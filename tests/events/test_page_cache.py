"""Copies of pages of events: never older than a minute, and never what somebody has changed."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains
from wagtail.models import Locale

from cms.core import clock
from cms.core.partial import PartialDate
from cms.events.enums import EventState, OccurrenceStatus
from cms.events.models import EventPage, Series
from cms.pages.cache.generation import bump
from cms.pages.models import (
    Contact,
    Place,
    PublicOrganisation,
)
from tests.events.factories import make_calendar, make_date, make_event, make_event_page, make_venue
from tests.pages.factories import make_homes, make_snippet

pytestmark = pytest.mark.usefixtures("autumn")


@pytest.fixture
def cached(settings, transactional_db):
    """Publish a page of an event with seven dates on a site that keeps pages."""
    settings.PAGE_CACHE = True
    bump()
    calendar = make_calendar(make_homes("en")["en"], title="Events")
    event = make_event()
    for number in range(7):
        make_date(event, on=PartialDate(2030, 11, 20 + number))
    return make_event_page(calendar, event)


def hit(response):
    return response.headers.get("Cache-Status") == "khidi; hit"


def test_a_changed_date_is_seen_at_once_on_pages_that_were_kept(visitor, cached):
    for url in (cached.url, cached.get_parent().url):
        visitor.get(url)
        assert hit(visitor.get(url))
    one = cached.event.occurrences.first()
    one.status = OccurrenceStatus.CANCELLED
    one.save()
    for url in (cached.url, cached.get_parent().url):
        changed = visitor.get(url)
        assert not hit(changed)
        assertContains(changed, "Cancelled")


def test_a_changed_event_or_venue_is_seen_at_once(visitor, cached):
    visitor.get(cached.url)
    venue = make_venue(Locale.objects.get(language_code="en"))
    cached.event.occurrences.update(venue=venue)
    venue.address = "New Street 5"
    venue.save()
    assertContains(visitor.get(cached.url), "New Street 5")
    cached.event.state = EventState.DRAFT
    cached.event.save()
    assertContains(visitor.get(cached.url), "not been announced")


@pytest.mark.parametrize("which", ["page", "calendar"])
def test_no_page_is_kept_longer_than_a_minute_or_past_the_hour(visitor, cached, monkeypatch, which):
    url = cached.url if which == "page" else cached.get_parent().url
    kept_for = []
    cache = caches["pages"]
    set_ = cache.set

    def noted(key, value, seconds):
        if "furniture" not in key:
            kept_for.append(seconds)
        set_(key, value, seconds)

    monkeypatch.setattr(type(cache), "set", lambda _self, key, value, seconds: noted(key, value, seconds))
    edge = cached.event.occurrences.first().closes_at
    for before in (86_400, 30, 0.5):
        with clock.stopped(edge - timedelta(seconds=before)):
            cache.clear()
            visitor.get(url)
    assert kept_for == [60, 30, 0]


def test_pages_cost_few_queries_whatever_the_number_of_dates(visitor, cached):
    """Furniture is remembered as on any site in use; a query that no list asks for is never kept."""
    calendar = EventPage.objects.get(pk=cached.pk).get_parent()
    office = make_snippet(PublicOrganisation, "en", name="Institute of Democracy")
    series = make_snippet(Series, "en", name="Working meetings")
    cached.series = series
    cached.parties = [{"type": "party", "value": {"organisation": office.pk, "role": "organiser"}}]
    cached.contact = make_snippet(Contact, "en", label="Desk", phone="+995 32 212 34 56")
    cached.project = calendar  # Any page will do.
    cached.save()
    venue = make_venue(cached.locale, city=make_snippet(Place, "en", name="Batumi", slug="batumi"))
    cached.event.occurrences.update(venue=venue)
    costs = []
    for kept in (7, 1):
        cached.event.occurrences.filter(number__gt=kept).delete()
        visitor.get(f"{cached.url}?anew=before{kept}")
        with CaptureQueriesContext(connection) as seen:
            assertContains(visitor.get(f"{cached.url}?anew={kept}"), "Batumi")
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 14
