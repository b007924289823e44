"""Pages of events that anybody may see, each event once and in the best language for a reader."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cms.core import clock
from cms.core.languages import fallbacks
from cms.events.enums import EventState
from cms.events.models import Event, EventIndexPage, EventPage, Series
from cms.events.models.event import SHAPE
from cms.events.queries.places import localised

HEAVY = ("body", "programme", "parties")
"""Texts that no list shows."""


def visible_pages() -> QuerySet[EventPage]:
    """Return the published pages of announced events, in every language."""
    pages = EventPage.objects.live().public().filter(event__state=EventState.LIVE)
    lasting = pages.filter(Q(expire_at=None) | Q(expire_at__gt=clock.now()))
    return lasting.select_related("event", "locale").defer(*HEAVY)


def best_pages(pages: Iterable[EventPage], language: str) -> dict[int, EventPage]:
    """Return by key of the event its page in `language`, or in the best language there is."""
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    best: dict[int, EventPage] = {}
    for page in sorted(pages, key=lambda page: order.get(page.language, len(order))):
        best.setdefault(page.event_id, page)
    return best


def page_by_code(code: str, language: str) -> EventPage | None:
    """Return the page of an event by the code of the event."""
    if not re.fullmatch(SHAPE, code):
        return None  # What cannot be a code is not asked for: no database takes every text.
    pages = best_pages(visible_pages().filter(event__code=code), language)
    return next(iter(pages.values()), None)


def calendar_page(language: str) -> EventIndexPage | None:
    """Return the page of the calendar."""
    pages = EventIndexPage.objects.live().select_related("locale").defer("body")
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    return min(pages, key=lambda page: order.get(page.language, len(order)), default=None)


def with_form(event: int) -> Event:
    """Return an event with its form, whether or not it is announced."""
    return Event.objects.select_related("form").get(pk=event)


def series_of(number: int | None) -> Series | None:
    """Return a series by the key of any of its rows, in the language in use or the best there is."""
    found: Series | None = localised(Series, {number}).get(number)
    return found


def pages_in_series(series: Series) -> QuerySet[EventPage]:
    """Return the pages of all announced events of a series, in every language."""
    return visible_pages().filter(series__translation_key=series.translation_key)
