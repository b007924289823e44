import re
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

import cms.core
from cms.core.drawing import COLUMNS, LAMP, LIGHT, ROWS, composition, png, svg

LOOK = Path(cms.core.__file__).parent / "static" / "core" / "look" / "look.css"


def test_the_same_text_gives_the_same_picture_for_ever():
    """Pinned: a picture that people know must not change with an update."""
    assert svg("khidi") == svg("khidi")
    assert sha256(svg("khidi").encode()).hexdigest().startswith("eae3594ce1472b56")


@given(st.text())
def test_every_picture_is_small_quiet_and_well_formed(seed):
    drawn = svg(seed)
    assert len(drawn) <= 1_600
    root = ET.fromstring(drawn)  # noqa: S314 - drawn by us
    assert root.attrib == {"viewBox": "0 0 800 240", "aria-hidden": "true", "focusable": "false"}
    assert {path.tag for path in root} == {"path"}
    assert {path.attrib["class"] for path in root} <= {"c1", "c2", "c3", "c4"}


@given(st.text())
def test_every_cell_has_one_piece_at_most_and_a_lamp_is_lit(seed):
    pieces = composition(seed)
    cells = [(piece.column, piece.row) for piece in pieces]
    assert len(cells) == len(set(cells))
    assert all(0 <= column < COLUMNS and 0 <= row < ROWS for column, row in cells)
    assert 1 <= sum(piece.colour == LAMP for piece in pieces) <= 2


def test_different_texts_look_different():
    pictures = {seed: frozenset(composition(seed)) for seed in map(str, range(60))}
    alike = [
        (one, other)
        for one, first in pictures.items()
        for other, second in pictures.items()
        if one < other and len(first & second) > 0.5 * len(first | second)
    ]
    assert alike == []


def test_the_text_itself_is_never_printed():
    shown = Template("{% load drawing %}{% drawing seed %}").render(Context({"seed": "<script>"}))
    assert shown == svg("<script>")
    assert "script" not in shown


@pytest.mark.parametrize(("width", "height"), [(800, 240), (1200, 630), (400, 400), (64, 200)])
def test_the_same_picture_as_png(width, height):
    with Image.open(BytesIO(png("khidi", width=width, height=height))) as picture:
        assert (picture.format, picture.size) == ("PNG", (width, height))
        assert len(picture.convert("RGB").getcolors(maxcolors=10_000)) > 3


def test_png_and_svg_show_the_same():
    """The middle of a cell's foot is painted in the piece's colour, in both."""
    picture = Image.open(BytesIO(png("khidi", width=800, height=240))).convert("RGB")
    for piece in composition("khidi"):
        if piece.kind in {"hill", "arch"}:
            expected = Image.new("RGB", (1, 1), LIGHT[piece.colour]).getpixel((0, 0))
            assert picture.getpixel((piece.column * 80 + 40, piece.row * 80 + 75)) == expected


def test_another_palette_gives_another_picture():
    dark = LIGHT._replace(ground="#143138")
    one, other = (Image.open(BytesIO(png("a", palette=palette))).convert("RGB") for palette in (LIGHT, dark))
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) > 20


def test_the_palette_is_that_of_the_stylesheet():
    tokens = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", LOOK.read_text().partition("@supports")[0]))
    assert LIGHT._asdict() == {
        "ground": tokens["mist"],
        **{name: tokens[name] for name in ("accent", "stone", "lamp", "water")},
    }
