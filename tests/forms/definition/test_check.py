import pytest
from django.utils.translation import override

from cms.forms.definition.check import TYPES_OF_ROLES, check, gaps
from cms.forms.definition.compile import alone
from cms.forms.definition.reach import possible
from cms.forms.enums import QuestionRole
from cms.forms.models import Form, FormDefinition
from tests.forms.definition.building import (
    ident,
    information,
    item,
    make_definition,
    only_if,
    pick,
    publish,
    step,
    submit,
    translate,
    usual,
)

pytestmark = pytest.mark.django_db


def found(*steps, definition=None, **fields):
    """Return where → words of what keeps these steps from going live."""
    definition = definition or make_definition(*steps, **fields)
    if steps:
        definition.steps = list(steps)
    with override("en"):
        problems = check(alone(definition), definition.form)
    return {problem.where: problem.text for problem in problems if not problem.warning}


def test_the_usual_form_has_no_fault():
    assert found(*usual()) == {}


def test_nothing_is_no_form():
    assert list(found(step("one"))) == [("steps", 0)]
    definition = make_definition()
    definition.steps = []
    assert list(found(definition=definition)) == [("steps",)]


@pytest.mark.parametrize("privacy", ["", "<p> </p>", "<p>&nbsp;</p>"])
def test_people_must_read_how_the_data_are_kept(privacy):
    definition = make_definition()
    definition.privacy = privacy
    assert list(found(definition=definition)) == [("privacy",)]


def test_a_key_stands_for_one_thing():
    twice = found(
        step("one", item("short_text", "name")),
        step("one", item("email", "name", block=ident("other")), block=ident("second")),
    )
    assert list(twice) == [("steps", 1, "key"), ("steps", 1, "items", 0, "key")]
    assert "“name”" in twice["steps", 1, "items", 0, "key"]


def test_a_code_stands_for_one_answer():
    where = ("steps", 0, "items", 0, "choices", 2, "code")
    assert list(found(step("one", pick("single_choice", "theme", "a", "b", "a")))) == [where]


def test_a_column_has_a_name_of_its_own():
    same = found(step("one", item("short_text", "a", export="x"), item("short_text", "b", export="x")))
    assert list(same) == [("steps", 0, "items", 1, "care", "export")]


def test_a_key_keeps_its_type_and_a_block_its_key():
    definition = make_definition()
    publish(definition)
    definition = FormDefinition.objects.get()
    other_type = usual()
    other_type[1]["value"]["items"][0] = item("long_text", "title", block=ident("new"))
    assert list(found(*other_type, definition=definition)) == [("steps", 1, "items", 0, "key")]
    other_key = usual()
    other_key[1]["value"]["items"][0]["value"]["key"] = "heading"
    assert "“title”" in found(*other_key, definition=definition)["steps", 1, "items", 0, "key"]
    imported = usual()
    imported[1]["value"]["items"][0]["id"] = ident("imported")
    assert found(*imported, definition=definition) == {}


@pytest.mark.parametrize(
    ("rule", "part", "words"),
    [
        (("gone", "eq", "x"), "key", "no question"),
        (("later", "eq", "x"), "key", "look back"),
        (("asked", "eq", "x"), "key", "look back"),
        (("partners", "eq", "perhaps"), "value", "yes"),
        (("partners", "eq", ""), "value", "compared with"),
        (("theme", "eq", "Language"), "value", "language, work"),
        (("theme", "in", "work,wrok"), "value", "wrok"),
        (("theme", "gt", "work"), "operator", "more or less"),
        (("amount", "gt", "many"), "value", "number"),
        (("amount", "gt", "nan"), "value", "number"),
        (("amount", "gt", "1e999999"), "value", "number"),
        (("day", "lt", "soon"), "value", "2027-03-31"),
        (("plan", "eq", "x"), "operator", "whether it is answered"),
        (("family", "gte", "two"), "value", "number"),
    ],
)
def test_conditions_are_said_to_be_wrong_where_they_are(rule, part, words):
    problems = found(
        step(
            "one",
            item("yes_no", "partners"),
            item("people", "family", at_most=5),
            pick("single_choice", "theme", "language", "work"),
            item("money", "amount"),
            item("date", "day"),
            item("files", "plan"),
            item("short_text", "asked", condition=only_if(rule)),
            item("short_text", "later"),
        )
    )
    where = ("steps", 0, "items", 6, "condition", "conditions", 0, part)
    assert list(problems) == [where]
    assert words in problems[where]


def test_a_step_looks_at_earlier_steps_only():
    rule = only_if(("partners", "eq", "yes"))
    assert found(step("one", item("yes_no", "partners")), step("two", information("x"), condition=rule)) == {}
    own = found(step("one", item("yes_no", "partners"), condition=rule))
    assert list(own) == [("steps", 0, "condition", "conditions", 0, "key")]


@pytest.mark.parametrize(
    "rules",
    [
        [("partners", "eq", "yes"), ("partners", "eq", "no")],
        [("theme", "eq", "work"), ("theme", "ne", "work")],
        [("theme", "eq", "work"), ("theme", "eq", "language")],
        [("amount", "gt", "800")],
        [("amount", "lt", "100"), ("amount", "gt", "50"), ("amount", "gt", "200")],
        [("people", "gt", "4"), ("people", "lt", "5")],
        [("family", "gt", "5")],
        [("family", "lt", "1")],
        [("family", "eq", "2.5")],
        [("day", "lt", "2027-01-01")],
        [("several", "eq", "a"), ("several", "eq", "b")],
        [("name", "unanswered", ""), ("name", "eq", "Nino")],
    ],
)
def test_nobody_is_asked_what_no_answers_lead_to(rules):
    problems = found(
        step(
            "one",
            item("yes_no", "partners"),
            pick("single_choice", "theme", "language", "work"),
            pick("multiple_choice", "several", "a", "b", "c", at_most=1),
            item("money", "amount", maximum="800"),
            item("number", "people", places=0),
            item("people", "family", at_most=5),
            item("date", "day", earliest="2027-01-01"),
            item("short_text", "name"),
        ),
        step("two", item("short_text", "which"), condition=only_if(*rules)),
    )
    assert list(problems) == [("steps", 1, "condition")]


@pytest.mark.parametrize(
    "rules",
    [
        [("several", "eq", "a"), ("several", "eq", "b")],
        [("amount", "gt", "799"), ("amount", "lt", "800")],
        [("amount", "gte", "800")],
        [("family", "gte", "5")],
        [("family", "gt", "1"), ("family", "lt", "3")],
        [("theme", "ne", "work"), ("partners", "unanswered", "")],
    ],
)
def test_what_some_answers_lead_to_is_fine(rules):
    problems = found(
        step(
            "one",
            item("yes_no", "partners"),
            pick("single_choice", "theme", "language", "work"),
            pick("multiple_choice", "several", "a", "b"),
            item("money", "amount", maximum="800"),
            item("people", "family", at_most=5),
        ),
        step("two", item("short_text", "which"), condition=only_if(*rules)),
    )
    assert problems == {}


def test_what_hangs_on_a_question_nobody_sees_is_not_seen_either():
    never = only_if(("partners", "eq", "yes"), ("partners", "eq", "no"))
    problems = found(
        step("one", item("yes_no", "partners")),
        step("two", item("yes_no", "more"), condition=never),
        step("three", item("short_text", "which"), condition=only_if(("more", "eq", "yes"))),
    )
    assert list(problems) == [("steps", 1, "condition"), ("steps", 2, "condition")]


def test_a_condition_with_too_many_ways_to_come_true_is_left_alone():
    asked = {f"q{n}": {"type": "single_choice", "choices": [str(m) for m in range(20)]} for n in range(6)}
    rules = [{"op": "eq", "key": key, "value": "x"} for key in asked]
    assert possible({"op": "and", "of": rules}, asked)


def test_a_role_stands_once_and_at_a_question_that_can_have_it():
    care = ("care", "role")
    wrong = found(step("one", item("number", "a", role="email"), item("email", "b", role="email")))
    assert list(wrong) == [("steps", 0, "items", 0, *care), ("steps", 0, "items", 1, *care)]
    assert set(TYPES_OF_ROLES) == set(QuestionRole) - {""}


def test_limits_do_not_contradict_each_other():
    items = (
        item("money", "a", minimum="5", maximum="4"),
        item("date", "b", earliest="2027-02-01", latest="2027-01-01"),
    )
    assert list(found(step("one", *items))) == [
        ("steps", 0, "items", 0, "maximum"),
        ("steps", 0, "items", 1, "latest"),
    ]


def test_organisations_need_accounts():
    steps = [step("one", item("organisation", "who"))]
    assert found(*steps) == {}
    assert list(found(*steps, door="open")) == [("steps", 0, "items", 0, "key")]


def test_untranslated_texts_and_missing_languages_are_told_but_keep_nothing_back():
    definition = make_definition()
    publish(definition)
    translate(submit(definition, "it")["it"], but={"title?"})
    with override("en"):
        told = [problem.text for problem in gaps(Form.objects.get().current)]
    assert told == [
        "Italian: 1 text is not translated and stands in Georgian.",
        "Not there yet in: German, English, Arabic.",
    ]


def test_an_address_is_personal_whatever_its_care_says():
    definition = make_definition(step("one", item("email", "email"), item("phone", "phone", pii="personal")))
    (problem,) = check(alone(definition), definition.form)
    assert (problem.warning, problem.where) == (True, ("steps", 0, "items", 0, "care", "pii"))
    assert publish(definition)


def test_names_are_personal_and_nothing_else_means_who_comes():
    definition = make_definition(step("one", item("people", "family", at_most=5, role="attendees")))
    (problem,) = check(alone(definition), definition.form)
    assert (problem.warning, problem.where) == (True, ("steps", 0, "items", 0, "care", "pii"))
    wrong = found(step("one", item("short_text", "family", role="attendees")))
    assert list(wrong) == [("steps", 0, "items", 0, "care", "role")]


def test_half_a_draft_is_read_without_an_error():
    definition = make_definition()
    blank = {"type": "step", "value": {"key": "", "title": "", "short": "", "intro": "", "condition": {}}}
    definition.steps = [blank, {"type": "step", "value": {"items": [{"type": "money", "value": {}}]}}]
    assert ("steps", 0, "key") in found(definition=definition)


def test_what_cannot_be_kept_sealed_is_not_asked_for():
    file = item("files", "proof", pii="special", types=["pdf"], count=1, size=10)
    assert list(found(step("one", file))) == [("steps", 0, "items", 0, "care", "pii")]
    text = item("long_text", "health", pii="special")
    assert found(step("one", text)) == {}


def test_names_of_people_who_come_are_no_special_category():
    """They stand in lists and on paper, where nothing is sealed; names of others are kept sealed."""
    names = {"at_most": 5, "pii": "special"}
    wrong = found(step("one", item("people", "guests", role="attendees", **names)))
    assert list(wrong) == [("steps", 0, "items", 0, "care", "pii")]
    assert "not kept sealed" in wrong["steps", 0, "items", 0, "care", "pii"]
    assert found(step("one", item("people", "family", role="", **names))) == {}
    assert found(step("one", item("people", "guests", role="attendees", at_most=5, pii="personal"))) == {}
