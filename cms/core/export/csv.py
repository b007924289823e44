"""Tables as CSV: for machines, and for people who have nothing else."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from cms.core.export.cells import Cell, begins_formula, local, plain

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for a code page of its own."""


def iter_csv(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """Yield the lines of a table in UTF-8, a mark of the encoding first.

    What begins like a formula gets an apostrophe in front; numbers are numbers, also below zero.
    """
    yield BOM.encode()
    line = StringIO(newline="")
    writer = csv.writer(line)
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def csv_response(rows: Iterable[Iterable[Cell]], name: str) -> StreamingHttpResponse:
    """Return a table as a file to keep, row by row: `name` is "calls.csv"."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return StreamingHttpResponse(iter_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return local(cell).isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if not isinstance(cell, str):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    text = plain(cell)
    return f"'{text}" if begins_formula(text) else text
