"""A date as programs of calendars know it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from cms.core.absolute import absolute
from cms.core.languages import address_in
from cms.events import told
from cms.events.calendar.ics import Entry, Status
from cms.events.enums import OccurrenceStatus, Precision
from cms.events.models import EventPage, Occurrence
from cms.events.queries import Whereabouts, places_of

STATUS: dict[str, Status] = {
    OccurrenceStatus.SCHEDULED: "confirmed",
    OccurrenceStatus.POSTPONED: "tentative",
    OccurrenceStatus.CANCELLED: "cancelled",
}


def calendar_entry(
    occurrence: Occurrence,
    *,
    title: str,
    language: str,
    text: str = "",
    url: str = "",
    online: str = "",
    place: Whereabouts | None = None,
) -> Entry | None:
    """Return the entry of a date; None if only the month is known, which no calendar can hold.

    Args:
        occurrence: the date, with its event.
        title: under which it is announced.
        language: of title and text.
        text: what it is about.
        url: the public address of its page, in full.
        online: the link to the meeting, only for whoever may have it.
        place: where it is, if that is known already; in the language in use.

    """
    if occurrence.precision == Precision.MONTH:
        return None
    first, last = occurrence.on.first, occurrence.last_day or occurrence.on.first
    timed = occurrence.begins is not None
    end = datetime.combine(last, occurrence.ends) if occurrence.ends else None
    return Entry(
        uid=f"{occurrence.uid}@{settings.MESSAGE_ID_DOMAIN}",
        sequence=occurrence.sequence,
        title=title,
        text=text,
        place=told.where(occurrence, place),
        url=url,
        starts=datetime.combine(first, occurrence.begins) if occurrence.begins else first,
        ends=end if timed else last,
        zone=occurrence.zone,
        status=STATUS[occurrence.status],
        stamp=occurrence.changed_at,
        online=online,
        language=language,
    )


def page_entries(
    occurrences: Iterable[Occurrence], pages: dict[int, EventPage], language: str
) -> list[Entry]:
    """Return the entries of dates for everybody: without links to meetings, each leading to its page.

    `pages` are those of their events by key; addresses are for a reader of `language`.
    """
    dates = list(occurrences)
    places = places_of(dates)
    found = []
    for occurrence in dates:
        page = pages[occurrence.event_id]
        entry = calendar_entry(
            occurrence,
            title=page.title,
            language=page.language,
            text=page.lead,
            url=absolute(address_in(language, page.get_url() or "/")),
            place=places[occurrence.pk],
        )
        if entry is not None:
            found.append(entry)
    return found
