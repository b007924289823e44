"""Make a call or change it, and note what people were promised before."""

from typing import Any

from django.db import transaction
from django.db.models import Model

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.grants.models import Call

PROMISES = (
    "state",
    "zone",
    "opens_wall",
    "closes_wall",
    "grace_seconds",
    "decision_expected",
    "budget",
    "minimum",
    "maximum",
    "per_organisation",
)
"""Fields whose change concerns applicants; both values are noted."""


@transaction.atomic
def save_call(*, call: Call, by: User) -> Call:
    """Save a call, with an entry of each promise that has changed.

    The row is not locked first: whoever changes what pages show waits for the others in one place,
    when saving, and an editor there who publishes the page of this call would wait for the row.
    """
    before = Call.objects.get(pk=call.pk) if call.pk else None
    call.save()
    if before is None:
        record("grants.call_made", target=call, actor=by, details={"code": call.code})
        return call
    changes = {
        name: {"from": _text(before, name), "to": _text(call, name)}
        for name in PROMISES
        if getattr(before, name) != getattr(call, name)
    }
    others = sorted(
        field.name
        for field in call._meta.concrete_fields
        if field.editable
        and field.name not in PROMISES
        and getattr(before, field.attname) != getattr(call, field.attname)
    )
    if changes or others:
        record("grants.call_changed", target=call, actor=by, details={"promises": changes, "fields": others})
    return call


def _text(row: Model, name: str) -> str | None:
    """Return a value as the audit keeps it: amounts and times as text."""
    value: Any = getattr(row, name)
    return None if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
