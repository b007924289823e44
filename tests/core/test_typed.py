from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from cms.core.renderer import Form
from cms.core.typed import (
    EmailField,
    FigureField,
    FilesField,
    LongTextField,
    MoneyField,
    PhoneField,
    TextField,
)
from tests.core.test_renderer import by_id, control, parsed, rendered, words


class Held:
    def __init__(self, token, name, size):
        self.token, self.name, self.size = token, name, size


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def refused(field, typed):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return caught.value.messages


def upload(name="a.pdf"):
    return SimpleUploadedFile(name, b"%PDF-")


# --- Texts -------------------------------------------------------------------------------------


def test_a_text_too_long_says_by_how_much():
    field = LongTextField(max_characters=2000, max_words=300)
    assert refused(field, "word " * 2000) == [
        "This text is 7,999 characters too long: at most 2,000 are possible",
        "This text is 1,700 words too long: at most 300 are possible",
    ]
    assert refused(field, "x" * 2001) == ["This text is 1 character too long: at most 2,000 are possible"]
    assert refused(field, "w " * 301) == ["This text is 1 word too long: at most 300 are possible"]


def test_a_text_as_long_as_allowed_is_taken():
    assert LongTextField(max_characters=5).clean("a\r\nb\r\nc") == "a\nb\nc"
    assert LongTextField(max_characters=1).clean("e\u0301") == "\u00e9"
    assert LongTextField(max_words=2).clean(" one two ") == "one two"


def test_a_long_text_is_never_cut_by_the_browser_and_comes_back_whole():
    class Probe(Form):
        story = LongTextField(label="Story", max_characters=100)

    typed = "ა" * 10_000
    form = Probe({"story": typed})
    tree = rendered("{% fields form %}", form=form)
    assert words(by_id(tree, "id_story_error")) == (
        "This text is 9,900 characters too long: at most 100 are possible"
    )
    area = control(tree, "story")
    assert (area.text.strip(), area.get("maxlength"), area.get("cols")) == (typed, None, None)


def test_both_limits_stand_under_the_field_for_people_and_for_a_script():
    class Probe(Form):
        story = LongTextField(label="Story", max_characters=2000, max_words=300)

    tree = rendered("{% fields form %}", form=Probe())
    count = by_id(tree, "id_story_count")
    assert [words(span) for span in count] == ["At most 300 words", "At most 2,000 characters"]
    assert (count.get("data-words"), count.get("data-characters")) == ("300", "2000")
    assert control(tree, "story").get("aria-describedby") == "id_story_count"


def test_what_no_database_can_hold_is_replaced_in_value_and_control():
    class Probe(Form):
        name = TextField(label="Name")
        story = LongTextField(label="Story")
        email = EmailField(label="E-mail")
        phone = PhoneField(label="Phone", region="GE")
        sum = MoneyField(label="Sum", currency="EUR")

    form = Probe(dict.fromkeys(Probe.base_fields, "a\x00b\ud800"))
    assert not form.is_valid()
    assert form.cleaned_data == {
        "name": "a\ufffdb\ufffd",
        "story": "a\ufffdb\ufffd",
    }
    assert {field.value() for field in form} == {"a\ufffdb\ufffd"}
    assert set(form.errors) == {"email", "phone", "sum"}
    str(form).encode()


def test_a_line_stays_a_line():
    assert TextField().clean("one\r\ntwo\rthree") == "one two three"


@pytest.mark.parametrize("name", ["Ana María", "ნინო", "نور الهدى", "李", "O’Neill-Šešelj", "X Æ A-12"])
def test_a_name_may_be_written_in_any_script(name):
    assert TextField(max_characters=200).clean(name) == name


@pytest.mark.parametrize(
    "typed", ["nino", "nino@", "@example.org", "a b@example.org", "a@b\nc.org", "x" * 10_000]
)
def test_an_address_that_is_none_is_answered_by_an_example(typed):
    assert refused(EmailField(), typed) == ["Enter an e-mail address such as name@example.org"]


def test_an_address_is_taken_as_typed():
    assert EmailField().clean(" Nino@Example.org ") == "Nino@Example.org"


# --- Telephone ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("555 00 00 00", "+995555000000"),
        ("0322 12 34 56", "+995322123456"),
        ("(+995) 555-00-00-00", "+995555000000"),
        ("00995 555 00 00 00", "+995555000000"),
        ("+39 333 123 4567", "+393331234567"),
        ("٥٥٥ ٠٠ ٠٠ ٠٠", "+995555000000"),
    ],
)
def test_a_telephone_number_is_understood(typed, expected):
    assert PhoneField(region="GE").clean(typed) == expected


@pytest.mark.parametrize(
    "typed", ["5", "call me", "+999 123 456 789", "12 34 56", "9" * 500, "+" * 10_000, "+995", "\ufffd"]
)
def test_a_telephone_number_that_is_none_is_answered_by_an_example(typed):
    assert refused(PhoneField(region="GE"), typed) == [
        "Enter a telephone number with its country code, such as +995 555 12 34 56"
    ]


def test_an_extension_is_not_dropped_in_silence():
    assert refused(PhoneField(region="GE"), "0322 12 34 56 ext. 12") == [
        "Enter the number without an extension"
    ]


def test_a_region_that_nobody_knows_still_says_what_to_do():
    assert refused(PhoneField(region="ZZ"), "555")[0].endswith("such as +…")


# --- Numbers and amounts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("much", "Enter an amount such as 800 or 1,250.50"),
        ("Infinity", "Enter an amount such as 800 or 1,250.50"),
        ("NaN", "Enter an amount such as 800 or 1,250.50"),
        ("1e999999", "Enter an amount such as 800 or 1,250.50"),
        ("-800", "Enter an amount such as 800 or 1,250.50"),
        ("800 USD", "Enter an amount such as 800 or 1,250.50"),
        ("800,5555", "Write at most 2 digits behind the mark"),
        ("0.125", "Write at most 2 digits behind the mark"),
        ("9" * 500, "This number is too large"),
        ("42500", "This amount is €2,500 above the limit of €40,000"),
        ("40000.01", "This amount is €0.01 above the limit of €40,000"),
        ("4999,50", "This amount is €0.50 below the least possible, €5,000"),
    ],
)
def test_an_amount_that_cannot_be_says_what_to_do(typed, message):
    field = MoneyField(currency="EUR", minimum=Decimal(5000), maximum=Decimal(40_000))
    assert refused(field, typed) == [message]


@pytest.mark.parametrize(
    "typed", ["1250.5", "€ 1 250,50", "1.250,50€", "EUR 1250.50", "1,250.50 eur", "١٬٢٥٠٫٥٠"]
)
def test_an_amount_is_understood_with_or_without_its_sign(typed):
    assert str(MoneyField(currency="EUR").clean(typed)) == "1250.50"


def test_examples_and_limits_are_written_as_the_reader_writes_them():
    field = MoneyField(currency="GEL", maximum=Decimal(40_000))
    with translation.override("de"):
        assert "1.250,50" in refused(field, "x")[0]
        assert "40.000\u00a0₾" in field.span
    with translation.override("ar"):
        assert "\u206640\u00a0000\u00a0₾\u2069" in field.span


@pytest.mark.parametrize(
    ("places", "typed", "message"),
    [
        (0, "2.5", "Enter a whole number such as 25"),
        (0, "many", "Enter a whole number such as 25"),
        (1, "many", "Enter a number such as 12.5"),
        (1, "2.55", "Write at most 1 digit behind the mark"),
        (3, "1.250", "Is it 1.25 or 1,250? Write it without setting thousands apart"),
        (0, "101", "This is 1 above the limit of 100"),
        (0, "-1", "This is 1 below the least possible, 0"),
    ],
)
def test_a_number_that_cannot_be_says_what_to_do(places, typed, message):
    assert refused(FigureField(places=places, minimum=Decimal(0), maximum=Decimal(100)), typed) == [message]


def test_a_number_without_limits_may_be_below_nothing():
    assert FigureField().clean("-3") == Decimal(-3)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (None, None, ""),
        (Decimal(1), None, "At least 1."),
        (None, Decimal("1E+3"), "At most 1,000."),
        (Decimal(0), Decimal(5), "Between 0 and 5."),
    ],
)
def test_limits_are_told_beforehand(low, high, told):
    assert FigureField(minimum=low, maximum=high).span == told


def test_an_amount_stands_beside_its_sign_and_a_number_beside_its_unit():
    class Probe(Form):
        sum = MoneyField(label="Sum", currency="EUR")
        people = FigureField(label="People", unit="people")
        plain = FigureField(label="Plain", required=False)

    tree = rendered("{% fields form %}", form=Probe({"sum": '1"><b>'}))
    boxes = [item for item in tree.iter("div") if item.get("class") == "money"]
    assert [words(box) for box in boxes] == ["€", "people"]
    money = control(tree, "sum")
    assert (money.get("inputmode"), money.get("dir"), money.get("class")) == ("decimal", "ltr", "input")
    assert money.get("value") == '1"><b>'
    assert money.get("aria-describedby") == "id_sum_error"
    assert control(tree, "people").get("inputmode") == "numeric"


# --- Files -------------------------------------------------------------------------------------


class Papers(Form):
    papers = FilesField(
        label="Papers", most=3, endings=["pdf", "jpg"], held=[Held("t1", "<b>plan</b>.pdf", 1_258_291)]
    )


def posted(form_class, *uploads):
    return form_class({}, MultiValueDict({"papers": list(uploads)}))


def test_all_new_files_are_taken_not_the_last_alone():
    form = posted(Papers, upload("a.pdf"), upload("b.pdf"))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["papers"]] == ["a.pdf", "b.pdf"]


def test_files_that_are_here_satisfy_what_is_asked():
    form = posted(Papers)
    assert form.is_valid()
    assert form.cleaned_data["papers"] == []


def test_no_file_at_all_is_asked_for():
    class Empty(Form):
        papers = FilesField(label="Papers")

    form = posted(Empty)
    assert form["papers"].messages == ["Please answer: Papers"]
    assert not Empty({"papers": "not a file"}).is_valid()


def test_files_that_are_here_count():
    form = posted(Papers, *[upload()] * 3)
    assert form.errors["papers"] == ["At most 3 files are possible. Already here: 1, chosen now: 3"]


def test_too_many_files_at_once_are_counted():
    class One(Form):
        papers = FilesField(label="Papers")

    assert posted(One, upload(), upload()).errors["papers"] == [
        "At most one file is possible. Already here: 0, chosen now: 2"
    ]


def test_each_file_has_a_button_to_remove_it_that_enter_does_not_press():
    form = Papers()
    tree = parsed(rendered_html := str(form["papers"].as_field_group()))
    buttons = list(tree.iter("button"))
    assert [(button.get("name"), button.get("value")) for button in buttons] == [
        (None, None),
        ("remove", "t1"),
    ]
    assert words(buttons[1]) == "Remove <b>plan</b>.pdf"
    assert "1.2\u00a0MB" in rendered_html
    box = control(tree, "papers")
    assert (box.get("type"), box.get("multiple"), box.get("accept")) == ("file", "", ".pdf,.jpg")
    assert form.is_multipart()


def test_a_single_file_has_a_plain_box():
    class One(Form):
        papers = FilesField(label="Papers", required=False)

    tree = rendered("{% fields form %}", form=One())
    assert control(tree, "papers").get("multiple") is None
    assert list(tree.iter("button")) == []
    assert [item.get("class") for item in tree.iter("div")] == ["field", "drop"]


def test_a_plain_file_field_keeps_its_frame():
    class Plain(Form):
        file = forms.FileField(label="File")

    assert [item.get("class") for item in rendered("{% fields form %}", form=Plain()).iter("div")] == [
        "field",
        "drop",
    ]
