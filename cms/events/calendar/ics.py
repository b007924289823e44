"""Events for calendar programs: iCalendar files (RFC 5545, with RFC 7986).

The wall time and its zone are what is written, as they are what was announced; VTIMEZONE tells
programs that do not know the zone. What is cancelled stays in the calendar and says so: an entry
that merely vanishes stays in the calendars of those who have it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, override
from icalendar import Calendar, Event, vCalAddress, vDDDTypes

from cms.core.text.slug import file_name
from cms.core.zones import in_utc
from cms.events.calendar.vtimezone import vtimezone

PRODUCT: Final = "-//Khidi//Khidi//EN"
END: Final = b"END:VCALENDAR\r\n"

Status = Literal["confirmed", "tentative", "cancelled"]

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, which no text may hold (RFC 5545, section 3.1), and halves of characters."""

_WITH_ADDRESS = re.compile(r"([^<>]*?) ?<([^<>\s]+@[^<>\s]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a calendar.

    Attributes:
        uid: What it is known by for ever, in every language; an entry with a known one replaces it.
        sequence: How often it was changed: programs take the higher one.
        starts: Naive wall time, or a day.
        ends: Wall time, or the last day; of the same kind as `starts`.
        zone: Where the wall times hold, by the tz database; of no concern to days.
        stamp: When it was last changed, aware.
        organiser: A name, or "Name <address>".
        online: Where to join; whoever gets this file gets it too.
        language: What its texts are in, where that is not the language of the calendar.

    """

    uid: str
    sequence: int
    title: str
    text: str
    place: str
    url: str
    starts: datetime | date
    ends: datetime | date | None
    zone: str
    status: Status
    stamp: datetime
    organiser: str = ""
    online: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if self.stamp.tzinfo is None:
            raise ValueError("The stamp of an entry is an aware moment.")
        if self.ends is None:
            return
        if isinstance(self.starts, datetime) is not isinstance(self.ends, datetime):
            raise ValueError("An entry begins and ends at wall times, or on days.")
        if self.ends < self.starts:
            raise ValueError("An entry ends after it begins.")


def calendar(entries: Iterable[Entry], *, name: str, language: str) -> bytes:
    """Return a calendar in UTF-8; the same entries give the same bytes.

    Args:
        entries: What it holds, in this order.
        name: What programs call it.
        language: What the name is in, and the texts of entries that say nothing else.

    Raises:
        ValueError: A wall time carries a zone.
        ZoneInfoNotFoundError: A zone is unknown.

    """
    told = {"LANGUAGE": _line(language)}
    result = Calendar()
    result.add("PRODID", PRODUCT)
    result.add("VERSION", "2.0")
    result.add("CALSCALE", "GREGORIAN")
    result.add("METHOD", "PUBLISH")
    for key in ("NAME", "X-WR-CALNAME"):  # RFC 7986, and what programs understood before it.
        result.add(key, _line(name), told)
    events = [_written(entry, entry.language or language) for entry in entries]
    for zone, years in _years(events).items():
        result.add_component(vtimezone(zone, min(years), max(years)))
    return b"".join([result.to_ical().removesuffix(END), *(event.text for event in events), END])


def calendar_response(content: bytes, filename: str) -> HttpResponse:
    """Return a calendar as a file to keep.

    Programs that know RFC 5987 save it by the name given, in any script; the others by its letters in ASCII.
    """
    ascii_name = file_name(filename, fallback="calendar")
    disposition = f'attachment; filename="{ascii_name}"'
    if ascii_name != filename:
        full = content_disposition_header(as_attachment=True, filename=_line(filename)) or ""
        _, _, encoded = full.partition("filename*=")
        disposition += f"; filename*={encoded}" if encoded else ""
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


class Written(NamedTuple):
    """An entry as it stands in a file, and the years of zones that it asks for."""

    text: bytes
    years: tuple[tuple[str, int], ...]


def _written(entry: Entry, language: str) -> Written:
    """Return an entry as text; what everybody may read is written once and remembered.

    Writing is what takes the time: a thousand entries half a second. Links to meetings are not kept.
    """
    return _write(entry, language) if entry.online else _remembered(entry, language)


def _write(entry: Entry, language: str) -> Written:
    event = _event(entry, language)
    times = [event.get("DTSTART"), event.get("DTEND")]
    zoned = [(value.params.get("TZID"), value.dt) for value in times if isinstance(value, vDDDTypes)]
    years = tuple((zone, at.year) for zone, at in zoned if zone and isinstance(at, datetime))
    return Written(event.to_ical(), years)


_remembered = lru_cache(maxsize=4096)(_write)


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    told = {"LANGUAGE": _line(language)}
    event.add("UID", _line(entry.uid))
    event.add("SEQUENCE", entry.sequence)
    for key in ("DTSTAMP", "LAST-MODIFIED"):  # As PUBLISH has a METHOD, the first could be the moment of
        event.add(key, entry.stamp.astimezone(UTC))  # writing: the same bytes each time are worth more.
    _add_times(event, entry)
    event.add("SUMMARY", _line(entry.title), told)
    for key, text in (("LOCATION", _line(entry.place)), ("DESCRIPTION", _description(entry, language))):
        if text:
            event.add(key, text, told)
    if entry.url:
        event.add("URL", iri_to_uri(entry.url))
    if entry.online:  # RFC 7986, section 5.11; the description has it for the many that do not know this.
        event.add("CONFERENCE", iri_to_uri(entry.online), {"VALUE": "URI", "FEATURE": "VIDEO"})
    _add_organiser(event, entry)
    event.add("STATUS", entry.status.upper())
    busy = entry.status != "cancelled" and isinstance(entry.starts, datetime)
    event.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    return event


def _add_times(event: Event, entry: Entry) -> None:
    if isinstance(entry.starts, datetime):
        event.add("DTSTART", _moment(entry.starts, entry.zone))
        if isinstance(entry.ends, datetime) and entry.ends > entry.starts:
            event.add("DTEND", _moment(entry.ends, entry.zone))
        return
    event.add("DTSTART", entry.starts)
    if entry.ends:
        event.add("DTEND", entry.ends + timedelta(days=1))  # The first day that is free again.


def _moment(wall: datetime, zone: str) -> datetime:
    """Return a wall time in its zone, or in UTC where a calendar would read another moment from it.

    Of the hour that a night has twice, RFC 5545 (section 3.3.5) takes the first, and we the later one.
    """
    meant, written = in_utc(wall, zone), wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    return written if written.astimezone(UTC) == meant else meant


def _years(events: Iterable[Written]) -> dict[str, set[int]]:
    """Return the zones that are used, each with the years for which it must be told."""
    years: dict[str, set[int]] = {}
    for event in events:
        for zone, year in event.years:
            years.setdefault(zone, set()).add(year)
    return dict(sorted(years.items()))


def _description(entry: Entry, language: str) -> str:
    text = _lines(entry.text)
    if not entry.online:
        return text
    with override(language):
        join = gettext("Join online: %(link)s") % {"link": iri_to_uri(entry.online)}
    return f"{text}\n\n{join}" if text else join


def _add_organiser(event: Event, entry: Entry) -> None:
    """Say who invites; the RFC wants an address, and who has none is found at the page."""
    organiser = _line(entry.organiser)
    found = _WITH_ADDRESS.fullmatch(organiser)
    name, address = (found[1], f"mailto:{found[2]}") if found else (organiser, entry.url)
    if organiser and address:
        event.add("ORGANIZER", vCalAddress(iri_to_uri(address)), {"CN": name} if name else {})


def _lines(text: str) -> str:
    """Return a text whose lines end alike, without what no text may hold."""
    return _FORBIDDEN.sub("\ufffd", _BREAKS.sub("\n", text)).strip()


def _line(text: str) -> str:
    return " ".join(_lines(text).split())
