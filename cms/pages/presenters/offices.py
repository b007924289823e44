"""What offices, hubs and services show: who is there, when, and what can be had where.

All of it is the same for every reader of a language, so it is remembered as plain values; only
whether somebody is there now is found out anew.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core import clock
from cms.core.formats import dates
from cms.pages import queries
from cms.pages.cache.generation import remembered
from cms.pages.enums import ServiceState, Weekday
from cms.pages.hours import Change, Hours, Span, read
from cms.pages.models import (
    Audience,
    Contact,
    HubPage,
    OfficePage,
    OpeningHours,
    Place,
    PublicPerson,
    ServicePage,
    Topic,
)
from cms.pages.presenters.entries import Entry, Name, entry, names
from cms.pages.presenters.links import PageLink, link
from cms.pages.queries.offices import keys_of, numbers_of, sources

DAYS_OF_A_WEEK = 7


class Reach(NamedTuple):
    """How to reach somebody, in the best language for a page."""

    label: str
    email: str
    phone: str
    address: str
    note: str
    language: str


class Member(NamedTuple):
    """Somebody of an office."""

    name: str
    language: str
    function: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Times:
    """Opening hours as they are kept."""

    hours: Hours
    by_appointment: bool
    note: str
    language: str


class Status(NamedTuple):
    """Whether somebody is there now."""

    kind: str
    """ "open", "shut", "appointment", or nothing if nobody knows."""

    until: time | None = None
    day: str = ""
    """When it opens again: the word for the day."""

    again: Span | None = None


class Row(NamedTuple):
    """A day of the week."""

    label: str
    spans: tuple[Span, ...]
    today: bool


@dataclass(frozen=True, slots=True)
class Timetable:
    """Opening hours as they are shown at a moment."""

    status: Status
    rows: list[Row]
    changes: list[Change]
    by_appointment: bool
    note: str
    language: str


@dataclass(frozen=True, slots=True)
class Door:
    """An office or hub where something can be had."""

    link: PageLink
    address: str
    times: Times | None

    @property
    def status(self) -> Status:
        """Whether somebody is there now."""
        return status(self.times, here()) if self.times else Status("")


def here() -> datetime:
    """Return the moment in the time zone of the site."""
    return timezone.localtime(clock.now())


# --- Hours --------------------------------------------------------------------------------------


def times(number: int | None, language: str) -> Times | None:
    """Return the opening hours that an editor chose, with words in the best language for a page."""
    return _one(OpeningHours, number, language, _times)


def timetable(found: Times, moment: datetime) -> Timetable:
    """Return the week, what changes soon, and what holds at the moment."""
    today = moment.date()
    rows = [
        Row(str(Weekday(str(day)).label), spans, day == today.isoweekday())
        for day, spans in found.hours.rows()
    ]
    changes = found.hours.ahead(today)
    return Timetable(status(found, moment), rows, changes, found.by_appointment, found.note, found.language)


def status(found: Times, moment: datetime) -> Status:
    """Return whether somebody is there, else when; nobody is promised a visit without appointment."""
    if found.by_appointment:
        return Status("appointment")
    if opening := found.hours.now(moment):
        return Status("open", until=opening.closes.time())
    if opening := found.hours.next_opening(moment):
        again = Span(opening.opens.time(), opening.closes.time())
        return Status("shut", day=_day(opening.opens, moment), again=again)
    return Status("shut" if found.hours.known else "")


def _day(opens: datetime, moment: datetime) -> str:
    count = (opens.date() - moment.date()).days
    if count < DAYS_OF_A_WEEK:
        return {0: _("today"), 1: _("tomorrow")}.get(count) or str(Weekday(str(opens.isoweekday())).label)
    return dates.weekday(opens.date())


def _times(row: OpeningHours, source: OpeningHours) -> Times:
    reasons = {block.id: block.value["reason"] for block in row.exceptions}
    hours = read(source.times, source.exceptions, reasons)
    return Times(hours, source.by_appointment, row.note, row.locale.language_code)


# --- People -------------------------------------------------------------------------------------


def contact(number: int | None, language: str) -> Reach | None:
    """Return the contact that an editor chose, in the best language for a page."""
    return _one(Contact, number, language, _reach)


def _reach(row: Contact, source: Contact) -> Reach:
    return Reach(row.label, row.email, source.phone, row.address, row.note, row.locale.language_code)


def person(number: int | None, language: str) -> Member | None:
    """Return the name of a person that an editor chose."""
    return _one(PublicPerson, number, language, _member)


def staff(page: OfficePage) -> list[Member]:
    """Return who works in an office, in the order of its editors."""
    values = [block["value"] for block in page.staff.raw_data]
    people = _all(PublicPerson, (value.get("person") for value in values), page.language, _member)
    return [
        people[value["person"]]._replace(
            function=value.get("function") or "",
            phone=value.get("phone") or "",
            email=value.get("email") or "",
        )
        for value in values
        if value.get("person") in people
    ]


def _member(row: PublicPerson, _source: PublicPerson) -> Member:
    return Member(row.name, row.locale.language_code, "", "", "")


# --- Services -----------------------------------------------------------------------------------


def services(page: Page, language: str) -> list[Entry]:
    """Return the lines of what can be had at an office or hub, for a reader of `language`."""
    found = remembered(f"services:{language}:{get_language()}", lambda: _services(language))
    return found.get(page.translation_key, [])


def _services(language: str) -> dict[uuid.UUID, list[Entry]]:
    offered = [
        page
        for page in queries.in_language(ServicePage.objects.all(), language).order_by("rank", "path")
        if page.state != ServiceState.ENDED
    ]
    keys = keys_of(number for page in offered for number in _where(page))
    lines: dict[uuid.UUID, list[Entry]] = {}
    for page in offered:
        line = entry(page, language)
        for key in dict.fromkeys(keys[number] for number in _where(page) if number in keys):
            lines.setdefault(key, []).append(line)
    return lines


def doors(page: ServicePage, language: str) -> list[Door]:
    """Return where a service can be had, each place in the best language for a reader."""
    known = remembered(f"doors:{language}", lambda: _doors(language))
    return [known[number] for number in _where(page) if number in known]


def _doors(language: str) -> dict[int, Door]:
    """Return the number of each office and hub, in whatever language → its door."""
    pages: list[Any] = [
        page for kind in (HubPage, OfficePage) for page in queries.in_language(kind.objects.all(), language)
    ]
    hours = _all(OpeningHours, (page.hours_id for page in pages), language, _times)
    found = {
        page.translation_key: Door(
            link(page, language), getattr(page, "address", ""), hours.get(page.hours_id)
        )
        for page in pages
    }
    return {number: found[key] for number, key in numbers_of(found).items()}


def _where(page: ServicePage) -> list[int]:
    return [block["value"] for block in page.where.raw_data if block["value"]]


def audiences(page: ServicePage) -> list[Name]:
    """Return for whom a service is, in the best language for its page."""
    return _named(Audience, page.audiences.all(), page.language)


def topics(page: ServicePage) -> list[Name]:
    """Return what a service is about, in the best language for its page."""
    return _named(Topic, page.topics.all(), page.language)


def place(page: HubPage) -> Name | None:
    """Return where a hub is, in the best language for its page."""
    return next(iter(_named(Place, [page.place] if page.place else [], page.language)), None)


def _named(kind: Any, rows: Iterable[Any], language: str) -> list[Name]:
    known = names(kind, language)
    return [known[row.translation_key] for row in rows if row.translation_key in known]


# --- Snippets -----------------------------------------------------------------------------------


def _one(kind: Any, number: int | None, language: str, made: Any) -> Any:
    return _all(kind, [number], language, made).get(number) if number else None


def _all(kind: Any, numbers: Iterable[int | None], language: str, made: Any) -> dict[int, Any]:
    """Return number → plain value, as `made` makes it of a row and its source; what is gone has none."""
    wanted = sorted({number for number in numbers if number})
    if not wanted:
        return {}

    def make() -> dict[int, Any]:
        rows = queries.snippets(kind, wanted, language)
        origins = sources(kind, rows.values())
        return {number: made(row, origins.get(row.pk, row)) for number, row in rows.items()}

    return remembered(f"snippets:{kind.__name__}:{language}:{'-'.join(map(str, wanted))}", make)
