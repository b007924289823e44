"""What the page of an event shows beside its words: dates with their seats, programme, series."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core import clock
from cms.events import queries
from cms.events.enums import EventState, Room, Standing
from cms.events.models import Event, EventPage
from cms.events.presenters.calendar import date_lines
from cms.events.presenters.date import KINDS, OPEN_ROOMS, DateLine, Spot, Tag
from cms.events.presenters.entries import Link, event_link
from cms.events.presenters.facts import named

FIRST: Final = 12
"""Dates that are shown at once; the others are folded away."""

LAST: Final = 12
"""Dates that are over and still told."""


class Item(NamedTuple):
    """An item of the programme; `only` names the dates it belongs to, where it is not all of them."""

    time: time | None
    title: str
    person: str
    language: str
    only: tuple[str, ...]


class Sister(NamedTuple):
    """Another event of the series."""

    number: int | None
    link: Link


@dataclass(frozen=True, slots=True)
class Row:
    """A series, and what else belongs to it."""

    name: str
    language: str
    number: int | None
    others: list[Sister]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """An event at one moment, for readers."""

    event: Event
    announced: bool
    tag: Tag
    dates: list[DateLine]
    more: list[DateLine]
    past: list[DateLine]
    here: DateLine | None
    """Where all dates to come take place, if that is one place and there are several dates."""
    spoken: str
    mediation: str
    programme: list[Item]
    row: Row | None
    calendar_url: str
    waits: bool
    """Whether there may be a waiting list."""
    online: bool

    @property
    def single(self) -> bool:
        """Tell whether there is nothing to choose."""
        return len(self.dates) + len(self.more) == 1

    @property
    def places(self) -> bool:
        """Tell whether dates are chosen by their towns."""
        return len({line.town for line in self.dates}) > 1


def event_facts(page: EventPage, *, language: str, preview: bool = False) -> EventFacts:
    """Return what is to be known of an event now, in the language in use; links are for `language`.

    Of what is still being prepared only staff, in a preview, see the dates.
    """
    event = queries.with_form(page.event_id)
    announced = event.state == EventState.LIVE
    coming, past = _dates(event, language) if announced or preview else ([], [])
    here = _common(coming)
    return EventFacts(
        event=event,
        announced=announced,
        tag=event_tag(event, coming, past=bool(past)),
        dates=coming[:FIRST],
        more=coming[FIRST:],
        past=past[:LAST],
        here=here,
        spoken=named(event.languages),
        mediation=named(event.mediation),
        programme=programme(page, coming or past),
        row=_row(page, event, language),
        calendar_url=_calendar(event, language) if announced and coming else "",
        waits=event.form_id is not None and any(line.queue for line in coming),
        online=any(line.online for line in coming),
    )


def _dates(event: Event, language: str) -> tuple[list[DateLine], list[DateLine]]:
    """Return what is to come, the next first, and what is over, the last first."""
    now = clock.now()
    found = queries.dates_of(event)
    lines = date_lines(found, queries.places_of(found), language)
    coming = [lines[one.pk] for one in found if one.ends_at > now]
    return coming, [lines[one.pk] for one in reversed(found) if one.ends_at <= now]


def event_tag(event: Event, coming: Sequence[DateLine], *, past: bool) -> Tag:
    """Return where the event stands as a whole: the best that somebody can still do."""
    if event.state != EventState.LIVE:
        return Tag(str(Standing.PREPARED.label), KINDS[Standing.PREPARED])
    if not coming:
        return Tag(str(Standing.OVER.label), "plain") if past else Tag(_("Dates follow"))
    actions = {line.action for line in coming}
    if "register" in actions:
        return Tag(str(Standing.OPEN.label), "good")
    if "wait" in actions:
        return Tag(str(Room.WAITING.label), "plain")
    by_standing = {line.standing: line for line in reversed(coming)}
    order = (
        Standing.AHEAD,
        Standing.OPEN,
        Standing.UNDATED,
        Standing.CLOSED,
        Standing.POSTPONED,
        Standing.CANCELLED,
    )
    found = next(by_standing[standing] for standing in order if standing in by_standing)
    if found.standing == Standing.OPEN and event.form_id and found.room in OPEN_ROOMS:
        return Tag(str(Standing.AHEAD.label))  # There is no form yet.
    return Tag(str(Room.NONE.label), "plain") if _full(event, found) else found.tags[0]


def _full(event: Event, line: DateLine) -> bool:
    return line.standing == Standing.OPEN and event.form_id is not None and line.room == Room.NONE


def _common(lines: Sequence[DateLine]) -> DateLine | None:
    """Return one of several dates if all of them take place at the same place."""
    places: set[tuple[str, Spot | None, bool]] = {(line.town, line.spot, line.online) for line in lines}
    return lines[0] if len(lines) > 1 and len(places) == 1 else None


def programme(page: EventPage, lines: Iterable[DateLine]) -> list[Item]:
    """Return the items of the programme that belong to any of these dates."""
    names = {line.number: line.name for line in lines}
    items = []
    for block in page.programme:
        value = block.value
        numbers = {int(number) for number in re.findall(r"\d{1,4}", value["dates"] or "", re.ASCII)}
        fitting = {number: name for number, name in names.items() if number in numbers}
        if numbers and not fitting:
            continue
        only = tuple(fitting.values()) if numbers and len(fitting) < len(names) else ()
        items.append(
            Item(value["time"], value["title"], value["person"] or "", value["language"] or "", only)
        )
    return items


def _row(page: EventPage, event: Event, language: str) -> Row | None:
    series = queries.series_of(page.series_id)
    if series is None:
        return None
    pages = queries.best_pages(queries.pages_in_series(series), language)
    others = [
        Sister(other.event.number, event_link(other, language))
        for other in pages.values()
        if other.event_id != event.pk
    ]
    others.sort(key=lambda one: (one.number is None, one.number or 0, one.link.label))
    return Row(series.name, series.locale.language_code, event.number, others)


def _calendar(event: Event, language: str) -> str:
    with override(language):
        return reverse("calendar:event", args=[event.code])
