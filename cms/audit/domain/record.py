"""Note what was done, in the transaction that does it."""

import re
import secrets
from collections.abc import Mapping
from typing import Any, Protocol

from django.db.models import Model

from cms.audit.domain.digest import digest_of
from cms.audit.models import Entry
from cms.core import clock

ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")


class Actor(Protocol):
    """Whoever signed in; an anonymous visitor has no key."""

    @property
    def pk(self) -> Any:
        """The key of the person, or None."""


def record(
    action: str,
    *,
    target: Model | None = None,
    actor: Actor | None = None,
    unit_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Write an unsealed entry, to be kept or lost with the caller's transaction.

    Args:
        action: room and verb, as in "messages.resend".
        target: the object; its `unit_id`, if it has one, is noted unless another is given.
        actor: who did it; None for the system and for visitors.
        unit_id: the unit that the deed belongs to.
        details: everything personal and everything explanatory, as JSON of texts, whole numbers,
            booleans, None, lists and dictionaries with text keys. Amounts are written as text.

    Raises:
        ValueError: the action is not of the form room.verb.
        TypeError: the details hold something that JSON does not keep exactly.

    """
    if not ACTION.fullmatch(action):
        raise ValueError(f"An action is written as room.verb, not {action!r}.")
    if unit_id is None:
        unit_id = getattr(target, "unit_id", None)
    kept = _exact(dict(details or {}))
    salt = secrets.token_hex(32)
    return Entry.objects.create(
        at=clock.now(),
        action=action,
        target_type=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        unit_id=unit_id,
        actor_id=getattr(actor, "pk", None),
        details=kept,
        salt=salt,
        digest=digest_of(salt=salt, details=kept),
    )


def _exact(value: Any) -> Any:
    """Return `value` as it will be read back from any database, or refuse it.

    PostgreSQL keeps neither NUL nor half of a surrogate pair, and writes some floats differently.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value).replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {_exact(key): _exact(item) for key, item in value.items()}
    raise TypeError(f"Audit details are exact JSON; {type(value).__name__} is not.")
