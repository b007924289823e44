"""What is hashed, byte by byte: the same facts give the same digest on every database."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from cms.audit.models import Entry

FORMAT = 1
"""Part of every hash: a later way of hashing gets its own number."""


def canonical(value: Any) -> bytes:
    """Return JSON with sorted keys, no spaces and ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def digest_of(*, salt: str, details: Any) -> str:
    """Return the digest of the personal part; without the salt nothing can be guessed from it."""
    return hashlib.sha256(salt.encode("ascii") + b"\n" + canonical(details)).hexdigest()


def hash_of(*, previous: str, position: int, sealed_at: datetime, entry: Entry) -> str:
    """Return the hash of a link: the link before, its own place and every plain field."""
    fields = [
        FORMAT,
        previous,
        position,
        _instant(sealed_at),
        entry.pk,
        _instant(entry.at),
        entry.action,
        entry.target_type,
        entry.target_id,
        entry.unit_id,
        entry.actor_id,
        entry.digest,
    ]
    return hashlib.sha256(canonical(fields)).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
