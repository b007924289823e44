"""Dates without a day or a month: in code, in forms, in revisions, in translations, in the database."""

import copy
import json
import pickle
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.models import Value
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from modelcluster.models import ClusterableModel
from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField, copy_synchronised_fields, get_translatable_fields

from cms.core.blocks import PartialDateBlock
from cms.core.partial import PartialDate, PartialDateField, PartialDateFormField

NOVEMBER = PartialDate(2023, 11)
PRECISIONS = [PartialDate(2023), NOVEMBER, PartialDate(2023, 11, 8)]

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
partials = st.builds(
    lambda day, precision: PartialDate(*(day.year, day.month, day.day)[:precision]), days, st.integers(1, 3)
)


# --- The value ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        (999,),
        (3000,),
        (0,),
        (2023, 0),
        (2023, 13),
        (2023, 2, 29),
        (2023, 11, 31),
        (2023, 11, 0),
        (2023, None, 8),
    ],
)
def test_what_does_not_exist_cannot_be_made(parts):
    with pytest.raises(ValueError, match=r"\w"):
        PartialDate(*parts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "02023",
        "2023-1",
        "2023-11-8",
        "2023-",
        "2023-11-",
        "2023-11-08T00:00",
        " 2023",
        "٢٠٢٣",
        "2023\n",
    ],
)
def test_only_iso_is_parsed(text):
    with pytest.raises(ValueError, match="ISO"):
        PartialDate.parse(text)


@given(partials)
def test_text_and_parts_tell_the_same(value):
    assert PartialDate.parse(str(value)) == value == PartialDate(value.year, value.month, value.day)
    assert type(str(value)) is str


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_the_days_it_can_mean(text, first, last):
    value = PartialDate.parse(text)
    assert (value.first, value.last) == (first, last)


@given(partials, partials)
def test_order_is_order_in_time_and_the_less_precise_comes_first(one, other):
    if one < other:
        assert (one.first, len(one)) < (other.first, len(other))


def test_copies_are_of_the_same_kind():
    for made in (copy.copy(NOVEMBER), copy.deepcopy(NOVEMBER), pickle.loads(pickle.dumps(NOVEMBER))):  # noqa: S301 - made here
        assert (type(made), made) == (PartialDate, NOVEMBER)


def test_json_takes_it_as_it_is():
    """Overrides of translations and revisions pass through JSON that knows only Django's types."""
    assert json.dumps({"as_of": NOVEMBER}, cls=DjangoJSONEncoder) == '{"as_of": "2023-11"}'


# --- What people type --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2023", "2023"),
        ("11.2023", "2023-11"),
        ("08.11.2023", "2023-11-08"),
        ("8.11.2023", "2023-11-08"),
        ("8. 11. 2023", "2023-11-08"),
        ("8/11/2023", "2023-11-08"),
        ("2023-11", "2023-11"),
        ("2023-11-08", "2023-11-08"),
        ("٠٨.٠٣.٢٠٢٣", "2023-03-08"),
        ("۰۹.۲۰۲۳", "2023-09"),
        ("\u200f 11.2023 ", "2023-11"),
    ],
)
def test_dates_are_typed_day_first_in_digits_of_any_script(typed, expected):
    assert PartialDateFormField().clean(typed) == PartialDate.parse(expected)


@pytest.mark.parametrize(
    "typed", ["23", "13.2023", "29.2.2023", "11.08.23", "8 Nov 2023", "²023", "2023\x00", "0999", "9" * 9999]
)
def test_what_makes_no_sense_is_answered_with_examples(typed):
    with override("en"), pytest.raises(ValidationError, match=r"2023, 11\.2023 or 08\.11\.2023"):
        PartialDateFormField().clean(typed)


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_nothing_is_none_or_asked_for(empty):
    assert PartialDateFormField(required=False).clean(empty) is None
    with pytest.raises(ValidationError):
        PartialDateFormField().clean(None if empty is None else "")


def test_the_line_shows_what_can_be_typed_again():
    field = PartialDateFormField()
    for value in PRECISIONS:
        assert field.clean(field.prepare_value(value)) == value
        assert not field.has_changed(value, field.prepare_value(value))
    assert field.prepare_value("8 Nov") == "8 Nov"
    html = field.widget.render("as_of", field.prepare_value(PRECISIONS[2]))
    assert 'value="08.11.2023"' in html
    assert 'dir="ltr"' in html
    assert 'autocomplete="off"' in html
    with override("en"):
        assert "11.2023" in str(field.help_text)


# --- The column --------------------------------------------------------------------------------


@pytest.fixture
def term():
    """A model as those of pages are."""
    with isolate_apps("cms.core"):

        class Term(ClusterableModel):
            name = models.CharField(max_length=10)
            begins = PartialDateField()
            ends = PartialDateField(null=True, blank=True)

            class Meta:
                app_label = "core"

        yield Term


def test_it_is_copied_to_translations_not_translated(term):
    fields = {field.field_name: field for field in get_translatable_fields(term)}
    assert isinstance(fields["begins"], SynchronizedField)
    assert not isinstance(fields["name"], SynchronizedField), "otherwise this test would prove nothing"

    source, target = term(begins=NOVEMBER, ends=None), term(begins=PartialDate(2020), ends=PartialDate(2021))
    copy_synchronised_fields(source, target)
    assert (target.begins, target.ends) == (NOVEMBER, None)


@pytest.mark.parametrize("value", PRECISIONS)
def test_revisions_keep_it(term, value):
    kept = json.loads(term(begins=value).to_json())
    assert (kept["begins"], kept["ends"]) == (str(value), None)
    again = term.from_json(json.dumps(kept))
    assert (type(again.begins), again.begins, again.ends) == (PartialDate, value, None)


def test_a_form_gives_and_takes_it(term):
    form = modelform_factory(term, fields=["begins", "ends"])
    filled = form({"begins": "11.2023", "ends": ""}, instance=term())
    assert filled.is_valid(), filled.errors
    assert (filled.instance.begins, filled.instance.ends) == (NOVEMBER, None)
    assert 'value="11.2023"' in str(form(instance=filled.instance)["begins"])
    wrong = form({"begins": "", "ends": "soon"}, instance=term())
    assert set(wrong.errors) == {"begins", "ends"}


def test_a_new_object_has_none(term):
    assert term().begins is None
    with pytest.raises(ValidationError):
        term(name="x").full_clean()


def test_no_length_and_no_surprise_in_migrations(term):
    field = term._meta.get_field("ends")
    assert field.deconstruct()[1:] == (
        "cms.core.partial.PartialDateField",
        [],
        {"null": True, "blank": True},
    )
    assert MigrationWriter.serialize(field)[0] == "cms.core.partial.PartialDateField(blank=True, null=True)"
    assert field.clone().db_type(connection) == models.CharField(max_length=10).db_type(connection)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [*PRECISIONS, None])
def test_the_database_gives_back_what_it_got(value):
    locales = Locale.objects.annotate(as_of=Value(value, output_field=PartialDateField(null=True)))
    read = locales.values_list("as_of", flat=True).first()
    assert (type(read), read) == (type(value), value)
    if value:
        assert locales.filter(as_of__lte=str(value), as_of__gte=value.first).exists() is (
            value.day is not None
        )


@pytest.mark.django_db
def test_the_database_sorts_as_python_does():
    mixed = ["2023-02", "2023", "2023-01-01", "2022-12-31", "2023-01", "2023-11-08", "2023-11", "1999"]
    rows = " UNION ALL ".join(f"SELECT '{text}' AS as_of" for text in mixed)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT as_of FROM ({rows}) AS dates ORDER BY as_of")
        shown = [row[0] for row in cursor.fetchall()]
    assert shown == [str(value) for value in sorted(PartialDate.parse(text) for text in mixed)]


# --- The block ---------------------------------------------------------------------------------


def test_the_block_keeps_text_and_gives_dates():
    block = PartialDateBlock()
    assert block.get_translatable_segments(NOVEMBER) == []
    assert block.to_python(block.get_prep_value(NOVEMBER)) == NOVEMBER
    assert block.to_python("") is None
    assert block.clean("11.2023") == NOVEMBER
    assert block.get_form_state(NOVEMBER) == "11.2023"
