"""Two texts compared word by word, for people who look for what has changed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

EDGE = r".,;:!?…()\[\]{}\"'„“”‚‘’«»‹›،؛؟–—"  # noqa: RUF001 - these marks, not those they look like
TOKEN = re.compile(rf"\s+|[{EDGE}]|[^\s{EDGE}](?:\S*[^\s{EDGE}])?")
"""White space, a mark at the edge of a word, or a word; "5,000" and "18:00" are words."""


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
