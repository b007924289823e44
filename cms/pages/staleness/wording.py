"""The wordings of a segment: its plain text, and which sentence became which."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from html import unescape

from cms.core.text.differences import TOKEN

BREAK, TAG = re.compile(r"<br\s*/?>"), re.compile(r"<[^>]*>")

ALIKE = 0.4
"""From here on two sentences are taken for two wordings of one."""


def plain(data: str) -> str:
    """Return the text of a segment, which wagtail-localize keeps as HTML, without its markup."""
    return unescape(TAG.sub("", BREAK.sub("\n", data)))


def words(data: str) -> int:
    """Return how many words a segment has, as translators count them."""
    return len(plain(data).split())


def pairs(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Return which old sentence each new one replaces; what only came or only went is in no pair.

    Both are the sentences of one place in their order. Sentences that are alike are paired, the
    likeliest first; where as many went as came, also those that stand at the same spot.
    """
    found: dict[str, str] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            gone = [text for text in old[i1:i2] if text not in new]
            come = [text for text in dict.fromkeys(new[j1:j2]) if text not in old]
            found |= _likeliest(gone, come)
    return found


def _likeliest(gone: list[str], come: list[str]) -> dict[str, str]:
    chances = [
        (_likeness(before, after), -abs(i - j), i, j)
        for i, before in enumerate(gone)
        for j, after in enumerate(come)
    ]
    found: dict[int, int] = {}
    for chance, _distance, i, j in sorted(chances, reverse=True):
        near = chance >= ALIKE or (i == j and len(gone) == len(come))
        if near and i not in found.values() and j not in found:
            found[j] = i
    return {come[j]: gone[i] for j, i in found.items()}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, TOKEN.findall(one), TOKEN.findall(other), autojunk=False).ratio()
