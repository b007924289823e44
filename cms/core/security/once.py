"""The key of a form as it was shown: what is sent twice with one key counts once.

Every public form that is posted carries `{% once %}`. Browsers send again after "reload", a
double click or a lost connection; the domain keeps the key in a unique column and answers a
repeat with what the first one made.
"""

from contextlib import suppress
from uuid import UUID, uuid4

from django.http import HttpRequest

FIELD = "idempotency_key"


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key that came with a form; None if there is none, or nonsense."""
    text = request.POST.get(FIELD, "")
    with suppress(ValueError):
        key = UUID(text)
        return key if str(key) == text else None
    return None


def key_for(request: HttpRequest | None) -> UUID:
    """Return the key to show: the one that came when a form is shown again, otherwise a new one."""
    return (key_of(request) if request else None) or uuid4()
