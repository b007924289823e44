"""QR codes as inline SVG: they go with the page, need no second request and print at any size."""

from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Modules left empty on each side, which readers need to find the code (ISO/IEC 18004)."""


def qr_svg(text: str, *, label: str) -> SafeString:
    """Return a text as a QR code that says what it is to people who do not see it.

    Black on white whatever the theme: many readers do not know a light code on a dark ground. The
    colours are attributes of the drawing, which `style-src 'self'` lets pass. Error correction is of
    level M, or of a better one where that takes no more room.

    Raises:
        ValueError: The text is empty, or longer than a QR code can hold.

    """
    if not text:
        raise ValueError("A QR code needs a text.")
    # Left to choose, segno takes some Georgian words, as UTF-8, for Japanese ones in Shift JIS.
    matrix = segno.make_qr(text, error="m", mode="byte", encoding="utf-8").matrix
    side = len(matrix) + 2 * QUIET
    return format_html(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
        '<title>{label}</title><rect width="{side}" height="{side}" fill="#fff"/>'
        '<path d="{path}" fill="#000"/></svg>',
        side=side,
        label=label,
        path="".join(_runs(y, row) for y, row in enumerate(matrix, QUIET)),
    )


def _runs(y: int, row: bytearray) -> str:
    """Draw the dark modules of a row, those side by side as one rectangle."""
    path, x = "", QUIET
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            path += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return path
