"""What stands in the calendar files for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.core import clock
from cms.events import queries
from cms.events.calendar.ics import Entry
from cms.events.models import EventPage, Occurrence
from cms.events.presenters.calendar import selection
from cms.events.presenters.calendar_entry import page_entries

KEPT = timedelta(days=60)
"""So long a date stays in a feed once it is over: what is cancelled must not merely vanish."""

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar, and the name to save it by."""

    name: str
    filename: str
    entries: list[Entry]
    known: bool = True
    """Whether the query asks only for what there is."""


def of_selection(query: QueryDict, language: str) -> CalendarFile:
    """Return the dates that the choices of the calendar page find; choices nobody knows are ignored."""
    chosen = selection(query, language, since=clock.now() - KEPT)
    index = queries.calendar_page(language)
    title = index.title if index else _("Events")
    return CalendarFile(
        name=" · ".join([_("Khidi"), title, *chosen.labels]),
        filename="khidi.ics",
        entries=page_entries(chosen.dates, chosen.pages, language),
        known=chosen.known,
    )


def of_event(code: str, language: str) -> CalendarFile | None:
    """Return the dates of an event, if it is announced."""
    page = queries.page_by_code(code, language)
    if page is None:
        return None
    dates = queries.told_occurrences([page], clock.now() - KEPT)
    return _file(page, dates, f"{code}.ics", language)


def of_date(code: str, number: int, language: str) -> CalendarFile | None:
    """Return one date, however long ago it was."""
    page = queries.page_by_code(code, language)
    dates = [one for one in (queries.told_occurrences([page], EVER) if page else ()) if one.number == number]
    return _file(page, dates, f"{code}-{number}.ics", language) if page and dates else None


def _file(page: EventPage, dates: Iterable[Occurrence], filename: str, language: str) -> CalendarFile:
    return CalendarFile(page.title, filename, page_entries(dates, {page.event_id: page}, language))
