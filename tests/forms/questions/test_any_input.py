"""Whatever is typed: a value or a message, never an error; and every answer can be kept and shown."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import settings as paced
from hypothesis import strategies as st

from cms.forms.questions import TYPES, FileInfo, Line
from cms.forms.rules import evaluate, parse
from tests.forms.questions.specs import AROUND, form, question

unhurried = paced(deadline=None)  # the first list of countries takes its time

ASKED = sorted(set(TYPES) - {"information"})
LANGUAGES = st.sampled_from([code for code, _name in settings.LANGUAGES])

everything = st.characters(exclude_categories=[])  # surrogates and NUL as well
hostile = st.sampled_from(
    [
        "x" * 10_000,
        "9" * 500,
        "-" + "9" * 10_000,
        "Infinity",
        "-Infinity",
        "NaN",
        "sNaN",
        "1e999999",
        "1e-999999",
        "0x10",
        "\x00",
        "\ud800",
        "a\ud83d\x00\udc4d",
        "\u202e1\u2066",
        "=1+1",
        "<script>",
        "{{ 1 }}",
        "%(most)s",
        "status=accepted",
        "+" * 500,
        "@" * 500,
        "a@" + "b." * 5000 + "org",
        "2027-02-30",
        "٣٠",
        "²",
        "½",
    ]
)
likely = st.sampled_from(
    ["800", "1 250,50", "12.5", "yes", "no", "new", "kids", "GE", "ka", "5", "on", "555 00 00 00", "a@b.org",
     "1", "3", "2027", "hello", "two\r\nlines"]
)  # fmt: skip
typed = st.one_of(st.text(everything), hostile, likely, st.text("0123456789.,-+ '٣٫٬"))


def data_of(item, texts):
    return MultiValueDict({name: list(texts) for name in item.names})


def shown(item, answer):
    """Return everything that is made of an answer, once it has been kept as JSON."""
    again = json.loads(json.dumps(answer))
    assert again == answer
    json.dumps(answer).encode()
    lines = item.display(again)
    assert all(isinstance(line, Line) and isinstance(line.text, str) for line in lines)
    assert all("\x00" not in line.text and line.text.encode() for line in lines)
    cell = item.cell(again)
    assert cell is None or isinstance(cell, str | bool | Decimal | date)
    comparable = item.comparable(again)
    assert comparable is not None
    rule = parse({"op": "eq", "key": "q", "value": "800"})
    assert evaluate(rule, {"q": comparable}) in {True, False, None}
    return lines


@pytest.mark.parametrize("kind", ASKED)
@unhurried
@given(data=st.data())
def test_any_list_of_texts_is_a_value_or_a_message(kind, data):
    texts = data.draw(st.lists(typed, max_size=3))
    item = question(kind, required=data.draw(st.booleans()))
    with translation.override(data.draw(LANGUAGES)):
        bound = form(item)(data_of(item, texts), MultiValueDict())
        if bound.is_valid():
            answer = item.answer(bound.cleaned_data["q"])
            assert answer is None or shown(item, answer)
        else:
            assert all(str(message).strip() for message in bound["q"].messages)
            assert all(len(message) < 300 for message in bound["q"].messages)
        str(bound).encode()


@pytest.mark.parametrize("kind", ASKED)
@unhurried
@given(data=st.data())
def test_boxes_posted_apart_are_a_value_or_a_message(kind, data):
    item = question(kind)
    texts = {name: [data.draw(typed)] for name in (*item.names, "q_other", "remove", "status")}
    bound = form(item)(MultiValueDict(texts), MultiValueDict())
    with translation.override("en"):
        assert bound.is_valid() or bound.errors["q"]


@pytest.mark.parametrize("kind", ["short_text", "long_text", "number", "money", "email", "phone"])
@unhurried
@given(text=typed)
def test_what_was_typed_comes_back_whatever_it_is(kind, text):
    item = question(kind)
    bound = form(item)(data_of(item, [text]), MultiValueDict())
    bound.is_valid()
    kept = bound["q"].value()
    assert len(kept) == len(text)
    assert all(new in {old, "\ufffd"} for new, old in zip(kept, text, strict=True))


@pytest.mark.parametrize("text", ["x" * 10_000, "ა" * 10_000, "w " * 5_000])
@pytest.mark.parametrize("kind", ["short_text", "long_text"])
def test_ten_thousand_characters_are_answered_clearly_and_kept(kind, text):
    item = question(kind)
    with translation.override("en"):
        bound = form(item)(data_of(item, [text]), MultiValueDict())
        assert "too long: at most" in bound["q"].messages[0]
        assert text in str(bound)


@unhurried
@given(st.lists(st.binary(max_size=3), max_size=6), st.integers(0, 5), st.booleans())
def test_any_number_of_files_is_a_value_or_a_message(contents, held, required):
    item = question("files", required=required)
    here = replace(AROUND, files={"q": [FileInfo(str(index), "a\u202eb", 0, "pdf") for index in range(held)]})
    uploads = [SimpleUploadedFile(f"{index}.pdf", content) for index, content in enumerate(contents)]
    bound = form(item, around=here)(MultiValueDict(), MultiValueDict({"q": uploads}))
    assert bound.is_valid() == (held + len(uploads) <= 3 and (held + len(uploads) > 0 or not required))
    assert not bound.is_valid() or bound.cleaned_data["q"] == uploads
    str(bound)
