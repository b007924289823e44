"""What pages of events are tagged with, in the reader's language."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import get_language

from cms.core.languages import fallbacks
from cms.events.models import EventPage


class Tagged(NamedTuple):
    """Slugs by key of the event, and the name of each slug that occurs, in the order of names."""

    slugs: dict[int, set[str]]
    names: dict[str, str]


def tagged(field: str, pages: Iterable[EventPage]) -> Tagged:
    """Return what `field` ("topics" or "audiences") links these pages to; at most two questions."""
    events = {page.pk: page.event_id for page in pages}
    model: Any = EventPage._meta.get_field(field).related_model
    rows = EventPage.objects.filter(pk__in=events, **{f"{field}__isnull": False})
    slugs: dict[int, set[str]] = {}
    for number, slug in rows.values_list("pk", f"{field}__slug"):
        slugs.setdefault(events[number], set()).add(slug)
    found = set().union(*slugs.values())
    language = get_language() or ""
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    names: dict[str, str] = {}
    known = model.objects.filter(slug__in=found).values_list("slug", "name", "locale__language_code")
    for slug, name, _code in sorted(known, key=lambda row: order.get(row[2], len(order))):
        names.setdefault(slug, name)
    return Tagged(slugs, dict(sorted(names.items(), key=lambda pair: pair[1])))
