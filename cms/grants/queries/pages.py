"""Pages of calls, each once and in the best language for a reader."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from cms.core import clock
from cms.core.languages import fallbacks
from cms.grants.enums import CallState
from cms.grants.models import Call, CallPage

HEAVY = ("rules", "body", "choosing")
"""Texts that no list shows."""


def best(pages: Iterable[CallPage], language: str) -> Iterator[CallPage]:
    """Yield each page once: in `language`, or in the best language it was found in."""
    order = {code: place for place, code in enumerate([language, *fallbacks(language)])}
    ranked = sorted(pages, key=lambda page: order.get(page.language, len(order)))
    seen = set()
    for page in ranked:
        if page.translation_key not in seen:
            seen.add(page.translation_key)
            yield page


def announced(language: str) -> list[CallPage]:
    """Return the pages of all announced calls that anybody may see; calls in preparation are left out."""
    pages = CallPage.objects.live().public().exclude(call__state=CallState.DRAFT)
    lasting = pages.filter(Q(expire_at=None) | Q(expire_at__gt=clock.now()))
    return list(best(lasting.select_related("call", "locale").defer(*HEAVY), language))


def page_of(call: Call, language: str) -> CallPage | None:
    """Return the published page of a call."""
    pages = CallPage.objects.live().filter(call=call).select_related("locale").defer(*HEAVY)
    return next(best(pages, language), None)
