"""Sizes of files as people read them: thousands, not 1,024s. Plain text, no HTML."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext

from cms.core.formats.numbers import NO_BREAK_SPACE, number

STEP: Final = 1000


def file_size(count: int) -> str:
    """Return "320 KB" or "1.2 MB" of a number of bytes."""
    if count < STEP * STEP:
        return f"{number(max(1, round(count / STEP)))}{NO_BREAK_SPACE}{gettext('KB')}"
    millions = (Decimal(count) / STEP / STEP).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(millions, places=1)}{NO_BREAK_SPACE}{gettext('MB')}"
