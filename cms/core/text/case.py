"""Capital letters where a script has them; Georgian has none in running text.

Unicode 11 gave Georgian letters "capitals" (Mtavruli, U+1C90 to U+1CBF) that are used for whole words
in headlines only. Python's `upper()` makes them, so that Django's `capfirst` puts one in front of
every label. The title case of a Georgian letter is the letter itself: that is what we use.
"""

import sys
from typing import Any

from django.template import defaultfilters
from django.template.defaultfilters import stringfilter
from django.utils import text as django_text
from django.utils.functional import keep_lazy_text

MTAVRULI = {code: code - 0x1C90 + 0x10D0 for code in (*range(0x1C90, 0x1CBB), *range(0x1CBD, 0x1CC0))}
"""Each Mtavruli letter with the ordinary one."""


@keep_lazy_text
def capfirst(text: Any) -> str:
    """Return `text` with its first letter in title case; a lazy text stays lazy."""
    plain = "" if text is None else str(text)
    return plain[:1].title() + plain[1:]


def upper(text: str) -> str:
    """Return `text` in capitals where its scripts have any; for codes, never for sentences."""
    return text.upper().translate(MTAVRULI)


def install() -> None:
    """Replace Django's functions and template filters, also where they were imported by name.

    Called when the package is imported: every settings module lives in it, so no model and no
    verbose name is older.
    """
    original = django_text.capfirst
    if original is capfirst:
        return
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get("capfirst") is original:
            setattr(module, "capfirst", capfirst)  # noqa: B010 - a module has no attribute of that name for mypy
    defaultfilters.register.filter("capfirst", stringfilter(capfirst), is_safe=True)
    defaultfilters.register.filter("upper", stringfilter(upper), is_safe=False)
