from datetime import UTC, datetime

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cms.core.fields import WallTimeField, WallTimeFormField
from cms.core.renderer import Form
from cms.core.widgets import WallParts

WALL = datetime.fromisoformat("2026-11-30T18:00")


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


class Probe(Form):
    closes = WallTimeFormField(label="When does it close?", zone="Europe/Berlin")


def boxes(day="30", month="11", year="2026", time="18:00"):
    return {"closes_day": day, "closes_month": month, "closes_year": year, "closes_time": time}


def column(**options):
    field = WallTimeField(**options)
    field.set_attributes_from_name("closes")
    return field


# --- The form -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"time": ""}, "Enter all four: day, month, year and time"),
        ({"day": ""}, "Enter all four: day, month, year and time"),
        ({"day": "31"}, "This date does not exist: check day, month and year"),
        ({"year": "26"}, "Write the year with four digits"),
        ({"time": "24:00"}, "Write the time with hours and minutes, for example 18:00"),
        ({"time": "18"}, "Write the time with hours and minutes, for example 18:00"),
        ({"time": "6 pm"}, "Write the time with hours and minutes, for example 18:00"),
        ({"time": "18:00\x00"}, "Write the time with hours and minutes, for example 18:00"),
        (
            {"day": "29", "month": "3", "time": "2:30"},
            (
                "2:30 does not exist on 29 March 2026 (Berlin time): the clocks go forward that night. "
                "Choose an earlier or a later time."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_and_kept(changes, message):
    form = Probe(boxes(**changes))
    assert form["closes"].messages == [message]
    typed = {"day": "30", "month": "11", "year": "2026", "time": "18:00", **changes}
    assert form["closes"].value() == WallParts(**{k: v.replace("\x00", "\ufffd") for k, v in typed.items()})


def test_nothing_typed_is_asked_for():
    assert Probe(boxes("", "", "", ""))["closes"].messages == ["Enter a date and a time"]
    assert Probe({})["closes"].messages == ["Enter a date and a time"]


@pytest.mark.parametrize("time", ["18:00", "18.00", "18:00:00", "\N{ARABIC-INDIC DIGIT ONE}8:00"])
def test_time_is_read_as_people_write_it(time):
    form = Probe(boxes(time=time))
    assert form.is_valid()
    assert form.cleaned_data["closes"] == WALL


def test_forms_do_not_share_the_zone():
    here, there = Probe(), Probe()
    here.fields["closes"].zone = "Asia/Tbilisi"
    assert "Tbilisi time" in str(here["closes"])
    assert "Berlin time" in str(there["closes"])
    assert "Berlin time" in str(Probe()["closes"])
    assert Probe.base_fields["closes"].zone == "Europe/Berlin"


def test_the_boxes_show_a_wall_time_with_labels_of_their_own():
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parseFragment(str(Probe(initial={"closes": WALL})["closes"]))
    inputs = {item.get("name"): item for item in tree.iter("input")}
    assert {name: item.get("value") for name, item in inputs.items()} == boxes()
    labels = {item.get("for"): item.text for item in tree.iter("label")}
    assert [labels[item.get("id")] for item in inputs.values()] == ["Day", "Month", "Year", "Berlin time"]
    assert inputs["closes_time"].get("dir") == "ltr"
    assert "inputmode" not in inputs["closes_time"].attrib


def test_a_form_that_nobody_touched_has_not_changed():
    form = Probe(boxes(), initial={"closes": WALL})
    assert not form.has_changed()
    assert Probe(boxes(time="17:59"), initial={"closes": WALL}).has_changed()
    empty = WallTimeFormField(required=False)
    assert not empty.has_changed(None, None)


# --- The column -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["tomorrow", "2026-11-30T18:00+04:00", "2026-02-30T18:00", datetime(2026, 11, 30, tzinfo=UTC), 7]
)
def test_what_is_no_wall_time_is_not_kept(value):
    with pytest.raises(ValidationError):
        column().get_prep_value(value)


@pytest.mark.parametrize(
    ("wall", "text"),
    [(WALL, "2026-11-30T18:00"), (WALL.replace(second=59), "2026-11-30T18:00:59"), (None, "")],
)
def test_the_column_keeps_text_and_gives_back_a_wall_time(wall, text):
    field = column()
    assert field.get_prep_value(wall) == text
    assert field.from_db_value(text, None, None) == wall
    assert column(blank=True).clean(wall, None) == wall


def test_nothing_is_null_where_the_column_may_be():
    assert column(null=True).get_prep_value(None) is None
    assert column().get_default() is column(null=True).get_default() is None
    assert column(null=True).from_db_value(None, None, None) is None
    with pytest.raises(ValidationError):
        column().clean(None, None)


@given(st.lists(st.datetimes(), min_size=2, max_size=2))
def test_the_text_sorts_as_the_times_do(walls):
    field = column()
    first, last = sorted(wall.replace(microsecond=0) for wall in walls)
    assert field.get_prep_value(first) <= field.get_prep_value(last)


def test_a_migration_says_only_what_differs():
    text, imports = MigrationWriter.serialize(column(null=True, blank=True))
    assert text == "cms.core.fields.WallTimeField(blank=True, null=True)"
    assert imports == {"import cms.core.fields"}


def test_a_model_form_asks_with_the_boxes():
    assert isinstance(column(blank=True).formfield(), WallTimeFormField)
    assert not column(blank=True).formfield().required
    assert isinstance(column(), models.CharField)
