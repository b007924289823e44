"""Tables as a workbook: numbers to add up, dates to sort, texts that never run."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language_bidi
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from cms.core.export.cells import Cell, begins_formula, local, plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONGEST = 32_767
"""Characters of a cell; spreadsheets refuse more, or cut without a word."""

EXACT = 15
"""Digits that a spreadsheet keeps of a number."""

_LARGEST_EXPONENT = 300
_FIRST_YEAR = 1901  # Before March 1900 the calendars of spreadsheets disagree.
_COLUMN_WIDTH = 22
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook would read as the number of a character."""


Rows = Iterable[Iterable[Cell]]


def xlsx(rows: Rows, *, title: str = "", about: tuple[str, Rows] | None = None) -> bytes:
    """Return a workbook; the first row names the columns and stays in view.

    Every text is stored as a text, so that nothing in it runs. `about` is the title and the rows of
    a second sheet that explains the first.
    """
    book = Workbook(write_only=True)
    _sheet(book, title, rows)
    if about:
        _sheet(book, *about)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_response(
    rows: Rows, name: str, *, title: str = "", about: tuple[str, Rows] | None = None
) -> HttpResponse:
    """Return a workbook as a file to keep: `name` is "calls.xlsx"."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return HttpResponse(xlsx(rows, title=title, about=about), content_type=MEDIA_TYPE, headers=headers)


def _sheet(book: Workbook, title: str, rows: Rows) -> None:
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", plain(title)).strip(" '")[:31] or None)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.sheet_format.defaultColWidth = _COLUMN_WIDTH
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, header=number == 0) for value in row])


def _cell(sheet: Any, value: Cell, *, header: bool) -> Any:
    """Return a cell whose kind we say: openpyxl would guess it from the first letter."""
    value = _fitting(value)
    cell = WriteOnlyCell(sheet, None if isinstance(value, str) else value)
    if isinstance(value, str):
        text = _ESCAPE.sub("_x005F_", plain(value))
        cell._value = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"  # noqa: SLF001 - the setter guesses
        cell.data_type = "s"
        cell.quotePrefix = begins_formula(text)  # It stays a text when somebody edits the cell.
        cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    if header:
        cell.font = Font(bold=True)
    return cell


def _fitting(value: Cell) -> Cell:
    """Return a value that a workbook keeps exactly, otherwise its text."""
    if isinstance(value, datetime):
        value = local(value)
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return value.isoformat()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value if _is_exact(Decimal(value)) else str(value)
    return value


def _is_exact(number: Decimal) -> bool:
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return number.is_finite() and len(digits) <= EXACT and abs(number.adjusted()) < _LARGEST_EXPONENT
