"""Walk the chain and name every row that is not as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Min

from cms.audit.domain.digest import digest_of, hash_of
from cms.audit.domain.erase import ERASE
from cms.audit.enums import Fault
from cms.audit.models import Entry, Seal
from cms.core import clock

CHUNK = 2000
LATE = timedelta(hours=1)
"""A longer transaction than this does not exist: such an entry was probably slipped in."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One row, and what is wrong with it; for missing rows `last` ends the gap."""

    fault: Fault
    position: int | None
    entry: int | None
    last: int | None = None


@dataclass(slots=True)
class Report:
    """What a walk over the chain found."""

    sealed: int = 0
    erased: int = 0
    unsealed: int = 0
    oldest_unsealed: timedelta | None = None
    late: int = 0
    position: int = 0
    head: str = ""
    broken: list[Broken] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether every row is as it was written."""
        return not self.broken


def verify(*, expect: tuple[int, str] | None = None) -> Report:
    """Return a report over the whole chain; memory does not grow with its length.

    Args:
        expect: position and hash of an earlier head, kept outside the database. Without one, rows
            cut off the very end of the chain cannot be missed.

    """
    report = Report()
    walk = _Walk(report, _erasures())
    kept = ""
    for seal in _seals():
        walk.step(seal)
        if expect and seal.position == expect[0]:
            kept = seal.hash
    walk.finish()
    if expect and kept != expect[1]:
        report.broken.append(Broken(Fault.HEAD, expect[0], None))
    _look_at_the_rest(report)
    return report


def _seals() -> Iterator[Seal]:
    """Yield all seals with their entries, a chunk a query."""
    position = 0
    while chunk := list(
        Seal.objects.select_related("entry").filter(position__gt=position).order_by("position")[:CHUNK]
    ):
        yield from chunk
        position = chunk[-1].position


def _erasures() -> set[int]:
    """Return the entries whose erasure is on record."""
    records = Entry.objects.filter(action=ERASE).values_list("details", flat=True)
    return {key for details in records if isinstance(details, dict) for key in details.get("entries", ())}


class _Walk:
    """One pass over the seals, keeping the link before."""

    def __init__(self, report: Report, erasures: set[int]) -> None:
        self.report = report
        self.erasures = erasures
        self.before: Seal | None = None
        self.before_expected = ""
        self.suspect: tuple[Seal, str] | None = None

    def step(self, seal: Seal) -> None:
        """Check one link against the one before it."""
        position = self.before.position + 1 if self.before else 1
        gap = seal.position != position
        if gap:
            orphan = Seal.objects.values_list("entry_id", flat=True).filter(position=position).first()
            self._note(Fault.MISSING, position, orphan, last=seal.position - 1)
        self._settle(seal)
        known = {self.before.hash, self.before_expected} if self.before else {""}
        if not gap and seal.previous not in known:
            self._note(Fault.ORDER, seal.position, seal.entry_id)
        expected = hash_of(
            previous=seal.previous, position=seal.position, sealed_at=seal.sealed_at, entry=seal.entry
        )
        if seal.hash != expected:
            self.suspect = (seal, expected)
        self._details(seal)
        if self.before and seal.sealed_at > self.before.sealed_at > seal.entry.at + LATE:
            self.report.late += 1
        self.before, self.before_expected = seal, expected
        self.report.sealed += 1
        self.report.position, self.report.head = seal.position, seal.hash

    def finish(self) -> None:
        """Judge the last link, which no other one vouches for."""
        self._settle(None)

    def _settle(self, after: Seal | None) -> None:
        """Say what is wrong with the link before: the next one remembers the true hash."""
        if self.suspect is None:
            return
        seal, expected = self.suspect
        self.suspect = None
        seal_changed = after is not None and after.previous == expected
        self._note(Fault.SEAL if seal_changed else Fault.FIELDS, seal.position, seal.entry_id)

    def _details(self, seal: Seal) -> None:
        entry: Entry = seal.entry
        if entry.erased:
            self.report.erased += 1
            if entry.pk not in self.erasures:
                self._note(Fault.ERASED, seal.position, entry.pk)
        elif digest_of(salt=entry.salt, details=entry.details) != entry.digest:
            self._note(Fault.DETAILS, seal.position, entry.pk)

    def _note(self, fault: Fault, position: int, entry: int | None = None, last: int | None = None) -> None:
        self.report.broken.append(Broken(fault, position, entry, last))


def _look_at_the_rest(report: Report) -> None:
    """Count what waits for its seal, and name what has lost it."""
    rest = Entry.objects.filter(seal__isnull=True)
    for key in rest.filter(sealed=True).order_by("id").values_list("id", flat=True).iterator(CHUNK):
        report.broken.append(Broken(Fault.UNSEALED, None, key))
    waiting: Any = rest.filter(sealed=False)
    for entry in waiting.exclude(salt="").iterator(CHUNK):
        if digest_of(salt=entry.salt, details=entry.details) != entry.digest:
            report.broken.append(Broken(Fault.DETAILS, None, entry.pk))
    report.unsealed = waiting.count()
    oldest = waiting.aggregate(oldest=Min("at"))["oldest"]
    report.oldest_unsealed = clock.now() - oldest if oldest else None
