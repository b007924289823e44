"""Two texts compared word by word, for people who look for what has changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

EDGE = r".,;:!?…()\[\]{}\"'„“”‚‘’«»‹›،؛؟–—"  # noqa: RUF001 - these marks, not those they look like
TOKEN = re.compile(rf"\s+|[{EDGE}]|[^\s{EDGE}](?:\S*[^\s{EDGE}])?")
"""White space, a mark at the edge of a word, or a word; "5,000" and "18:00" are words."""

MOST_PAIRS = 250_000
"""Equal parts of two texts, each with each: pages of prose have half of it, and take half a second.

Comparing takes time with the cube of what repeats: two thousand characters of "a b a b" took 28 s.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that stands on one side only, or on both."""

    text: str
    changed: bool


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, the changed words marked on either side.

    Words changed on both sides of a single space are one change: easier to read than many.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in opcodes(before, after):
        texts = "".join(before[i1:i2]), "".join(after[j1:j2])
        between = bool(i1 and i2 < len(before)) and texts[0].isspace()
        for side, text in zip(sides, texts, strict=True):
            _add(side, text, changed=tag != "equal" or between)
    return sides


def opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what is equal and what is not; where too much repeats, only equal ends are found."""
    counts = Counter(after)
    if sum(counts[part] for part in before) <= MOST_PAIRS:
        yield from SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    i, j = len(before) - tail, len(after) - tail
    yield "equal", 0, head, 0, head
    yield "replace", head, i, head, j
    yield "equal", i, len(before), j, len(after)


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many parts from the beginning are the same."""
    pairs = zip(before, after, strict=False)
    return next((place for place, (old, new) in enumerate(pairs) if old != new), min(len(before), len(after)))


def _add(side: list[Piece], text: str, *, changed: bool) -> None:
    if side and side[-1].changed == changed:
        text = side.pop().text + text
    if text:
        side.append(Piece(text, changed))
