r"""Characters and words, counted as the browser counts them, so that both sides say the same.

The same in JavaScript, where a text area has "\n" already:
`[...text.normalize("NFC")].length` and `(text.match(/\S+/g) || []).length`.
"""

import re
import unicodedata

from django.utils.translation import ngettext

from cms.core.formats.numbers import number

_SPACES = "\\t\\n\\v\\f\\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What `\\s` means in JavaScript; Python's own takes four separators more and one sign less."""

_WORD = re.compile(f"[^{_SPACES}]+")

_MARKS = "".join(re.escape(sign) for sign in map(chr, range(0x20000)) if unicodedata.combining(sign))
_TOWER = re.compile(f"[{_MARKS}]{{31}}")
"""More marks on one letter than any writing has: Unicode itself bounds them at thirty (UAX 15)."""


def plain_lines(text: str) -> str:
    """Return `text` composed (NFC) and with each end of a line as one sign: forms send two.

    A tower of marks stays as it is. To compose it takes time with the square of its height, and
    nothing else runs meanwhile: one text of two megabytes would stop the site for an hour.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if _TOWER.search(lines) else unicodedata.normalize("NFC", lines)


def characters(text: str) -> int:
    """Return how many characters a text has: code points, the end of a line as one."""
    return len(plain_lines(text))


def words(text: str) -> int:
    """Return how many words a text has: whatever stands between spaces."""
    return len(_WORD.findall(text))


def characters_told(most: int) -> str:
    """Return a limit of characters for people."""
    text = ngettext("At most one character", "At most %(counter)s characters", most)
    return text % {"counter": number(most)}


def words_told(most: int) -> str:
    """Return a limit of words for people."""
    text = ngettext("At most one word", "At most %(counter)s words", most)
    return text % {"counter": number(most)}
