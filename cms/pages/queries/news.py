"""News: all of it, narrowed, and what else belongs to a story."""

from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.pages.models import NewsIndexPage, NewsPage
from cms.pages.queries.tree import below, in_language, published

PLACES = ("places", "places__part_of", "places__part_of__part_of")
"""A municipality lies in a region, a region in a country: news of a part is news of the whole."""


class Occurring(NamedTuple):
    """What the news is tagged with: slugs of topics and places, codes of categories."""

    topics: frozenset[str]
    places: frozenset[str]
    categories: frozenset[str]


def news_index(language: str) -> Page | None:
    """Return the page that lists the news, in the best language for a reader."""
    return in_language(NewsIndexPage.objects.all(), language).order_by("rank", "path").first()


def stories(language: str, index: Page | None = None) -> PageQuerySet:
    """Return the news, newest first; only what stands below `index`, if there is one."""
    pages = NewsPage.objects.all() if index is None else below(index, NewsPage.objects.all())
    return newest_first(in_language(pages, language))


def translated_stories(language: str) -> PageQuerySet:
    """Return the news that is written in a language, newest first: nothing instead of a translation."""
    pages = published(NewsPage.objects.filter(locale__language_code=language)).public()
    return newest_first(pages.select_related("locale"))


def newest_first(pages: PageQuerySet) -> PageQuerySet:
    """Return stories by their date."""
    return pages.order_by("-date", "-pk")


def narrowed(pages: PageQuerySet, *, topic: str = "", place: str = "", category: str = "") -> PageQuerySet:
    """Return those about a topic, of a place or of its parts, of a category; empty means any."""
    if topic:
        pages = pages.filter(pk__in=NewsPage.objects.filter(topics__slug=topic).values("pk"))
    if place:
        inside = Q()
        for path in PLACES:
            inside |= Q(**{f"{path}__slug": place})
        pages = pages.filter(pk__in=NewsPage.objects.filter(inside).values("pk"))
    return pages.filter(category=category) if category else pages


def occurring(pages: PageQuerySet) -> Occurring:
    """Return what these stories are tagged with."""
    tagged = NewsPage.objects.filter(pk__in=pages.order_by().values("pk"))
    topics = tagged.filter(topics__isnull=False).values_list("topics__slug", flat=True)
    places = tagged.filter(places__isnull=False).values_list("places__slug", flat=True)
    categories = tagged.values_list("category", flat=True)
    return Occurring(frozenset(topics), frozenset(places), frozenset(categories))


def alike(story: NewsPage, topics: list[str], language: str, count: int) -> PageQuerySet:
    """Return the newest other stories that share a topic."""
    sharing = NewsPage.objects.filter(topics__slug__in=topics).values("pk")
    others = NewsPage.objects.filter(pk__in=sharing).exclude(translation_key=story.translation_key)
    return newest_first(in_language(others, language))[:count]
