"""Make an event or change it, and note what people were promised before."""

from copy import copy
from typing import Any

from django.db import transaction

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.events import seats
from cms.events.domain.promote import offer_again, promote
from cms.events.enums import EventState
from cms.events.models import Event
from cms.events.policy import may_manage
from cms.forms.domain.errors import NotAllowedError


@transaction.atomic
def save_event(*, event: Event, by: User) -> Event:
    """Save an event, with an entry of what has changed; once it is announced, whoever waits moves up.

    Raises:
        NotAllowedError: `by` does not manage the events of this unit, or did not manage it before.
        BusyError: others have held one of its dates for too long.

    """
    before = Event.objects.get(pk=event.pk) if event.pk else None
    if not may_manage(by, event) or (before is not None and not may_manage(by, before)):
        raise NotAllowedError
    if before is None:
        event.save()
        record("events.made", target=event, actor=by, details={"code": event.code})
        return event
    changes = {
        field.name: {"from": _text(before, field.attname), "to": _text(event, field.attname)}
        for field in event._meta.concrete_fields
        if field.editable and getattr(before, field.attname) != getattr(event, field.attname)
    }
    announces = "state" in changes and event.state == EventState.LIVE
    # Dates first: a rule that makes some has locked its dates when it comes to the event.
    dates = seats.lock(*event.occurrences.values_list("pk", flat=True)) if announces else []
    if changes:
        event.save(update_fields=sorted(changes))
        record("events.changed", target=event, actor=by, details={"fields": changes})
    for occurrence in dates:
        earlier, occurrence.event = copy(occurrence), event
        offer_again(before=earlier, current=occurrence)
        promote(occurrence=occurrence)
    return event


def _text(event: Event, name: str) -> str | None:
    """Return a value as the audit keeps it."""
    value: Any = getattr(event, name)
    return None if value is None else str(value)
