"""What the admin lists: events and dates with few questions, however many there are."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import TranslatableMixin

from cms.core.languages import fallbacks
from cms.events.enums import OccurrenceStatus
from cms.events.models import Event, Occurrence, Registration


def with_next(events: QuerySet[Event], at: datetime) -> QuerySet[Any]:
    """Add when the next date of each event begins, and how many dates it has in all."""
    ahead = Q(occurrences__ends_at__gt=at, occurrences__status=OccurrenceStatus.SCHEDULED)
    return events.select_related("unit").annotate(
        next_at=Min("occurrences__starts_at", filter=ahead), dates=Count("occurrences", distinct=True)
    )


def upcoming(events: list[Event], at: datetime) -> dict[int, list[Occurrence]]:
    """Return by event its dates that are not over, the next first."""
    found: dict[int, list[Occurrence]] = {event.pk: [] for event in events}
    dates = Occurrence.objects.filter(event__in=events, ends_at__gt=at)
    for occurrence in dates.exclude(status=OccurrenceStatus.CANCELLED).order_by("starts_at", "pk"):
        found[occurrence.event_id].append(occurrence)
    return found


def has_registrations(event: Event) -> bool:
    """Tell whether anybody has begun to register for a date of the event, sent or not."""
    return event.pk is not None and Registration.objects.filter(occurrence__event=event.pk).exists()


def one_a_thing(model: Any, current: int | None, **which: Any) -> list[tuple[int, Any]]:
    """Return rows of what is written in several languages: each thing once, by the editor's language.

    The key of a thing is the row chosen before, so that saving without a change changes nothing; its
    words are those of the best row there is.
    """
    rows = model.objects.filter(**which).select_related("locale").order_by("pk")
    if not issubclass(model, TranslatableMixin):
        return [(row.pk, row) for row in rows]
    language = get_language() or ""
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    best: dict[Any, Any] = {}
    keys: dict[Any, int] = {}
    for row in sorted(rows, key=lambda row: order.get(row.locale.language_code, len(order))):
        best.setdefault(row.translation_key, row)
        keys.setdefault(row.translation_key, row.pk)
        if row.pk == current:
            keys[row.translation_key] = row.pk
    found = [(keys[thing], row) for thing, row in best.items()]
    return sorted(found, key=lambda pair: str(pair[1]).casefold())


def by_state(occurrence: Occurrence, *states: str) -> QuerySet[Registration]:
    """Return registrations of a date in some states, with the people who come."""
    found = Registration.objects.filter(occurrence=occurrence, state__in=states)
    return found.select_related("submission").prefetch_related("attendees")


def next_dates(dates: QuerySet[Occurrence], at: datetime) -> QuerySet[Occurrence]:
    """Return those that are not over nor cancelled, the next first, with their events."""
    ahead = dates.filter(ends_at__gt=at).exclude(status=OccurrenceStatus.CANCELLED)
    return ahead.select_related("event").order_by("starts_at", "pk")
