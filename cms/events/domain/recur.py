"""Make the dates of a rule, twelve months ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.core import clock
from cms.core.partial import PartialDate
from cms.core.zones import exists, in_utc, wall_of
from cms.events import seats
from cms.events.domain.save_date import next_number
from cms.events.enums import OccurrenceStatus
from cms.events.models import Occurrence, Recurrence
from cms.events.policy import may_manage
from cms.events.recurrence import Rule, occurrences, parse, to_rrule
from cms.forms.domain.errors import NotAllowedError, NotNowError

AHEAD = timedelta(days=365)

SHARED = ("zone", "venue_id", "hub_id", "city_id")
"""What the dates of a rule have in common."""

AT_FIRST = ("capacity", "waiting_limit")
"""What a new date gets; after that it is changed date by date, where one sees what it means."""

Slot = tuple[str, time]
"""The day and the hour at which a date begins."""

Spans = dict[Slot, tuple[datetime, datetime]]
"""When dates begin and end, by their slots."""


@dataclass(frozen=True, slots=True)
class Recurred:
    """What a rule has done: dates made, changed and taken away, and those it had to leave as they are."""

    made: list[Occurrence] = field(default_factory=list)
    changed: list[Occurrence] = field(default_factory=list)
    gone: int = 0
    kept: list[Occurrence] = field(default_factory=list)


def rule_of(recurrence: Recurrence) -> Rule:
    """Return the rule with the days that are left out."""
    skip = frozenset(date.fromisoformat(day) for day in recurrence.skip)
    return replace(parse(recurrence.rule), skip=skip)


def write_rule(recurrence: Recurrence, rule: Rule) -> None:
    """Keep a rule as text, the days left out apart: dates that were changed by hand add theirs."""
    recurrence.rule = to_rrule(replace(rule, skip=frozenset()))
    recurrence.minutes = rule.minutes
    recurrence.skip = sorted(day.isoformat() for day in rule.skip)


@transaction.atomic
def save_recurrence(*, recurrence: Recurrence, rule: Rule, known: Iterable[str], by: User) -> Recurred:
    """Save a rule and make its dates.

    `known` are the days that the page showed as left out: those that were added since, because
    somebody changed their dates by hand, stay left out.

    Raises:
        NotAllowedError: `by` does not manage the event.
        NotNowError: its dates are there already, as of a rule that was sent twice at the same moment.
        BusyError: others have held one of its dates for too long.

    """
    if not may_manage(by, recurrence.event):
        raise NotAllowedError
    write_rule(recurrence, rule)
    if recurrence.pk:
        seats.lock(
            *_attached(recurrence), against_new=True
        )  # Dates first: whoever changes one goes on to its rule.
        before = _locked(recurrence)
        if before.event_id != recurrence.event_id:
            raise NotAllowedError
        recurrence.skip = sorted({*recurrence.skip, *set(before.skip).difference(known)})
    else:
        next_number(recurrence.event)  # Whoever makes dates of this event at the same moment waits here.
        if clashes(recurrence):
            raise NotNowError
    recurrence.save()
    details = {"rule": recurrence.rule, "skip": recurrence.skip, "recurrence": recurrence.pk}
    record("events.rule", target=recurrence.event, actor=by, details=details)
    return recur(recurrence=recurrence)


@transaction.atomic
def recur(*, recurrence: Recurrence) -> Recurred:
    """Make the dates of a rule that are missing; a repeat changes nothing.

    Dates that were changed by hand are never touched, nor those that have begun. Of the others, what
    falls out of the rule goes, and what has changed changes, unless somebody has registered, or is
    about to: such a date is kept as it is and named. Where the event has another date at the same
    moment and place, none is made beside it.

    Raises:
        BusyError: others have held one of its dates for too long.

    """
    locked = seats.lock(*_attached(recurrence), against_new=True)
    dates = [date for date in locked if not date.detached]
    held = _locked(recurrence)
    number = next_number(held.event)
    now = clock.now()
    today = wall_of(now, held.zone).date()
    wanted = _slots(held, now)
    done = _settle(dates, wanted, held)
    there = {slot_of(date) for date in Occurrence.objects.filter(recurrence=held, detached=False)}
    there |= {slot for slot, _date in _taken(held, wanted)}
    for slot in sorted(wanted.keys() - there):
        occurrence = _fitted(Occurrence(event=held.event, recurrence=held, number=number), held, wanted[slot])
        for name in AT_FIRST:
            setattr(occurrence, name, getattr(held, name))
        occurrence.save()
        done.made.append(occurrence)
        number += 1
    Recurrence.objects.filter(pk=held.pk).update(made_until=today + AHEAD)
    return done


def clashes(recurrence: Recurrence) -> list[Occurrence]:
    """Return the other dates of its event that stand where a rule, as it is written now, would make one."""
    return [occurrence for _slot, occurrence in _taken(recurrence, _slots(recurrence, clock.now()))]


def _taken(recurrence: Recurrence, wanted: Spans) -> list[tuple[Slot, Occurrence]]:
    """Return where another date of the event begins at the same moment in the same place."""
    slots = {in_utc(begin, recurrence.zone): slot for slot, (begin, _end) in wanted.items()}
    if not slots:
        return []
    place = {name: getattr(recurrence, name) for name in SHARED if name != "zone"}
    others = Occurrence.objects.filter(
        event=recurrence.event_id, starts_at__range=(min(slots), max(slots)), begins__isnull=False, **place
    )
    others = others.exclude(status=OccurrenceStatus.CANCELLED)
    if recurrence.pk:
        others = others.exclude(recurrence=recurrence.pk, detached=False)
    return [(slots[date.starts_at], date) for date in others.order_by("starts_at") if date.starts_at in slots]


def _attached(recurrence: Recurrence) -> Iterable[int]:
    """Return the keys of the dates that the rule still has a say about."""
    dates = Occurrence.objects.filter(recurrence=recurrence.pk, detached=False, starts_at__gt=clock.now())
    return dates.values_list("pk", flat=True)


def _locked(recurrence: Recurrence) -> Recurrence:
    rows = Recurrence.objects.select_for_update(of=("self",)).select_related("event")
    return rows.get(pk=recurrence.pk)


def slot_of(occurrence: Occurrence) -> Slot:
    """Return when a date of a rule begins."""
    return str(occurrence.on), occurrence.begins or time(0)


def _slots(recurrence: Recurrence, now: datetime) -> Spans:
    """Return what the rule wants of the next twelve months, but no hour that a night leaves out."""
    today = wall_of(now, recurrence.zone).date()
    spans = occurrences(rule_of(recurrence), after=today, before=today + AHEAD)
    return {
        (str(PartialDate.of(begin.date())), begin.time()): (begin, end)
        for begin, end in spans
        if in_utc(begin, recurrence.zone) > now
        and exists(begin, recurrence.zone)
        and exists(end, recurrence.zone)
    }


def _settle(dates: Iterable[Occurrence], wanted: Spans, recurrence: Recurrence) -> Recurred:
    """Bring the dates that are there in line with the rule, as far as nobody relies on them."""
    gone = 0
    done = Recurred()
    for occurrence in dates:
        span = wanted.get(slot_of(occurrence))
        if span is not None and _fits(occurrence, recurrence, span):
            continue
        if _relied_on(occurrence):
            done.kept.append(occurrence)
        elif span is None:
            occurrence.delete()
            gone += 1
        else:
            _fitted(occurrence, recurrence, span)
            occurrence.sequence += 1
            occurrence.changed_at = clock.now()
            occurrence.save()
            done.changed.append(occurrence)
    return replace(done, gone=gone)


def _relied_on(occurrence: Occurrence) -> bool:
    """Tell whether anybody has registered, whatever became of it, or is writing now."""
    return occurrence.registrations.exists() or occurrence.holds.exists()


def _fits(occurrence: Occurrence, recurrence: Recurrence, span: tuple[datetime, datetime]) -> bool:
    like = _fitted(Occurrence(), recurrence, span)
    names = ("begins", "ends", "last_day", *SHARED)
    return all(getattr(occurrence, name) == getattr(like, name) for name in names)


def _fitted(occurrence: Occurrence, recurrence: Recurrence, span: tuple[datetime, datetime]) -> Occurrence:
    """Write what the rule says into a date."""
    begin, end = span
    occurrence.on, occurrence.begins, occurrence.ends = PartialDate.of(begin.date()), begin.time(), end.time()
    occurrence.last_day = end.date() if end.date() > begin.date() else None
    for name in SHARED:
        setattr(occurrence, name, getattr(recurrence, name))
    return occurrence
