import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from cms.forms.questions import TYPES, FileInfo, Line, make
from tests.forms.questions.specs import AROUND, LIMITS, PLAN, TEXTS, form, question

SPACE = "\u00a0"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def posted(item, around=AROUND, **data):
    """Return the bound form of one question; a value is a list of texts, as a browser posts it."""
    return form(item, around=around)(MultiValueDict(data))


def said(item, around=AROUND, **data):
    bound = posted(item, around, **data)
    assert not bound.is_valid()
    return bound["q"].messages


def answered(item, around=AROUND, **data):
    bound = posted(item, around, **data)
    assert bound.is_valid(), bound.errors
    return item.answer(bound.cleaned_data["q"])


# --- What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("single_choice", ["status=accepted"], "Choose one of the answers in the list"),
        ("single_choice", ["x" * 10_000], "Choose one of the answers in the list"),
        ("multiple_choice", ["new", "x"], "Choose from the answers in the list"),
        ("multiple_choice", ["new", "back", "kids"], "Choose at most 2 answers; you chose 3"),
        ("yes_no", ["maybe"], "Choose one of the answers in the list"),
        ("country", ["ZZ"], "Choose a country from the list"),
        ("country", ["Georgia"], "Choose a country from the list"),
        ("language", ["klingon"], "Choose a language from the list"),
        ("organisation", ["6"], "Choose one of your organisations"),
        ("organisation", ["5 OR 1=1"], "Choose one of your organisations"),
        ("money", ["42500"], "This amount is €2,500 above the limit of €40,000"),
        ("number", ["101"], "This is 1 above the limit of 100"),
        ("email", ["nino"], "Enter an e-mail address such as name@example.org"),
        ("short_text", ["x" * 81], "This text is 1 character too long: at most 80 are possible"),
        ("declaration", ["False"], "Please tick: Label <i>"),
        ("declaration", [], "Please tick: Label <i>"),
        ("yes_no", [], "Please answer: Label <i>"),
        ("files", ["t1"], "Please answer: Label <i>"),
    ],
)
def test_a_wrong_answer_is_named(kind, typed, message):
    assert said(question(kind), q=typed) == [message]


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind not in {"information", "date"}])
@pytest.mark.parametrize("typed", [[], [""]])
def test_a_required_question_is_asked_again_by_its_name(kind, typed):
    word = "Please tick" if kind == "declaration" else "Please answer"
    assert said(question(kind), q=typed) == [f"{word}: Label <i>"]


@pytest.mark.parametrize("kind", ["short_text", "long_text", "number", "money", "email", "phone"])
def test_spaces_are_no_answer(kind):
    assert said(question(kind), q=[" \u00a0\t"]) == ["Please answer: Label <i>"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("31", "12", "2026"), "This day is too early: enter 1 January 2027 or later"),
        (("1", "1", "2029"), "This day is too late: enter 31 December 2028 or earlier"),
        (("30", "2", "2027"), "This date does not exist: check day, month and year"),
        (("", "", ""), "Enter a date: day, month and year"),
    ],
)
def test_a_day_out_of_time_is_named(typed, message):
    data = {f"q_{part}": [text] for part, text in zip(("day", "month", "year"), typed, strict=True)}
    assert said(question("date"), **data) == [message]


def test_an_organisation_of_somebody_else_is_no_choice():
    alone = replace(AROUND, organisations=())
    assert said(question("organisation"), alone, q=["5"]) == ["Choose one of your organisations"]
    assert "add it first" in question("organisation").field(alone).help_text


def test_a_limit_of_the_role_narrows_and_never_widens():
    item = question("money", role="amount_requested")
    narrow = replace(AROUND, limits={"amount_requested": (Decimal(1), Decimal(20_000))})
    assert said(item, narrow, q=["4000"]) == ["This amount is €1,000 below the least possible, €5,000"]
    assert said(item, narrow, q=["20001"]) == ["This amount is €1 above the limit of €20,000"]
    wide = replace(AROUND, limits={"amount_requested": (None, Decimal(90_000))})
    assert said(item, wide, q=["40001"]) == ["This amount is €1 above the limit of €40,000"]
    other = replace(AROUND, limits={"": (None, Decimal(1)), "amount_requested": (None, Decimal(1))})
    assert answered(question("money"), other, q=["6000"])["amount"] == "6000.00"


def test_what_was_never_asked_is_no_type():
    with pytest.raises(KeyError):
        make({"type": "password", "path": "q"}, {})


def test_html_of_an_editor_stays_text():
    for kind in LIMITS:
        field = question(kind).field(AROUND)
        if field is not None:
            assert str(field.label) == "Label <i>"
            assert "Help &amp; more" in field.help_text
    row = dict(question("single_choice").field(AROUND).choices)["new"]
    assert row == "Newly arrived<small>in the first &lt;two&gt; years</small>"


# --- What is kept and shown --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "answer", "comparable", "lines", "cell"),
    [
        ("short_text", [" ნინო "], "ნინო", "ნინო", [Line("ნინო", "auto")], "ნინო"),
        (
            "long_text",
            ["one\r\n\r\ntwo"],
            "one\n\ntwo",
            "one\n\ntwo",
            [Line("one", "auto"), Line("two", "auto")],
            "one\n\ntwo",
        ),
        ("number", ["12,50"], "12.5", Decimal("12.5"), [Line(f"12.5{SPACE}people")], Decimal("12.5")),
        ("number", ["0"], "0", Decimal(0), [Line(f"0{SPACE}people")], Decimal(0)),
        ("number", ["100"], "100", Decimal(100), [Line(f"100{SPACE}people")], Decimal(100)),
        (
            "money",
            ["8 000"],
            {"amount": "8000.00", "currency": "EUR"},
            Decimal(8000),
            [Line("€8,000", "ltr")],
            Decimal(8000),
        ),
        ("yes_no", ["yes"], True, True, [Line("Yes")], True),
        ("yes_no", ["no"], False, False, [Line("No")], False),
        ("single_choice", ["new"], "new", "new", [Line("Newly arrived")], "Newly arrived"),
        (
            "multiple_choice",
            ["kids", "new", "kids"],
            ["new", "kids"],
            frozenset({"new", "kids"}),
            [Line("Newly arrived"), Line("Children")],
            "Newly arrived; Children",
        ),
        ("email", ["a@b.org"], "a@b.org", "a@b.org", [Line("a@b.org", "ltr")], "a@b.org"),
        (
            "phone",
            ["555 00 00 00"],
            "+995555000000",
            "+995555000000",
            [Line("+995 555 00 00 00", "ltr")],
            "+995 555 00 00 00",
        ),
        ("country", ["SY"], "SY", "SY", [Line("Syria")], "Syria"),
        ("language", ["prs"], "prs", "prs", [Line("Dari")], "Dari"),
        (
            "organisation",
            ["5"],
            {"id": 5, "name": "ხიდი გაერთიანება"},
            "5",
            [Line("ხიდი გაერთიანება", "auto")],
            "ხიდი გაერთიანება",
        ),
        ("declaration", ["on"], True, True, [Line("Confirmed")], True),
    ],
)
def test_an_answer_is_kept_exactly_compared_and_shown(kind, typed, answer, comparable, lines, cell):
    item = question(kind)
    kept = answered(item, q=typed)
    assert kept == answer
    again = json.loads(json.dumps(kept))
    assert again == kept
    assert type(item.comparable(again)) is type(comparable)
    assert (item.comparable(again), item.display(again), item.cell(again)) == (comparable, lines, cell)


def test_a_day_is_kept_as_iso_and_shown_in_words():
    item = question("date")
    kept = answered(item, q_day=["1"], q_month=["3"], q_year=["2027"])
    assert kept == "2027-03-01"
    assert (item.comparable(kept), item.cell(kept)) == (date(2027, 3, 1), date(2027, 3, 1))
    assert item.display(kept) == [Line("1 March 2027")]
    with translation.override("ka"):
        assert item.display(kept)[0].text.startswith("1 მარტი")


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_is_no_answer_and_shows_nothing(kind):
    item = question(kind, required=False)
    assert (item.display(None), item.cell(None), item.comparable(None)) == ([], None, None)
    if kind != "information":
        assert answered(item) is None


def test_files_are_kept_by_what_was_received():
    item = question("files")
    here = replace(AROUND, files={"q": [PLAN]})
    bound = form(item, around=here)({}, MultiValueDict({"q": [SimpleUploadedFile("a.pdf", b"%PDF")]}))
    assert bound.is_valid()
    assert item.answer(bound.cleaned_data["q"]) is None  # an upload is no answer before it is received
    kept = item.answer(here.files["q"])
    assert kept == [{"token": "t1", "name": "plan.pdf", "size": 1_258_291, "type": "pdf"}]
    assert item.display(json.loads(json.dumps(kept))) == [Line("plan.pdf", "auto", (PLAN,))]
    assert (item.cell(kept), item.comparable(kept)) == ("plan.pdf", True)


def test_files_of_another_question_do_not_count():
    elsewhere = replace(AROUND, files={"other": [PLAN]})
    assert said(question("files"), elsewhere, q=[]) == ["Please answer: Label <i>"]


def test_labels_follow_the_language_and_old_codes_stay_readable():
    item = question("single_choice")
    assert item.display("gone") == [Line("gone")]
    assert make({"type": "single_choice", "path": "q", "key": "q", "choices": ["new"]}, {}).display(
        "new"
    ) == [Line("new")]


# --- What is told beforehand -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("money", {}, "Between €5,000 and €40,000. Point and comma are both understood."),
        ("money", {"minimum": None, "maximum": None}, "Point and comma are both understood."),
        ("number", {}, "Between 0 and 100."),
        ("date", {}, "For example 1 1 2027. Not before 1 January 2027. Not after 31 December 2028."),
        ("date", {"earliest": None, "latest": None}, "For example 20 2 2027."),
        ("multiple_choice", {}, "Choose at most 2 answers."),
        ("multiple_choice", {"at_most": None}, "Several answers are possible."),
        ("files", {}, f"PDF, JPG. Up to 3 files, each at most 10{SPACE}MB."),
        ("files", {"count": 1}, f"PDF, JPG. One file of at most 10{SPACE}MB."),
    ],
)
def test_limits_stand_in_the_hint_under_the_help(kind, more, told):
    assert question(kind, **more).field(AROUND).help_text == f"Help &amp; more<br>{told}"


def test_a_short_text_tells_a_limit_that_people_may_meet():
    assert question("short_text").field(AROUND).limits == ["At most 80 characters"]
    usual = make({"type": "short_text", "path": "q", "key": "q"}, TEXTS).field(AROUND)
    assert (usual.limits, usual.max_characters) == ([], 200)


def test_a_choice_that_may_stay_out_can_be_taken_back():
    for kind in ("single_choice", "yes_no", "organisation"):
        item = question(kind, required=False)
        assert list(item.field(AROUND).choices)[-1] == ("", "No answer")
        assert answered(item, q=[""]) is None
    assert ("", "No answer") not in question("yes_no").field(AROUND).choices


def test_many_organisations_stand_in_a_list_to_open():
    many = replace(AROUND, organisations=tuple((str(number), f"O {number}") for number in range(20)))
    item = question("organisation")
    assert type(item.field(many).widget).__name__ == "Select"
    assert answered(item, many, q=["19"]) == {"id": 19, "name": "O 19"}


@pytest.mark.parametrize(
    ("role", "name"), [("person_name", "name"), ("organisation", "organization"), ("title", None), ("", None)]
)
def test_a_browser_may_fill_in_what_it_knows(role, name):
    assert question("short_text", role=role).field(AROUND).widget.attrs.get("autocomplete") == name


def test_the_names_a_browser_posts_are_known():
    assert question("date").names == ("q_day", "q_month", "q_year")
    assert question("information").names == ()
    assert question("money").names == ("q",)


def test_the_plain_facts_of_an_item_are_there():
    item = question("short_text", pii="special", blind="hide", public=True, export="name", role="person_name")
    assert (item.pii, item.blind, item.public, item.export, item.role) == (
        "special", "hide", True, "name", "person_name",
    )  # fmt: skip
    plain = question("short_text")
    assert (plain.pii, plain.blind, plain.public, plain.export, plain.condition) == (
        "none",
        "show",
        False,
        "q",
        None,
    )


def test_a_condition_is_read():
    item = question("short_text", condition={"op": "eq", "key": "who", "value": "new"})
    assert item.condition.key == "who"


def test_a_field_refuses_with_a_validation_error_when_asked_alone():
    with pytest.raises(ValidationError):
        question("single_choice").field(AROUND).clean("x")


def test_a_received_file_is_plain_data():
    assert FileInfo(token="a", name="b", size=1, type="pdf") == FileInfo("a", "b", 1, "pdf")
