"""Pictures of arches, drawn by code from any text: the same text always gives the same picture.

An entry without a photo gets a picture all the same, and none of them shows a person. As SVG it
takes its colours from the page (classes c1 to c4, dark and light); as PNG it stands where no
stylesheet reaches: on previews of shared links and in the demonstration.
"""

import random
from collections import defaultdict
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

CELL = 80
COLUMNS, ROWS = 10, 3
WIDTH, HEIGHT = COLUMNS * CELL, ROWS * CELL


class Palette(NamedTuple):
    """Background and the colours of classes c1 to c4; by default those of the light theme."""

    ground: str = "#e4f0f0"
    accent: str = "#0b5c68"
    stone: str = "#e3c6ab"
    lamp: str = "#f2b93b"
    water: str = "#a9cfd1"


LIGHT = Palette()
LAMP = 3
WIDE = 0.6
"""How often a quarter is continued to a wide arch."""

_MOODS = ((1, 1, 1, 4, 4, 2), (4, 4, 4, 1, 1, 2), (2, 2, 4, 4, 1, 1), (1, 1, 4, 4, 4, 2), (2, 2, 2, 1, 4, 4))
"""Colours as often as they come, so that one of them leads."""


class Piece(NamedTuple):
    """One shape in a cell of the grid: `kind` is a key of `_SHAPES`, `colour` 1 to 4."""

    kind: str
    column: int
    row: int
    colour: int


_SHAPES = {
    # Half circle on the ground, arch, gate (an arch with an opening), quarters that open right and left.
    "hill": "M{x} {b}a40 40 0 0 1 80 0z",
    "arch": "M{x} {b}v-40a40 40 0 0 1 80 0v40z",
    "gate": "M{x} {b}v-40a40 40 0 0 1 80 0v40h-20v-40a20 20 0 0 0-40 0v40z",
    "rise": "M{x} {b}a80 80 0 0 1 80-80v80z",
    "fall": "M{x} {t}a80 80 0 0 1 80 80h-80z",
}


def composition(seed: str) -> list[Piece]:
    """Return the pieces of the picture of a text.

    The text also chooses a mood: how full the picture is, which shape and which colours lead. Shapes
    thin out towards the sky, two quarters often meet in a wide arch, and a lamp or two are lit.
    """
    dice = random.Random(sha256(seed.encode()).digest())  # noqa: S311 - a picture, not a secret
    mood = dice.choice((0.75, 0.9, 1.0))
    fullness = (0.5 * mood, 0.72 * mood, 0.95)
    kinds = [*_SHAPES, *dice.sample(list(_SHAPES), k=1) * 3]
    colours = dice.choice(_MOODS)
    pieces: list[Piece] = []
    for row in range(ROWS):
        taken = -1
        for column in range(COLUMNS):
            kind, colour, here = dice.choice(kinds), dice.choice(colours), dice.random() < fullness[row]
            if column == taken or not here:
                continue
            pieces.append(Piece(kind, column, row, colour))
            if kind == "rise" and column + 1 < COLUMNS and dice.random() < WIDE:
                taken = column + 1
                pieces.append(Piece("fall", taken, row, colour))
    for index in {dice.randrange(len(pieces)) for _lamp in range(dice.choice((1, 2)))}:
        pieces[index] = pieces[index]._replace(colour=LAMP)
    return pieces


def svg(seed: str) -> str:
    """Return the picture as an SVG element that assistive technology passes by."""
    paths: dict[int, list[str]] = defaultdict(list)
    for piece in composition(seed):
        x, top = piece.column * CELL, piece.row * CELL
        paths[piece.colour].append(_SHAPES[piece.kind].format(x=x, t=top, b=top + CELL))
    drawn = "".join(f'<path class="c{colour}" d="{"".join(paths[colour])}"/>' for colour in sorted(paths))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{drawn}</svg>'


def png(seed: str, *, width: int = 1200, height: int = 630, palette: Palette = LIGHT) -> bytes:
    """Return the same picture as PNG of any size: it covers the whole, cut at the sides or the top.

    Drawn twice as large and made smaller, which gives smooth edges.
    """
    scale = 2 * max(width / WIDTH, height / HEIGHT)
    canvas = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), palette.ground)
    draw = ImageDraw.Draw(canvas)
    for piece in composition(seed):
        _paint(draw, piece, scale, palette)
    left, top = (canvas.width - 2 * width) // 2, canvas.height - 2 * height
    cut = canvas.crop((left, top, left + 2 * width, top + 2 * height))
    out = BytesIO()
    small = cut.resize((width, height), Image.Resampling.BOX).quantize(64, dither=Image.Dither.NONE)
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _paint(draw: ImageDraw.ImageDraw, piece: Piece, scale: float, palette: Palette) -> None:
    left, top = piece.column * CELL, piece.row * CELL
    bottom, middle = top + CELL, top + CELL / 2
    colour = palette[piece.colour]

    def box(x: float, y: float, right: float, low: float) -> tuple[float, float, float, float]:
        return (x * scale, y * scale, right * scale - 1, low * scale - 1)

    if piece.kind == "rise":
        draw.pieslice(box(left, top, left + 2 * CELL, top + 2 * CELL), 180, 270, fill=colour)
    elif piece.kind == "fall":
        draw.pieslice(box(left - CELL, top, left + CELL, top + 2 * CELL), 270, 360, fill=colour)
    elif piece.kind == "hill":
        draw.pieslice(box(left, middle, left + CELL, bottom + CELL / 2), 180, 360, fill=colour)
    else:
        draw.pieslice(box(left, top, left + CELL, bottom), 180, 360, fill=colour)
        draw.rectangle(box(left, middle, left + CELL, bottom), fill=colour)
    if piece.kind == "gate":
        inner = left + CELL / 4
        draw.pieslice(box(inner, top + 20, inner + 40, top + 60), 180, 360, fill=palette.ground)
        draw.rectangle(box(inner, middle, inner + 40, bottom), fill=palette.ground)
