"""Where dates take place, in the reader's language; few questions, however many dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import get_language

from cms.core.languages import fallbacks
from cms.events.models import Occurrence, Venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What is known of the place of a date: rows in the reader's language, or in the best there is."""

    city: Any = None
    venue: Venue | None = None
    hub: Any = None
    online: bool = False


def places_of(occurrences: Iterable[Occurrence]) -> dict[int, Whereabouts]:
    """Return by key of the date where it takes place; at most three questions."""
    dates = list(occurrences)
    venues = localised(Venue, {date.venue_id for date in dates})
    hubs = localised(apps.get_model("cms_pages", "HubPage"), {date.hub_id for date in dates}, live=True)
    own = {date.city_id for date in dates}
    theirs = {venue.city_id for venue in venues.values()} | {hub.place_id for hub in hubs.values()}
    cities = localised(apps.get_model("cms_pages", "Place"), own | theirs)
    found = {}
    for date in dates:
        venue, hub = venues.get(date.venue_id), hubs.get(date.hub_id)
        city = date.city_id or (venue and venue.city_id) or (hub and hub.place_id)
        found[date.pk] = Whereabouts(city=cities.get(city), venue=venue, hub=hub, online=date.online)
    return found


def localised(model: Any, keys: set[Any], **which: Any) -> dict[Any, Any]:
    """Return by the key of a row the row of the same thing in the best language for the reader."""
    wanted = keys - {None}
    if not wanted:
        return {}
    same = model.objects.filter(pk__in=wanted).values("translation_key")
    rows = list(model.objects.filter(translation_key__in=same, **which).select_related("locale"))
    language = get_language() or ""
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    best: dict[Any, Any] = {}
    for row in sorted(rows, key=lambda row: order.get(row.locale.language_code, len(order))):
        best.setdefault(row.translation_key, row)
    return {row.pk: best[row.translation_key] for row in rows if row.pk in wanted}
