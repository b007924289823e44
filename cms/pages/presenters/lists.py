"""Lists of pages: news with filters and numbers, sections, and those that editors place in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.models import Page

from cms.core.filters import Filter, FilterForm
from cms.core.languages import language_choices
from cms.core.paging import Address, Step, number_of, steps
from cms.events.models import EventIndexPage
from cms.events.presenters import calendar
from cms.grants.models import CallIndexPage
from cms.grants.presenters.calls import open_calls
from cms.pages import queries
from cms.pages.cache.generation import remembered
from cms.pages.enums import ListingLayout, NewsCategory
from cms.pages.models import Audience, NewsIndexPage, Place, SectionPage, Topic
from cms.pages.presenters.entries import Entry, entry, names
from cms.pages.presenters.links import PageLink, link

A_PAGE: Final = 10
"""Stories on one page of the list."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows."""

    entries: list[Entry]
    total: int
    form: FilterForm | None = None
    narrowed: bool = False
    number: int = 1
    pages: int = 1
    steps: tuple[Step, ...] = ()
    previous: str = ""
    next: str = ""
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A list that an editor placed in a text."""

    title: str
    entries: Sequence[Any]
    arches: bool
    all: PageLink | None


class Row(NamedTuple):
    """A page below a section: its line, and the values that filters know it by."""

    entry: Entry
    values: dict[str, set[str]]


def understood(page: Page, query: QueryDict) -> bool:
    """Tell whether a page has an answer of its own to a query string: each value once, and known.

    Nobody else's answer may be kept for others: whoever makes queries up could fill the cache.
    """
    if isinstance(page, EventIndexPage):
        return calendar.understood(page, query, _reader())
    form = filter_form(page, query, _reader())
    known = {*(form.fields if form else ()), *(["page"] if isinstance(page, NewsIndexPage) else [])}
    plain = known.issuperset(query) and all(len(values) == 1 for _name, values in query.lists())
    return plain and (form is None or form.is_valid())


def filter_form(page: Page, query: Mapping[str, Any], language: str) -> FilterForm | None:
    """Return the filters of a page, filled; None if it has no list."""
    if isinstance(page, NewsIndexPage):
        return FilterForm(query, _news_filters(page, language))
    if isinstance(page, SectionPage):
        filters = _section_filters(_rows(page, language))
        return FilterForm(query, filters) if filters else None
    return None


# --- News ---------------------------------------------------------------------------------------


def news(index: NewsIndexPage, query: QueryDict, language: str, path: str) -> Listing:
    """Return one page of the news, narrowed as the query asks.

    Raises:
        EmptyPage: The list is shorter.
        PageNotAnInteger: The page is no number.

    """
    form = FilterForm(query, _news_filters(index, language))
    found = queries.narrowed(queries.stories(language, index), **form.chosen)
    part = Paginator(found, A_PAGE).page(number_of(query))
    address = Address(path, form.chosen)
    return Listing(
        entries=[entry(story, language) for story in part],
        total=part.paginator.count,
        form=form,
        narrowed=bool(form.chosen),
        number=part.number,
        pages=part.paginator.num_pages,
        steps=steps(part, address),
        previous=address(part.previous_page_number()) if part.has_previous() else "",
        next=address(part.next_page_number()) if part.has_next() else "",
        feed=feed_address(language, form.chosen),
    )


def feed_address(language: str, chosen: Mapping[str, str]) -> str:
    """Return the address of the feed of a selection."""
    with override(language):
        address = reverse("news_feed")
    return f"{address}?{urlencode(chosen)}" if chosen else address


def _news_filters(index: NewsIndexPage, language: str) -> list[Filter]:
    found = remembered(
        f"tagged:{index.translation_key}:{language}",
        lambda: queries.occurring(queries.stories(language, index)),
    )
    categories = [
        (str(code), str(label)) for code, label in NewsCategory.options() if code in found.categories
    ]
    filters = [
        Filter("topic", _("Topic"), _listed(Topic, found.topics)),
        Filter("place", _("Place"), _listed(Place, found.places)),
        Filter("category", _("Kind of news"), tuple(categories)),
    ]
    return [item for item in filters if item.choices]


def _listed(kind: Any, slugs: frozenset[str] | set[str]) -> tuple[tuple[str, str], ...]:
    """Return the entries of a shared list that occur, each slug once, in the language in use."""
    known = names(kind, get_language() or "").values()
    labels = {name.slug: name.label for name in known if name.slug in slugs}
    return tuple(labels.items())


# --- Sections -----------------------------------------------------------------------------------


def section(page: SectionPage, query: QueryDict, language: str) -> Listing:
    """Return the pages below a section, narrowed as the query asks."""
    rows = _rows(page, language)
    form = filter_form(page, query, language)
    chosen = form.chosen if form else {}
    found = [row.entry for row in rows if all(value in row.values[name] for name, value in chosen.items())]
    return Listing(entries=found, total=len(found), form=form, narrowed=bool(chosen))


def _rows(page: Page, language: str) -> list[Row]:
    """Return what is below a section; it is short, so that it is kept whole and narrowed here."""

    def make() -> list[Row]:
        pages = queries.children(page, language)
        tags = queries.tags_of(pages)
        return [
            Row(
                entry(child, language),
                {
                    "topic": tags[child.pk].get("topics", set()),
                    "audience": tags[child.pk].get("audiences", set()),
                    "place": tags[child.pk].get("place", set()),
                    "language": set(getattr(child, "languages", [])),
                },
            )
            for child in pages
        ]

    return remembered(f"below:{page.translation_key}:{language}:{get_language()}", make)


def _section_filters(rows: list[Row]) -> list[Filter]:
    """Return the questions that tell these pages apart; one page needs none."""
    values: dict[str, set[str]] = {"audience": set(), "topic": set(), "place": set(), "language": set()}
    for row in rows:
        for name, found in row.values.items():
            values[name] |= found
    spoken = tuple((code, label) for code, label in language_choices() if code in values["language"])
    filters = [
        Filter("audience", _("For whom"), _listed(Audience, values["audience"])),
        Filter("topic", _("Topic"), _listed(Topic, values["topic"])),
        Filter("place", _("Place"), _listed(Place, values["place"])),
        Filter("language", _("Language spoken"), spoken),
    ]
    return [item for item in filters if item.choices and len(rows) > 1]


# --- Lists in texts -----------------------------------------------------------------------------


def block(value: StructValue, language: str) -> Block:
    """Return the first or newest pages below another, as an editor's block asks."""
    source, count = value["source"], value["count"]
    topic, place = (value[name].slug if value[name] else "" for name in ("topic", "place"))
    specific = source.specific_deferred if source else None
    arches = value["layout"] == ListingLayout.ARCHES
    if isinstance(specific, EventIndexPage | CallIndexPage):
        # Seats and deadlines change by the minute, so that nothing of it is remembered.
        shown = queries.chosen([specific.pk], language).get(specific.pk)
        if shown is None:
            return Block(value["title"], [], arches, None)
        lines: Sequence[Any] = (
            calendar.next_dates(language, count, topic=topic, place=place)
            if isinstance(specific, EventIndexPage)
            else open_calls(language, count)
        )
        return Block(value["title"], lines, arches, link(shown, language))

    def make() -> tuple[list[Entry], PageLink | None]:
        shown = queries.chosen([source.pk], language).get(source.pk) if source else None
        if shown is None:
            return [], None
        if isinstance(specific, NewsIndexPage):
            found = queries.narrowed(queries.stories(language, source), topic=topic, place=place)
            return [entry(story, language) for story in found[:count]], link(shown, language)
        rows = _rows(source, language)
        wanted = {"topic": topic, "place": place}
        rows = [
            row for row in rows if all(not slug or slug in row.values[name] for name, slug in wanted.items())
        ]
        return [row.entry for row in rows[:count]], link(shown, language)

    where = source.pk if source else 0
    key = f"block:{language}:{get_language()}:{where}:{topic}:{place}:{count}"
    entries, everything = remembered(key, make)
    return Block(value["title"], entries, arches, everything)


def _reader() -> str:
    return get_language() or ""
