"""Shared lists and snippets in the language of a reader."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import Page

from cms.core import clock
from cms.pages.models import HubPage, ServicePage, SiteNotice
from cms.pages.queries.tree import best

TAGGED: dict[Any, tuple[str, ...]] = {ServicePage: ("topics", "audiences"), HubPage: ("place",)}
"""Pages of sections → what links them to shared lists."""


def rows_for(kind: Any, language: str) -> QuerySet:
    """Return every row of a snippet once, in the best language for a reader."""
    rows = kind.objects.all()
    return best(rows, rows, language)


def snippets(kind: Any, numbers: Iterable[int], language: str) -> dict[int, Any]:
    """Return the number of each row that an editor chose → the row for a reader of `language`."""
    wanted = set(numbers)
    keys = dict(kind.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
    shown = {
        row.translation_key: row for row in rows_for(kind, language).filter(translation_key__in=keys.values())
    }
    return {number: shown[key] for number, key in keys.items()}


def notices(language: str) -> QuerySet:
    """Return the notices of this moment: the urgent ones first, then the newest."""
    now = clock.now()
    begun = Q(begins=None) | Q(begins__lte=now)
    lasting = Q(ends=None) | Q(ends__gt=now)
    current = rows_for(SiteNotice, language).filter(begun & lasting)
    # Databases do not agree on where an empty beginning stands.
    return current.order_by("-urgent", F("begins").desc(nulls_last=True), "pk")


def tags_of(pages: Iterable[Page]) -> dict[int, dict[str, set[str]]]:
    """Return page → list → slugs, one question for each list of each type."""
    tags: dict[int, dict[str, set[str]]] = {page.pk: {} for page in pages}
    for kind, names in TAGGED.items():
        numbers = [page.pk for page in pages if isinstance(page, kind)]
        for name in names if numbers else ():
            rows = kind.objects.filter(pk__in=numbers, **{f"{name}__isnull": False})
            for number, slug in rows.values_list("pk", f"{name}__slug"):
                tags[number].setdefault(name, set()).add(slug)
    return tags
