"""Make a date of an event or change it; whoever has registered is told what it was and what it is."""

from collections.abc import Container
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.events import seats
from cms.events.domain.promote import offer_again, promote
from cms.events.domain.tell_all import CONFIRMED, Telling, concerned, tell_moved, telling
from cms.events.enums import CONCERNED, OccurrenceStatus
from cms.events.models import Event, Occurrence, Recurrence, Registration
from cms.events.policy import may_manage
from cms.forms.domain.errors import NotAllowedError, NotNowError

PROMISED = ("on", "begins", "last_day", "ends", "zone", "city", "venue", "hub", "online", "status")
"""What somebody who comes relies on."""

KEYS = frozenset({"city", "venue", "hub"})

EDITED = (
    *PROMISED,
    "online_link",
    "waiting_limit",
    "opens_wall",
    "closes_wall",
    "cancel_wall",
)
"""What the form changes. Seats are changed apart, where one sees what that means."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to change, and whom it concerns."""

    before: Occurrence
    fields: list[str] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)

    @property
    def telling(self) -> Telling:
        """Return how many would be told."""
        return telling(self.registrations)


def change_of(occurrence: Occurrence) -> Change:
    """Return what saving this date would change, and for whom; changes nothing.

    Only a new link to the meeting concerns nobody but those who have it. What is over concerns nobody.
    """
    before = Occurrence.objects.select_related("event").get(pk=occurrence.pk)
    return _change(before, occurrence)


@transaction.atomic
def save_date(
    *, occurrence: Occurrence, by: User, tell: bool = True, only: Container[str] = EDITED
) -> Change:
    """Save a date; a new one gets the next number of its event, and what is sent twice is made once.

    A date that was changed by hand leaves its rule, which makes no other in its place. What was not on
    the page (`only` names what was) stays as it is now: the date may have been put off meanwhile.

    Raises:
        NotAllowedError: `by` does not manage the event.
        NotNowError: the date was cancelled meanwhile.
        BusyError: others have held it for too long.

    """
    if not may_manage(by, occurrence.event):
        raise NotAllowedError
    if occurrence.pk is None:
        return _made(occurrence, by)
    before = seats.lock_one(occurrence.pk)
    if before.event_id != occurrence.event_id or not may_manage(by, before.event):
        raise NotAllowedError
    if before.status == OccurrenceStatus.CANCELLED:
        raise NotNowError
    change = _change(before, occurrence, only)
    if not change.fields:
        return change
    current = copy(before)
    for name in change.fields:
        setattr(current, name, getattr(occurrence, name))
    written = set(change.fields)
    if written & {*PROMISED, "online_link"}:
        written |= step(current, day=before)
    current.save(update_fields=written)
    record("events.date_changed", target=current, actor=by, details=_noted(before, current, change.fields))
    offers = offer_again(before=before, current=current)
    others = [registration for registration in change.registrations if registration not in offers]
    if tell and others:  # Whoever is offered a seat once more reads there when it is.
        tell_moved(before, current, others)
    promote(occurrence=current)
    return change


def step(current: Occurrence, *, day: Occurrence) -> set[str]:
    """Count the change for calendars and take the date out of its rule; return the fields to write."""
    current.sequence += 1
    current.changed_at = clock.now()
    if current.recurrence_id is not None and not current.detached:
        rule = Recurrence.objects.select_for_update(of=("self",)).get(pk=current.recurrence_id)
        rule.skip = sorted({*rule.skip, day.on.first.isoformat()})
        rule.save(update_fields=["skip"])
        current.detached = True
    return {"sequence", "changed_at", "detached"}


def next_number(event: Event) -> int:
    """Return the next number of a date; the row of the event stays locked, so that nobody else gets it."""
    Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    last: int | None = event.occurrences.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _made(occurrence: Occurrence, by: User) -> Change:
    occurrence.number = next_number(occurrence.event)
    if sent := Occurrence.objects.select_related("event").filter(uid=occurrence.uid).first():
        if all(_raw(sent, name) == _raw(occurrence, name) for name in ("event_id", *PROMISED)):
            occurrence.pk = sent.pk
            occurrence.refresh_from_db()
            return Change(before=occurrence)
        occurrence.uid = uuid4()  # The page was opened again with "back", for another date.
    occurrence.save()
    record("events.date_made", target=occurrence, actor=by, details={"code": occurrence.code})
    return Change(before=occurrence)


def _change(before: Occurrence, after: Occurrence, only: Container[str] = EDITED) -> Change:
    fields = [name for name in EDITED if name in only and _raw(before, name) != _raw(after, name)]
    if set(fields) & set(PROMISED):
        states = CONCERNED
    elif "online_link" in fields and after.online_link:
        states = CONFIRMED
    else:
        return Change(before, fields)
    now = clock.now()
    if before.ends_at <= now and after.ends_at <= now:
        return Change(before, fields)
    return Change(before, fields, list(concerned(before, states)))


def _noted(before: Occurrence, after: Occurrence, fields: list[str]) -> dict[str, Any]:
    """Return both values of what has changed; of the link only that it has."""
    return {
        name: "changed" if name == "online_link" else {"from": _text(before, name), "to": _text(after, name)}
        for name in fields
    }


def _raw(occurrence: Occurrence, name: str) -> Any:
    return getattr(occurrence, f"{name}_id" if name in KEYS else name)


def _text(occurrence: Occurrence, name: str) -> str | None:
    value = _raw(occurrence, name)
    return None if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
