"""What stands on paper about a date."""

from typing import NamedTuple

from cms.accounts.policy import Person
from cms.core.languages import own_name
from cms.events import told
from cms.events.enums import RegistrationState
from cms.events.models import Occurrence
from cms.events.queries.seats_page import present


class Line(NamedTuple):
    """A person of the sign-in sheet; the reference stands once a group."""

    number: int
    name: str
    reference: str


class Call(NamedTuple):
    """Somebody to ring."""

    names: list[str]
    reference: str
    phone: str
    language: str
    state: str


class Paper(NamedTuple):
    """A list and what stands above it."""

    when: str
    where: str
    rows: list[Line] | list[Call]


def sheet_of(occurrence: Occurrence, user: Person) -> Paper:
    """Return everybody with a seat that is theirs, by name within the order of registering."""
    confirmed = [row for row in present(occurrence, user) if row.state == RegistrationState.CONFIRMED]
    people = [
        (attendee.name, row.submission.reference if attendee.position == 1 else "")
        for row in sorted(confirmed, key=lambda row: row.submission.person_name.casefold())
        for attendee in row.attendees.all()
    ]
    lines = [Line(number, name, reference) for number, (name, reference) in enumerate(people, 1)]
    return Paper(told.when(occurrence), told.where(occurrence), lines)


def calls_of(occurrence: Occurrence, user: Person) -> Paper:
    """Return everybody concerned who has no address: confirmed, offered and waiting."""
    calls = [
        Call(
            [attendee.name for attendee in row.attendees.all()],
            row.submission.reference,
            row.submission.phone,
            own_name(row.submission.language),
            str(RegistrationState(row.state).label),
        )
        for row in present(occurrence, user)
        if not row.submission.email
    ]
    return Paper(told.when(occurrence), told.where(occurrence), calls)
