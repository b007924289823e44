"""Who is coming: families and groups on one registration."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from cms.forms.blocks import StepBlock
from cms.forms.questions import Line
from cms.forms.rules import evaluate, parse
from tests.core.test_renderer import by_id, parsed, words
from tests.forms.questions.specs import AROUND, form, question

TOO_MANY = "At most {} people can come on one registration".format
ASKED_AGAIN = "Please answer: Label <i>"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def bound(*typed, around=AROUND, **more):
    return form(question("people", **more), around=around)(MultiValueDict({"q": list(typed)}))


def said(*typed, **more):
    filled = bound(*typed, **more)
    assert not filled.is_valid()
    return filled["q"].messages


def answered(*typed, **more):
    filled = bound(*typed, **more)
    assert filled.is_valid(), filled.errors
    return question("people").answer(filled.cleaned_data["q"])


def boxes(filled):
    return [item for item in parsed(filled["q"].as_field_group()).iter("input") if item.get("name") == "q"]


def texts(filled):
    return [box.get("value") for box in boxes(filled)]


def room(most):
    """Return surroundings in which there is room for so many."""
    return replace(AROUND, limits={"attendees": (None, most if most is None else Decimal(most))})


# --- What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        [],
        [""],
        ["", "", ""],
        [" ", "\t", "\u00a0\u3000"],
        ["\u200b", "\ufeff\u200e", "\u202e\u2066"],
        [" "] * 500,
    ],
)
def test_what_nobody_can_see_is_no_name(typed):
    assert said(*typed) == [ASKED_AGAIN]
    assert len(boxes(bound(*typed))) == 3
    assert answered(*typed, required=False) is None


@pytest.mark.parametrize(
    ("most", "message"),
    [
        (3, TOO_MANY(3)),
        (2, TOO_MANY(2)),
        (1, "At most 1 person can come on one registration"),
        (0, "At most 1 person can come on one registration"),
    ],
)
def test_more_names_than_there_is_room_for_are_refused_and_all_shown_again(most, message):
    names = [f"Guest {number}" for number in range(500)]
    assert said(*names, around=room(most)) == [message]
    assert texts(bound(*names, around=room(most))) == names


def test_a_limit_that_has_fallen_since_is_told_and_nobody_is_left_out():
    typed = ("Nino", "", "Giorgi", "Ana")
    assert answered(*typed, around=room(3)) == ["Nino", "Giorgi", "Ana"]
    assert said(*typed, around=room(2)) == [TOO_MANY(2)]
    assert texts(bound(*typed, around=room(2))) == ["Nino", "Giorgi", "Ana"]
    assert [box.get("aria-invalid") for box in boxes(bound(*typed, around=room(2)))] == [None, None, "true"]


def test_a_name_that_is_too_long_is_named_by_its_box_and_kept():
    for endless in ("x" * 10_000, "ა" * 10_000, "w " * 5000):
        (message,) = said("Nino", endless)
        assert message.startswith("Person 2: This text is 9,8")
        assert endless in texts(bound("Nino", endless))
        assert [box.get("aria-invalid") for box in boxes(bound("Nino", endless))] == [None, "true", None]
    assert said("x" * 151) == ["Person 1: This text is 1 character too long: at most 150 are possible"]
    assert answered("x" * 150) == ["x" * 150]
    alone = said("x" * 151, at_most=1)
    assert alone == ["This text is 1 character too long: at most 150 are possible"]


def test_a_nul_neither_stops_the_database_nor_hides_a_name():
    assert answered("Ni\0no", "\ud800") == ["Ni\ufffdno", "\ufffd"]
    assert texts(bound("Ni\0no")) == ["Ni\ufffdno", "", ""]


def test_a_name_cannot_turn_what_stands_behind_it():
    names = answered("\u202eNino\u2066", "\u2067Gio\u202crgi\u2069")
    assert names == ["Nino", "Giorgi"]
    assert question("people").cell(names) == "Nino; Giorgi"
    assert answered("می\u200cخواهم") == ["می\u200cخواهم"]


def test_html_stays_text():
    markup = "<script>alert(1)</script>"
    assert answered(markup) == [markup]
    assert texts(bound(markup))[0] == markup


# --- What is kept and shown --------------------------------------------------------------------


def test_names_are_kept_in_the_order_typed_with_namesakes():
    names = answered("", "  Nino \t Beridze ", "Giorgi")
    assert names == ["Nino Beridze", "Giorgi"]
    assert answered("Giorgi", "Giorgi") == ["Giorgi", "Giorgi"]
    assert answered("é") == ["é"]
    asked = question("people")
    assert asked.display(names) == [Line("Nino Beridze", "auto"), Line("Giorgi", "auto")]
    assert asked.cell(names) == "Nino Beridze; Giorgi"
    assert (asked.display(None), asked.cell(None)) == ([], None)
    assert asked.names == ("q",)


def test_editors_find_role_and_care_as_they_are_meant():
    block = StepBlock().child_blocks["items"].child_blocks["people"]
    care = block.to_python({"key": "family", "label": "Who?"})["care"]
    assert (care["role"], care["pii"], care["blind"]) == ("attendees", "personal", "show")
    assert block.child_blocks["at_most"].field.max_value == 10


def test_conditions_ask_how_many_they_are():
    asked = question("people")
    assert asked.comparable(["Nino", "Nino"]) == Decimal(2)
    assert asked.comparable([]) is None
    rule = parse({"op": "gte", "key": "q", "value": "2"})
    assert [evaluate(rule, {"q": asked.comparable(["x"] * count)}) for count in (1, 2, 3)] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("around", "at_most", "count"),
    [
        (AROUND, 10, 10),
        (AROUND, None, 10),
        (room(None), 4, 4),
        (room(2), 4, 2),
        (room(90), 4, 4),
        (room(0), 4, 1),
        (room(-3), 4, 1),
    ],
)
def test_there_are_as_many_boxes_as_there_is_room(around, at_most, count):
    assert len(boxes(bound(around=around, at_most=at_most))) == count


def test_a_limit_for_those_who_come_concerns_no_other_list_of_people():
    assert len(boxes(bound(around=room(2), role=""))) == 3


# --- On the page -------------------------------------------------------------------------------


def test_several_boxes_are_a_group_in_which_each_has_a_name_of_its_own():
    tree = parsed(bound("Nino", "")["q"].as_field_group())
    group = tree[0]
    assert group.tag == "fieldset"
    assert words(next(tree.iter("legend"))).startswith("Label <i>")
    labels = {label.get("for"): words(label) for label in tree.iter("label")}
    inputs = list(tree.iter("input"))
    assert [labels[box.get("id")] for box in inputs] == ["Person 1", "Person 2", "Person 3"]
    assert [box.get("autocomplete") for box in inputs] == ["name", "off", "off"]
    assert {(box.get("dir"), box.get("class"), box.get("maxlength")) for box in inputs} == {
        ("auto", "input", None)
    }
    hint = group.get("aria-describedby").split()[0]
    assert "One line for each person; leave empty what you do not need." in words(by_id(tree, hint))


def test_the_summary_of_errors_leads_to_the_box_that_is_wrong():
    filled = bound()
    assert filled["q"].focus_id == "id_q"
    assert bound("Nino", "x" * 151)["q"].focus_id == "id_q_2"
    assert bound("Nino", "Giorgi", "Ana", around=room(2))["q"].focus_id == "id_q_3"
    assert [box.get("aria-invalid") for box in boxes(filled)] == ["true", None, None]


def test_one_person_alone_has_one_plain_box():
    filled = bound("", at_most=1, required=True)
    tree = parsed(filled["q"].as_field_group())
    (box,) = tree.iter("input")
    assert list(tree.iter("fieldset")) == []
    assert [(label.get("for"), words(label)) for label in tree.iter("label")] == [("id_q", "Label <i>")]
    assert (box.get("id"), box.get("autocomplete"), box.get("dir")) == ("id_q", "name", "auto")
    assert set(box.get("aria-describedby").split()) <= {item.get("id") for item in tree.iter()}
    assert "One line for each person" not in words(tree)
    assert filled["q"].focus_id == "id_q"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_numbers_of_the_boxes_are_written_as_the_language_writes_them(language):
    with translation.override(language):
        labels = [words(label) for label in parsed(bound(at_most=10)["q"].as_field_group()).iter("label")]
        assert len(set(labels)) == 10
        assert all(translation.gettext("Person %(number)s") % {"number": n} in labels for n in range(1, 11))
