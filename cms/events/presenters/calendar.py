"""The calendar: what comes next, month by month, narrowed as its readers choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.filters import Filter, FilterForm
from cms.core.formats import dates
from cms.core.languages import language_choices
from cms.core.paging import Address, Step, number_of, steps
from cms.events import queries, seats
from cms.events.enums import EventKind, Standing
from cms.events.models import EventIndexPage, EventPage, Occurrence
from cms.events.presenters.date import OPEN_ROOMS, DateLine, date_line
from cms.events.presenters.entries import EventEntry, event_entry
from cms.events.queries import Whereabouts
from cms.events.seats import Seats

A_PAGE: Final = 20
"""Dates on one page of the calendar."""

PAST: Final = {"when": "past"}
"""The query of the page with what is over."""

ASKED: Final = ("place", "topic", "audience", "language", "kind", "seats")
"""What filters may ask, in their order."""

NOT_ASKED: Final = ("page", "when")
"""What else an address of the calendar says."""

NAMES: Final = frozenset({*ASKED, *NOT_ASKED})


@dataclass(frozen=True, slots=True)
class Selection:
    """The dates that fit, and what is known of them."""

    dates: list[Occurrence]
    pages: dict[int, EventPage]
    places: dict[int, Whereabouts]
    form: FilterForm
    known: bool
    """Whether the query asks only for what there is."""

    @property
    def labels(self) -> list[str]:
        """Return what was chosen, in words."""
        return self.form.labels


@dataclass(frozen=True, slots=True)
class Month:
    """A month and its dates."""

    id: str
    label: str
    entries: list[EventEntry]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What the page of the calendar shows."""

    months: list[Month]
    total: int
    form: FilterForm | None
    narrowed: bool
    past: bool
    other: str
    """The address of what is over, or of what comes."""
    feed: str
    number: int = 1
    pages: int = 1
    steps: tuple[Step, ...] = ()
    previous: str = ""
    next: str = ""


# --- Choosing -----------------------------------------------------------------------------------


def selection(
    query: Mapping[str, Any], language: str, *, since: datetime | None = None, past: bool = False
) -> Selection:
    """Return the dates that end after `since`, by default now, or the `past` ones, narrowed as asked.

    What nobody knows is left aside. A reader of `language` gets each event in the best language.
    """
    now = clock.now()
    pages = queries.best_pages(queries.visible_pages(), language)
    told = (
        queries.past_occurrences(pages.values(), now)
        if past
        else queries.told_occurrences(pages.values(), since or now)
    )
    found = list(told)
    places = queries.places_of(found)
    shown = [pages[event] for event in {one.event_id for one in found}]
    tags = {"topic": queries.tagged("topics", shown), "audience": queries.tagged("audiences", shown)}
    values = _values(found, places, tags)
    form = FilterForm(query, _filters(values.values(), places, tags, past=past))
    chosen = dict(form.chosen)
    free_only = chosen.pop("seats", "")
    fitting = [one for one in found if all(value in values[one.pk][name] for name, value in chosen.items())]
    if free_only:
        counted = seats.count_all(fitting, at=now)
        fitting = [one for one in fitting if _seat_free(one, counted[one.pk], now)]
    known = form.is_valid() and {*form.fields, *NOT_ASKED}.issuperset(query)
    return Selection(fitting, pages, places, form, known)


def of_page(page: EventIndexPage, query: QueryDict, language: str) -> Selection:
    """Return what the page of the calendar selects; asked twice a request, found once.

    The object of a page lives as long as one request.
    """
    key = (query.urlencode(), language, get_language())
    known: tuple[Any, Selection] | None = getattr(page, "_selected", None)
    if known is None or known[0] != key:
        known = (key, selection(query, language, past=_asks_for_past(query)))
        setattr(page, "_selected", known)  # noqa: B010 - the model knows nothing of presenters
    return known[1]


def understood(page: EventIndexPage, query: QueryDict, language: str) -> bool:
    """Tell whether the calendar has an answer of its own to a query: each value once, and known."""
    when = query.get("when") in {None, PAST["when"]}
    return plain(query, NAMES) and when and of_page(page, query, language).known


def plain(query: QueryDict, names: Iterable[str]) -> bool:
    """Tell whether a query says nothing beside these names, and each of them once.

    Of everything else there are as many addresses as anybody likes, and each would fill the cache.
    """
    return set(query).issubset(names) and all(len(values) == 1 for _name, values in query.lists())


def _asks_for_past(query: Mapping[str, Any]) -> bool:
    return query.get("when") == PAST["when"]


# --- The page -----------------------------------------------------------------------------------


def calendar_page(page: EventIndexPage, query: QueryDict, language: str, path: str) -> CalendarPage:
    """Return one page of the calendar, narrowed as the query asks.

    Raises:
        EmptyPage: The list is shorter.
        PageNotAnInteger: The page is no number.

    """
    past = _asks_for_past(query)
    found = of_page(page, query, language)
    part = Paginator(found.dates, A_PAGE).page(number_of(query))
    chosen = found.form.chosen
    address = Address(path, {**chosen, **(PAST if past else {})})
    other = chosen if past else {**chosen, **PAST}
    return CalendarPage(
        months=months(list(part), found, language),
        total=part.paginator.count,
        form=found.form if found.form.fields else None,
        narrowed=bool(chosen),
        past=past,
        other=Address(path, other)(1),
        feed=feed_address(language, chosen),
        number=part.number,
        pages=part.paginator.num_pages,
        steps=steps(part, address),
        previous=address(part.previous_page_number()) if part.has_previous() else "",
        next=address(part.next_page_number()) if part.has_next() else "",
    )


def months(found: list[Occurrence], among: Selection, language: str) -> list[Month]:
    """Return dates in their months, in the language in use; links are for a reader of `language`."""
    lines = date_lines(found, among.places, language)
    groups = groupby(found, key=lambda one: one.on[: len("2026-11")])
    return [
        Month(
            f"m-{month}",
            dates.month(group[0].on),
            [event_entry(among.pages[one.event_id], lines[one.pk], language) for one in group],
        )
        for month, group in ((month, list(dates_)) for month, dates_ in groups)
    ]


def next_dates(language: str, count: int, *, topic: str = "", place: str = "") -> list[EventEntry]:
    """Return what comes next for a list somewhere else: each event once, with its first date.

    What nobody narrows is not asked what filters know of it: home is made often.
    """
    asked = {name: slug for name, slug in {"topic": topic, "place": place}.items() if slug}
    chosen = selection(asked, language) if asked else None
    pages = chosen.pages if chosen else queries.best_pages(queries.visible_pages(), language)
    coming = chosen.dates if chosen else queries.told_occurrences(pages.values(), clock.now())
    firsts: dict[int, Occurrence] = {}
    for one in coming if chosen is None or chosen.known else ():
        firsts.setdefault(one.event_id, one)
    first = list(firsts.values())[:count]
    lines = date_lines(first, chosen.places if chosen else queries.places_of(first), language)
    return [event_entry(pages[one.event_id], lines[one.pk], language) for one in first]


def feed_address(language: str, chosen: Mapping[str, str]) -> str:
    """Return the address of the calendar file of a selection."""
    with override(language):
        address = reverse("calendar:feed")
    return f"{address}?{urlencode(chosen)}" if chosen else address


# --- What filters know --------------------------------------------------------------------------


def _values(
    found: list[Occurrence], places: dict[int, Whereabouts], tags: dict[str, queries.Tagged]
) -> dict[int, dict[str, set[str]]]:
    """Return by key of the date the values that filters know it by."""
    return {
        one.pk: {
            "place": {city.slug} if (city := places[one.pk].city) else set(),
            **{name: tag.slugs.get(one.event_id, set()) for name, tag in tags.items()},
            "language": {*one.event.languages, *one.event.mediation},
            "kind": {one.event.kind},
        }
        for one in found
    }


def _filters(
    values: Iterable[dict[str, set[str]]],
    places: dict[int, Whereabouts],
    tags: dict[str, queries.Tagged],
    *,
    past: bool,
) -> list[Filter]:
    """Return the questions that have an answer here."""
    occurring = {name: set[str]() for name in ("place", *tags, "language", "kind")}
    for known in values:
        for name in occurring:
            occurring[name] |= known[name]
    towns = {place.city.slug: place.city.name for place in places.values() if place.city}
    choices = {
        "place": sorted(towns.items(), key=lambda pair: pair[1]),
        **{name: list(tag.names.items()) for name, tag in tags.items()},
        "language": language_choices(),
        "kind": [(str(code), str(label)) for code, label in EventKind.options()],
        "seats": [] if past else [("free", _("Only with free seats"))],
    }
    labels = {
        "place": _("Town or city"),
        "topic": _("Topic"),
        "audience": _("For whom"),
        "language": _("Language spoken"),
        "kind": pgettext("of an event", "Kind"),
        "seats": _("Seats"),
    }
    filters = [
        Filter(name, labels[name], tuple(pair for pair in pairs if pair[0] in occurring.get(name, {pair[0]})))
        for name, pairs in choices.items()
    ]
    return [item for item in filters if item.choices and occurring["kind"]]


def date_lines(found: list[Occurrence], places: dict[int, Whereabouts], language: str) -> dict[int, DateLine]:
    """Return dates as they stand now by their keys; two questions, however many there are."""
    now = clock.now()
    counted = seats.count_all(found, at=now)
    return {
        one.pk: date_line(one, places[one.pk], counted[one.pk], now=now, language=language) for one in found
    }


def _seat_free(occurrence: Occurrence, counted: Seats, now: datetime) -> bool:
    """Tell whether somebody may simply come, or finds a seat."""
    free = occurrence.event.form_id is None or counted.room in OPEN_ROOMS
    return free and occurrence.standing(now) == Standing.OPEN
