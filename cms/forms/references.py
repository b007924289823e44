"""References that people read out on the telephone: CODE-YY-NNNN-C.

The last character is computed from the others (ISO/IEC 7064, MOD 37,36), so that one wrong
character, or two changed places, is noticed.
"""

import re

from stdnum.iso7064 import mod_37_36

SHAPE = re.compile(r"[A-Z][A-Z0-9]*-\d{2}-\d{4,}-[A-Z0-9]")


def make(*, prefix: str, year: int, number: int) -> str:
    """Return the reference of the n-th submission of a year."""
    body = f"{prefix}-{year % 100:02d}-{number:04d}"
    return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"


def tidy(text: str) -> str:
    """Return what somebody typed as it is stored: capital letters, plain hyphens, no blanks."""
    hyphens = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212_/", "-"))
    return "".join(text.translate(hyphens).split()).upper()


def is_valid(reference: str) -> bool:
    """Tell whether it has the shape and the check character of a reference."""
    return bool(SHAPE.fullmatch(reference)) and mod_37_36.is_valid(reference.replace("-", ""))
