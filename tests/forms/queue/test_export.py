"""Tables: every column once, nothing that runs, nothing protected by accident."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.forms.exports.columns import questions
from tests.forms.factories import make_form, make_version, people, short_text, step, usual_steps
from tests.forms.queue.people import staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

INDEX = "/admin/submissions/"


def as_csv(browser, query=""):
    response = browser.get(f"{INDEX}?export=csv{query}")
    assert response["Content-Disposition"] == 'attachment; filename="submissions-2026-11-02.csv"'
    assert "no-store" in response["Cache-Control"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def as_xlsx(browser, query=""):
    book = load_workbook(BytesIO(browser.get(f"{INDEX}?export=xlsx{query}").content))
    sheet, about = book.worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows], list(about.iter_rows(values_only=True))


def test_columns_carry_keys_and_cells_say_what_was_asked(browser, sent):
    (row,) = as_csv(browser)
    expected = {
        "submission.reference": sent.reference,
        "submission.subject": "MV27",
        "submission.received": "2026-11-02 15:00:00",
        "submission.zone": "Asia/Tbilisi",
        "application.amount_requested": "800.00",
        "application.currency": "EUR",
        "title": "სამეზობლო მაგიდა",
        "starts": "",
        "which": "–",
        "plan": "",
    }
    assert {name: row[name] for name in expected} == expected
    assert "health" not in row


def test_numbers_and_days_stay_what_they_are(browser, send):
    send(typed={"starts": ("1", "3", "2027")})
    rows, about = as_xlsx(browser)
    (row,) = rows
    assert row["submission.received"] == datetime(2026, 11, 2, 15, 0)  # noqa: DTZ001 - a wall time
    assert row["starts"].date() == date(2027, 3, 1)
    assert Decimal(str(row["application.amount_requested"])) == 800
    assert row["organisation"] is None
    assert row["which"] == "–"
    assert ("title", "title (en)") in [line[:2] for line in about]
    assert "–" in [line[0] for line in about]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "\u200b=1"])
def test_nothing_runs(browser, send, evil):
    send(typed={"summary": f"{evil} cmd", "title": evil})
    (row,) = as_csv(browser)
    assert row["summary"].startswith("'")
    response = browser.get(f"{INDEX}?export=xlsx")
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}


def test_protected_answers_come_only_when_asked_for_and_allowed(browser, client, officer, unit, send):
    send(typed={"health": "diabetes"})
    assert "diabetes" not in str(as_csv(browser))
    assert not Entry.objects.filter(action="forms.special_read").exists()
    (row,) = as_csv(browser, "&special=1")
    assert row["health"] == "diabetes"
    entry = Entry.objects.get(action="forms.special_read")
    assert entry.actor_id == officer.pk
    assert entry.details == {"count": 1, "format": "csv", "questions": ["health"]}
    sign_in(client, staff(Role.ADMIN, unit=unit))
    assert "diabetes" not in str(as_csv(client, "&special=1"))
    assert "special=1" not in client.get(INDEX).content.decode()
    assert Entry.objects.filter(action="forms.special_read").count() == 1


def test_taking_away_is_noted_with_how_many(browser, officer, send):
    send(language="de")
    send()
    as_csv(browser, "&language=de")
    as_xlsx(browser)
    entries = Entry.objects.filter(action="forms.exported").order_by("pk")
    assert [entry.details for entry in entries] == [
        {"count": 1, "format": "csv"},
        {"count": 2, "format": "xlsx"},
    ]
    assert {entry.actor_id for entry in entries} == {officer.pk}


def test_versions_of_a_form_share_their_columns(browser, call, send):
    first = send()
    steps = usual_steps()
    steps[1]["items"].insert(1, short_text("motto", required=False))
    steps[1]["items"] = [item for item in steps[1]["items"] if item["key"] != "starts"]
    make_version(call.form, *steps)
    second = send(typed={"motto": "Together"})
    rows = {row["submission.reference"]: row for row in as_csv(browser)}
    assert rows[first.reference]["motto"] == "–"
    assert rows[second.reference]["motto"] == "Together"
    assert rows[first.reference]["starts"] == ""
    assert rows[second.reference]["starts"] == "–"
    names = list(rows[first.reference])
    order = ["title", "motto", "summary", "partners", "which", "starts", "amount"]
    assert [name for name in names if name in order] == order


def test_names_of_people_stand_in_one_cell_and_run_nothing(browser, call, send):
    steps = usual_steps()
    steps[1]["items"].append(people("family"))
    make_version(call.form, *steps)
    send(typed={"family": ["=Nino", "", "Giorgi", "Giorgi"]})
    (row,) = as_csv(browser)
    assert row["family"] == "'=Nino; Giorgi; Giorgi"


def test_equal_names_and_labels_keep_both_columns():
    same = {"items.one.label": "Name", "items.two.label": "Name"}
    form = make_form()
    version = make_version(
        form,
        step("a", short_text("one", export="name"), short_text("two", export="name"), short_text("three")),
        en=same,
    )
    columns = questions([version], language="en", special=False)
    assert [(column.name, column.label) for column in columns] == [
        ("name (one)", "Name"),
        ("name (two)", "Name"),
        ("three", "three (en)"),
    ]


def test_a_long_table_asks_no_more_than_a_short_one(browser, send):
    for _number in range(2):
        send()
    as_csv(browser)
    with CaptureQueriesContext(connection) as short:
        assert len(as_csv(browser)) == 2
    for _number in range(6):
        send()
    with CaptureQueriesContext(connection) as long:
        assert len(as_csv(browser)) == 8
    assert len(long) == len(short)
