"""Forget what was written about a person, and keep that something was."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cms.audit.domain.record import Actor, record
from cms.audit.models import Entry

ERASE = "audit.erase"


@transaction.atomic
def erase(*, entries: QuerySet[Any], by: Actor | None) -> int:
    """Drop details and salt of `entries` for good; return how many had any.

    The digests stay and the chain stays valid: without salt and details a digest tells nothing.
    The erasure is an entry itself. It names the erased ones, so that `verify` can tell an erasure
    from a theft, and is never erased.
    """
    keys = list(
        entries.select_for_update()
        .exclude(action=ERASE)
        .exclude(salt="")
        .order_by("id")
        .values_list("id", flat=True)
    )
    if keys:
        Entry.objects.filter(pk__in=keys).without_payload()
        record(ERASE, actor=by, details={"entries": keys})
    return len(keys)
