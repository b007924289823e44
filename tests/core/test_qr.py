"""A QR code is drawn as the standard has it, black on white, and says what it is."""

import re
from xml.etree import ElementTree as ET

import pytest
import qrcode
import segno
from django.template import Context, Template
from hypothesis import example, given
from hypothesis import strategies as st
from qrcode.base import rs_blocks
from qrcode.util import mask_func

from cms.core.qr import QUIET, qr_svg

ADDRESS = "https://example.org/ka/events/ticket/8JKM2WQT/"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)


def code_of(text):
    return segno.make_qr(text, error="m", mode="byte", encoding="utf-8")


def root_of(drawn):
    return ET.fromstring(drawn)  # noqa: S314 - drawn by us


def painted(drawn):
    """Return the dark modules of a drawing as a matrix, its quiet zone cut off."""
    root = root_of(drawn)
    path = root.find("path").attrib["d"]
    assert RUN.sub("", path) == ""
    side = int(root.attrib["viewBox"].split()[2])
    field = [[0] * side for _ in range(side)]
    for x, y, length, back in (map(int, run) for run in RUN.findall(path)):
        assert length == back
        for column in range(x, x + length):
            assert not field[y][column], "painted twice"
            field[y][column] = 1
    edge = slice(QUIET, -QUIET)
    assert sum(map(sum, field)) == sum(sum(row[edge]) for row in field[edge])
    return [row[edge] for row in field[edge]]


def read(matrix):
    """Read a code that has no fault, as a telephone does after it has found the squares: (level, text).

    Where data may stand, how it is masked and interleaved is asked of a second maker of codes.
    """
    version = (len(matrix) - 17) // 4
    level, mask = divmod(int("".join(map(str, matrix[8][:5])), 2) ^ 0b10101, 8)
    bits = "".join(str(matrix[y][x] ^ mask_func(mask)(y, x)) for y, x in places(version, mask))
    codewords = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    sizes = [block.data_count for block in rs_blocks(version, level)]
    blocks = [[] for _ in sizes]
    for turn in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if turn < size:
                block.append(codewords.pop(0))
    data = "".join(f"{codeword:08b}" for block in blocks for codeword in block)
    assert data[:4] == "0100", "in another mode than bytes"
    begin = 12 if version < 10 else 20
    length = int(data[4:begin], 2)
    return level, bytes(int(data[begin + 8 * n :][:8], 2) for n in range(length))


def places(version, mask):
    """Yield where data stands: in columns of two, upwards and downwards in turn, around the patterns."""
    side = 17 + 4 * version
    empty = qrcode.QRCode(version=version, border=0)
    empty.modules_count, empty.modules = side, [[None] * side for _ in range(side)]
    for corner in ((0, 0), (side - 7, 0), (0, side - 7)):
        empty.setup_position_probe_pattern(*corner)
    empty.setup_position_adjust_pattern()
    empty.setup_timing_pattern()
    empty.setup_type_info(test=True, mask_pattern=mask)
    if version >= 7:
        empty.setup_type_number(test=True)
    columns = [x for x in range(side - 1, 0, -1) if x != 6]
    for turn, right in enumerate([*columns[: (side - 7) : 2], 5, 3, 1]):
        for y in range(side) if turn % 2 else range(side - 1, -1, -1):
            yield from ((y, x) for x in (right, right - 1) if empty.modules[y][x] is None)


@given(printable)
def test_what_is_drawn_is_the_matrix_of_the_text(text):
    assert painted(qr_svg(text, label="Ticket")) == [list(row) for row in code_of(text).matrix]


@given(printable)
@example("აa")
def test_it_says_the_text_to_who_reads_it(text):
    level, said = read(painted(qr_svg(text, label="Ticket")))
    assert said.decode() == text
    assert level != qrcode.ERROR_CORRECT_L


@pytest.mark.parametrize("text", [ADDRESS, "ka/8jkm"])
def test_a_second_maker_of_codes_draws_the_same(text):
    """Each module, so those of the error correction too; of texts that fill their code, as pads are free."""
    code = code_of(text)
    level, _ = divmod(int("".join(map(str, code.matrix[8][:5])), 2) ^ 0b10101, 8)
    other = qrcode.QRCode(version=code.version, error_correction=level, mask_pattern=code.mask, border=0)
    other.add_data(text, optimize=0)
    assert painted(qr_svg(text, label="Ticket")) == [list(map(int, row)) for row in other.get_matrix()]


def test_another_text_is_another_code():
    one, other = (
        painted(qr_svg(text, label="Ticket")) for text in (ADDRESS, ADDRESS.replace("8JKM", "8JKN"))
    )
    assert len(one) == len(other)
    assert one != other


def test_it_is_dark_on_light_and_loud_about_nothing_else():
    root = root_of(qr_svg(ADDRESS, label="Ticket"))
    _, _, width, height = map(int, root.attrib["viewBox"].split())
    rect, path = root.find("rect"), root.find("path")
    assert width == height == len(code_of(ADDRESS).matrix) + 8
    assert (rect.attrib["width"], rect.attrib["height"]) == (str(width), str(height))
    assert (rect.attrib["fill"], path.attrib["fill"]) == ("#fff", "#000")
    assert list(root).index(rect) < list(root).index(path)


def test_the_page_gives_its_size_and_no_style_or_script_comes_along():
    drawn = qr_svg(ADDRESS, label="Ticket")
    root = root_of(drawn)
    assert set(root.attrib) == {"class", "viewBox", "role", "shape-rendering"}
    assert {element.tag for element in root.iter()} == {"svg", "title", "rect", "path"}
    assert "style" not in drawn
    assert "xmlns" not in drawn


def test_it_is_a_picture_with_a_name():
    root = root_of(qr_svg(ADDRESS, label="ბილეთი: გაუჩვენეთ შესასვლელში"))
    assert root.attrib["role"] == "img"
    assert root.find("title").text == "ბილეთი: გაუჩვენეთ შესასვლელში"


def test_a_label_cannot_break_out():
    drawn = qr_svg(ADDRESS, label="</title><script>alert(1)</script>")
    assert "<script" not in drawn
    assert root_of(drawn).find("title").text == "</title><script>alert(1)</script>"


@pytest.mark.parametrize("text", ["", "a" * 3000])
def test_what_no_code_can_hold_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        qr_svg(text, label="Ticket")


def test_the_tag_draws_it():
    page = Template("{% load look %}{% qr address label %}").render(
        Context({"address": ADDRESS, "label": "<b>"})
    )
    assert page == qr_svg(ADDRESS, label="<b>")
