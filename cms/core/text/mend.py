"""What no database, no JSON and no page can hold, replaced by the sign for "unreadable"."""

import re

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of letters (surrogates), which UTF-8 does."""


def mended(text: str) -> str:
    """Return `text` with U+FFFD in place of NUL and lone surrogates, and everything else as typed."""
    return _UNREADABLE.sub("\ufffd", text)
