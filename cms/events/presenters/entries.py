"""Dates as lines of lists."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import pgettext

from cms.core.languages import address_in
from cms.events.models import EventPage
from cms.events.presenters.date import DateLine, Day, Tag


class Link(NamedTuple):
    """A link to a page, and the language of its title."""

    label: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One date of an event as `components/entry.html` shows it."""

    link: Link
    lead: str
    letter: str
    day: Day
    facts: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()


def event_link(page: EventPage, language: str) -> Link:
    """Return the link to the page of an event for a reader of `language`."""
    return Link(page.title, address_in(language, page.get_url() or "/"), page.language)


def event_entry(page: EventPage, line: DateLine, language: str) -> EventEntry:
    """Return the line of a date; it leads to its place on the page of the event."""
    link = event_link(page, language)
    spot = line.spot.name if line.spot else ""
    mark = pgettext("between two parts of a line", ", ")
    where = mark.join(filter(None, [line.town, spot]))
    return EventEntry(
        link=link._replace(url=f"{link.url}#date-{line.number}"),
        lead="",
        letter=page.letter,
        day=line.day,
        facts=tuple(filter(None, [where, line.hours, *line.facts])),
        tags=line.tags,
    )
