"""Names of people as they were typed, made fit to stand in a list."""

import re
import unicodedata

from cms.core.text.count import plain_lines
from cms.core.text.mend import mended

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of whatever follows: inside a name they can only turn the next one."""

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def tidy_name(text: str) -> str:
    """Return a name composed, on one line, with single spaces; nothing where nothing can be seen."""
    name = " ".join(_TURNING.sub("", plain_lines(mended(text))).split())
    return name if any(unicodedata.category(sign) not in _UNSEEN for sign in name) else ""
