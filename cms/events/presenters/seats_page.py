"""The page about the seats of one date, as it is read: numbers, groups of people, and the reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.accounts.policy import Person
from cms.core import clock
from cms.core.formats.numbers import number
from cms.core.languages import own_name
from cms.core.zones import moment
from cms.events import seats, told
from cms.events.domain.promote import announced
from cms.events.enums import OccurrenceStatus, RegistrationState, Source
from cms.events.kinds import RegistrationKind
from cms.events.models import Occurrence, Registration
from cms.events.presenters.reach import reach_of
from cms.events.presenters.why import why_nobody_moves_up
from cms.events.queries import seats_page


class Figure(NamedTuple):
    """One number with its name; `code` says how it is drawn."""

    code: str
    label: str
    value: int


class Bar(NamedTuple):
    """A part of the bar, in hundredths of its width."""

    code: str
    start: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One registration in the list."""

    registration: Registration
    names: list[str]
    url: str
    source: str
    language: str
    phone: str
    place: int = 0
    until: str = ""
    reach: str = ""
    """How somebody without an answer is reached; nothing where there is nothing to tell them."""


class Group(NamedTuple):
    """Registrations of one state."""

    code: str
    title: str
    people: int
    rows: list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsPage:
    """Everything that the page shows."""

    when: str
    where: str
    standing: str
    left: seats.Seats
    figures: list[Figure]
    bars: list[Bar]
    groups: list[Group]
    why: list[str]
    queue_url: str
    still: bool
    """Whether offers stand still: nobody can take one or give it on, nor does one run out."""


def seats_of(occurrence: Occurrence, user: Person) -> SeatsPage:
    """Return the page, with the people whom `user` may read."""
    now = clock.now()
    left = seats.count(occurrence, at=now)
    found = seats_page.present(occurrence, user)
    calls = seats_page.with_open_calls(found)
    rows = {state: [row for row in found if row.state == state] for state in RegistrationState}
    offered = rows[RegistrationState.OFFERED]
    waiting = sorted(
        rows[RegistrationState.WAITLISTED], key=lambda row: (-row.priority, row.queued_at, row.pk)
    )
    until = seats_page.kept_until(occurrence, now)
    shown = figures(left, cancelled=occurrence.status == OccurrenceStatus.CANCELLED)
    return SeatsPage(
        when=told.when(occurrence),
        where=told.where(occurrence),
        standing=str(occurrence.standing(now).label),
        left=left,
        figures=shown,
        bars=bars(shown),
        groups=[
            _group("offered", _("Seat offered"), offered, calls),
            _group("waiting", _("On the waiting list"), waiting, calls, places=True),
            _group(
                "confirmed",
                pgettext("people with a seat", "Confirmed"),
                rows[RegistrationState.CONFIRMED],
                calls,
            ),
        ],
        why=why_nobody_moves_up(
            occurrence, left, waiting=waiting, offered=offered, calls=calls, kept_until=until, now=now
        ),
        queue_url=queue_url(occurrence),
        still=not announced(occurrence),
    )


def figures(left: seats.Seats, *, cancelled: bool = False) -> list[Figure]:
    """Return how the seats are spread, the free ones last; who waits stands apart.

    No seat of a date that is cancelled is free: nobody can have it.
    """
    parts = [
        ("confirmed", pgettext("people with a seat", "Confirmed"), left.confirmed),
        ("offered", _("Offered"), left.offered),
        ("held", _("Kept for people who are writing"), left.held),
    ]
    if left.free is not None and not cancelled:
        parts.append(("free", pgettext("seats", "Free"), max(left.free, 0)))
    return [Figure(*part) for part in parts]


def bars(found: list[Figure]) -> list[Bar]:
    """Return the parts of the bar, one beside the other."""
    start = 0
    whole = max(sum(figure.value for figure in found), 1)
    parts = []
    for figure in found:
        parts.append(Bar(figure.code, f"{100 * start / whole:.2f}", f"{100 * figure.value / whole:.2f}"))
        start += figure.value
    return parts


def taken_of(left: seats.Seats) -> str:
    """Return "18 / 20", or the number of people alone where there is no limit."""
    taken = number(left.confirmed + left.offered)
    return taken if left.capacity is None else f"{taken} / {number(left.capacity)}"


def queue_url(occurrence: Occurrence) -> str:
    """Return the queue, narrowed down to a date: there is the export, too."""
    subject = f"{RegistrationKind.code}:{occurrence.code}"
    return f"{reverse('submissions:index')}?{urlencode({'subject': subject})}"


def _group(
    code: str, title: str, found: list[Registration], calls: Iterable[int], *, places: bool = False
) -> Group:
    rows = [_row(item, calls, place if places else 0) for place, item in enumerate(found, 1)]
    return Group(code, title, sum(item.seats for item in found), rows)


def _row(registration: Registration, calls: Any, place: int) -> Row:
    submission = registration.submission
    names = [attendee.name for attendee in registration.attendees.all()]
    ends = registration.offer_ends_at
    offered = registration.state == RegistrationState.OFFERED
    return Row(
        registration=registration,
        names=names or [submission.person_name],
        url=reverse("submissions:inspect", args=[submission.pk]),
        source=str(Source(registration.source).label),
        language=own_name(submission.language),
        phone=submission.phone,
        place=place,
        until=moment(ends, registration.occurrence.zone) if ends else "",
        reach=reach_of(registration, calls) if offered or submission.pk in calls else "",
    )
