"""Text that staff must not read: encrypted in the row until it is sent."""

import json
from typing import NamedTuple

from cms.core.security.ring import Ring, UnreadableError

__all__ = ["Content", "UnreadableError", "seal", "unseal"]

RING = Ring("khidi.messages.vault")


class Content(NamedTuple):
    """What a person reads or hears."""

    subject: str
    body: str


def seal(content: Content) -> str:
    """Return the text encrypted."""
    return RING.seal(json.dumps(content))


def unseal(sealed: str) -> Content:
    """Return the text behind `sealed`.

    Raises:
        UnreadableError: it was dropped, or no key of this site opens it.

    """
    return Content(*json.loads(RING.unseal(sealed)))
