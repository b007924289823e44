"""Seal entries into the chain, in the order in which this job meets them.

On PostgreSQL an entry of a long transaction becomes visible after entries with larger ids. It is
sealed when it appears, later than its neighbours: the place in the chain is the order of sealing,
so nothing is skipped and nothing moves.
"""

from django.db import connection, transaction
from django.db.models import Max

from cms.audit.domain.digest import hash_of
from cms.audit.models import Entry, Seal
from cms.core import clock

BATCH = 1000
LOCK = 0x6B686964  # "khid": one number for one purpose, shared by all who seal.


@transaction.atomic
def seal(*, limit: int = 10 * BATCH) -> int:
    """Seal up to `limit` entries and return how many; whoever comes second waits, then goes on."""
    _only_one()
    sealed = 0
    while sealed < limit:
        entries = list(Entry.objects.filter(sealed=False).order_by("id")[: min(BATCH, limit - sealed)])
        if not entries:
            break
        _append(entries)
        sealed += len(entries)
    return sealed


def _only_one() -> None:
    """Wait for other sealers until this transaction ends.

    On SQLite a transaction begins with the write lock (IMMEDIATE), so there is one at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _append(entries: list[Entry]) -> None:
    position = Seal.objects.aggregate(last=Max("position"))["last"] or 0
    previous = Seal.objects.values_list("hash", flat=True).filter(position=position).first() or ""
    moment = clock.now()
    seals = []
    for entry in entries:
        position += 1
        link = hash_of(previous=previous, position=position, sealed_at=moment, entry=entry)
        seals.append(Seal(position=position, entry=entry, sealed_at=moment, previous=previous, hash=link))
        previous = link
    Seal.objects.bulk_create(seals, batch_size=BATCH)
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).marked_sealed()
