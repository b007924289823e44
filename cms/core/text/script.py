"""Which script a text is written in, and texts made comparable across ways of writing."""

import unicodedata
from collections import Counter

_MARKS_DROPPED = frozenset({"LATIN", "GREEK", "ARABIC", "HEBREW", "GEORGIAN"})
"""Scripts in which people leave marks out when they type; й is no и, and Indic signs are vowels."""

_SAME = str.maketrans(
    {
        "\u0640": "",  # tatweel only stretches a word
        "\u0671": "\u0627",  # alef wasla
        "\u0649": "\u064a",  # alef maksura and Persian yeh: yeh
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",  # Persian kaf: kaf
        "\u0131": "i",  # Turkish dotless i
        "ł": "l",
        "ø": "o",
        "đ": "d",
    }
)


def script_of(text: str) -> str:
    """Return the script of most letters, as Unicode names it ("GEORGIAN"), or "" without letters."""
    counts = Counter(_script(letter) for letter in text if letter.isalpha())
    return counts.most_common(1)[0][0] if counts else ""


def fold(text: str) -> str:
    """Return a key that is equal for what people take for equal: case, accents, digits, spaces.

    Mtavruli becomes ordinary Georgian, Arabic and Persian letters of one shape meet, digits of any
    script become ASCII. For finding, never for display.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(_without_marks(letter) for letter in plain).translate(_SAME)
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in kept)
    return " ".join(digits.split())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _without_marks(letter: str) -> str:
    if unicodedata.combining(letter):
        return "" if _script(letter) in _MARKS_DROPPED | {"COMBINING"} else letter
    first = unicodedata.normalize("NFD", letter)[0]
    return first if _script(first) in _MARKS_DROPPED else letter
