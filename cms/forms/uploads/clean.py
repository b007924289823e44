"""What people and pictures carry along without meaning to."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File

from cms.core.pictures import CleanPicture, cleaned

LONGEST = 120
"""Characters of a name for people."""

_LONGEST_ENDING = 10
_JOINERS = "\u200c\u200d"
"""Invisible, but a part of words in Persian and Dari."""


def shown_name(name: str) -> str:
    """Return the name of a file as people may see it: no path, nothing invisible, nothing that turns text.

    An override of the direction makes a program look like a document: "plan[RLO]fdp.exe" is shown
    as "planexe.pdf".
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if letter.isspace() else letter for letter in last if not _hides(letter))
    text = re.sub(r" +", " ", visible).lstrip(". ").rstrip() or "file"
    ending = PurePosixPath(text).suffix
    if len(ending) > _LONGEST_ENDING:
        ending = ""
    return text.removesuffix(ending)[: LONGEST - len(ending)].rstrip() + ending


def rewritten(file: File[Any]) -> CleanPicture:
    """Return a picture written anew from its pixels, upright, without place, owner and device.

    Raises:
        ValidationError: It is broken ("unreadable") or has too many pixels ("large").

    """
    return cleaned(file)


def _hides(letter: str) -> bool:
    """Tell whether a letter is a control, a mark of direction, or half of a letter."""
    if letter in _JOINERS:
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
