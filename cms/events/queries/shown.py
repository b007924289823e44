"""Dates that pages and calendars show."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from cms.events.models import Event, EventPage, Occurrence

MOST_LISTED = 1000
"""Dates that a list looks through."""

MOST_OF_ONE = 500
"""Dates that the page of one event shows; a rule makes them for a year."""


def told_occurrences(pages: Iterable[EventPage], since: datetime) -> QuerySet[Occurrence]:
    """Return the dates of these pages that end after a moment, what begins first stands first."""
    return _of(pages).filter(ends_at__gt=since)[:MOST_LISTED]


def past_occurrences(pages: Iterable[EventPage], moment: datetime) -> QuerySet[Occurrence]:
    """Return the dates of these pages that are over at a moment, the newest first."""
    return _of(pages).filter(ends_at__lte=moment).order_by("-starts_at", "-id")[:MOST_LISTED]


def dates_of(event: Event) -> list[Occurrence]:
    """Return the dates of an event in their order; of too many the last ones."""
    dates = list(Occurrence.objects.filter(event=event).order_by("-starts_at", "-id")[:MOST_OF_ONE])
    for occurrence in dates:
        occurrence.event = event  # Known already, with its form.
    return dates[::-1]


def _of(pages: Iterable[EventPage]) -> QuerySet[Occurrence]:
    events = [page.event_id for page in pages]
    return Occurrence.objects.filter(event__in=events).select_related("event__form")
