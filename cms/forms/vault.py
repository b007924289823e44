"""Answers of a special category: encrypted wherever they are kept."""

import json
from typing import Any

from cms.core.security.ring import Ring, UnreadableError

__all__ = ["UnreadableError", "seal", "unseal"]

RING = Ring("khidi.forms.vault")


def seal(kept: dict[str, Any]) -> str:
    """Return JSON by key encrypted; nothing stays nothing."""
    return RING.seal(json.dumps(kept)) if kept else ""


def unseal(sealed: str) -> dict[str, Any]:
    """Return the JSON behind `sealed`.

    Raises:
        UnreadableError: no key of this site opens it.

    """
    kept: dict[str, Any] = json.loads(RING.unseal(sealed)) if sealed else {}
    return kept
