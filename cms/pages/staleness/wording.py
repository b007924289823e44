"""Two wordings of a text compared: which sentence became which, and which words changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

BREAK, TAG = re.compile(r"<br\s*/?>"), re.compile(r"<[^>]*>")
EDGE = r".,;:!?…()\[\]{}\"'„“”‚‘’«»‹›،؛؟–—"  # noqa: RUF001 - these marks, not those they look like
TOKEN = re.compile(rf"\s+|[{EDGE}]|[^\s{EDGE}](?:\S*[^\s{EDGE}])?")
"""White space, a mark at the edge of a word, or a word; "5,000" and "18:00" are words."""

ALIKE = 0.4
"""From here on two sentences are taken for two wordings of one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that stands on one side only, or on both."""

    text: str
    changed: bool


def plain(data: str) -> str:
    """Return the text of a segment, which wagtail-localize keeps as HTML, without its markup."""
    return unescape(TAG.sub("", BREAK.sub("\n", data)))


def words(data: str) -> int:
    """Return how many words a segment has, as translators count them."""
    return len(plain(data).split())


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, the changed words marked on either side.

    Words changed on both sides of a single space are one change: easier to read than many.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        texts = "".join(before[i1:i2]), "".join(after[j1:j2])
        between = bool(i1 and i2 < len(before)) and texts[0].isspace()
        for side, text in zip(sides, texts, strict=True):
            _add(side, text, changed=tag != "equal" or between)
    return sides


def _add(side: list[Piece], text: str, *, changed: bool) -> None:
    if side and side[-1].changed == changed:
        text = side.pop().text + text
    if text:
        side.append(Piece(text, changed))


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
