"""What a definition and a version look like to people: all questions, conditions in words, the preview."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cms.forms.models import Form, FormDefinition
from cms.forms.presenters.questions import all_questions
from tests.accounts.factories import UnitFactory
from tests.forms.admin.test_definitions import NAMESPACE, fields_of, staff
from tests.forms.definition.building import (
    information,
    item,
    make_definition,
    only_if,
    pick,
    publish,
    step,
    submit,
    translate,
)

pytestmark = pytest.mark.django_db

RULES = {
    ("partners", "eq", "yes"): "the answer to “Partners?” is “Yes”",
    ("partners", "ne", "yes"): "the answer to “Partners?” is not “Yes”",
    ("theme", "in", "work,language"): "the answer to “theme?” is one of these: work, language",
    ("themes", "eq", "work"): "the answer to “themes?” is “work”",
    ("amount", "gt", "500"): "the answer to “amount?” is more than €500",
    ("people", "lte", "12"): "the answer to “people?” is at most 12",
    ("day", "lt", "2027-03-31"): "the answer to “day?” is before 31 March 2027",
    ("day", "gte", "2027-03-31"): "the answer to “day?” is 31 March 2027 or after",
    ("family", "gte", "2"): "the number of people in the answer to “family?” is at least 2",
    ("family", "in", "1,2"): "the number of people in the answer to “family?” is one of these: 1, 2",
    ("name", "answered", ""): "“name?” is answered",
    ("name", "unanswered", ""): "“name?” is not answered",
}


def everything(*more):
    """Return steps that ask in every way."""
    return [
        step(
            "one",
            item("short_text", "name", help="As in your passport."),
            item("yes_no", "partners", label="Partners?"),
            pick("single_choice", "theme", "language", "work", "other"),
            pick("multiple_choice", "themes", "language", "work"),
            item("money", "amount", maximum="800", required=False),
            item("number", "people"),
            item("date", "day"),
            item("email", "email", pii="personal"),
            item("phone", "phone", pii="personal"),
            item("country", "country"),
            item("language", "tongue"),
            item("organisation", "who"),
            item("people", "family", at_most=4, role="attendees", pii="personal"),
            item("files", "plan"),
            item("declaration", "true", text="<p>Really.</p>"),
            item("long_text", "story", max_words=300),
            information("Have patience"),
        ),
        *more,
    ]


def shown(version, language="en"):
    with override("en"):
        return all_questions(version, language)


def published(*steps):
    return publish(make_definition(*steps, language="en"))


@pytest.mark.parametrize("rule", RULES)
def test_conditions_are_said_in_plain_words(rule):
    version = published(*everything(step("two", information("x"), condition=only_if(rule))))
    assert shown(version).steps[1].only_if == f"Only asked if {RULES[rule]}."


def test_several_conditions_are_joined():
    rules = [("partners", "eq", "yes"), ("people", "gt", "5"), ("name", "answered", "")]
    last = step("two", item("short_text", "which", condition=only_if(*rules, match="any")))
    asked = shown(published(*everything(last))).steps[1].items[0]
    assert asked.only_if == (
        "Only asked if the answer to “Partners?” is “Yes”, or the answer to “people?” is more than 5, "
        "or “name?” is answered."
    )


def test_all_questions_come_with_hints_limits_and_choices():
    asked = shown(published(*everything()))
    (one,) = asked.steps
    by_label = {each.label: each for each in one.items}
    assert (asked.title, asked.minutes, asked.count) == ("Fund for communities", 30, 16)
    assert [each.number for each in one.items] == [*range(1, 17), None]
    assert by_label["name?"].hint == "As in your passport."
    assert "800" in by_label["amount?"].hint
    assert by_label["amount?"].optional
    assert by_label["theme?"].choices == (("language", ""), ("work", ""), ("other", ""))
    assert "300 words" in by_label["story?"].way
    assert by_label["family?"].way == "The names of people, one on each line. At most 4."
    assert not by_label["name?"].only_if


def test_all_questions_are_read_in_the_language_of_the_reader_or_the_next_best():
    definition = make_definition(*everything())
    publish(definition)
    translate(submit(definition, "en")["en"])
    version = Form.objects.get().current
    assert shown(version, "en").steps[0].items[0].label == "en name?"
    assert shown(version, "it").steps[0].items[0].label == "en name?"
    with override("ka"):
        assert all_questions(version, "ka").steps[0].items[0].label == "name?"


def test_words_that_are_not_the_readers_say_their_language_also_inside_a_sentence():
    rules = [("theme", "in", "work,language"), ("name", "answered", "")]
    last = step("two", item("short_text", "which", condition=only_if(*rules, match="any")))
    version = publish(make_definition(*everything(last), language="ka"))
    asked = shown(version).steps[1].items[0]
    mark = '<bdi lang="ka" dir="ltr">{}</bdi>'.format
    assert asked.label == mark("which?")
    assert asked.only_if == (
        f"Only asked if the answer to “{mark('theme?')}” is one of these: "
        f"{mark('work')}, {mark('language')}, or “{mark('name?')}” is answered."
    )


# --- The preview ------------------------------------------------------------------------------


@pytest.fixture
def unit():
    return UnitFactory()


def preview(unit, definition, **fields):
    """Return the preview of what stands in the editor, as Wagtail asks for it."""
    officer = staff(unit=unit)
    address = reverse(f"{NAMESPACE}:preview_on_edit", args=[definition.pk])
    sent = officer.post(address, {**fields_of(definition), **fields})
    assert sent.json() == {"is_valid": True, "is_available": True}
    return officer.get(address).content.decode()


def saved(*steps, unit, language="ka"):
    definition = make_definition(*steps, unit=unit, language=language)
    definition.save()
    definition.save_revision()
    return FormDefinition.objects.get(pk=definition.pk)


def test_the_preview_shows_every_question_as_people_see_it(unit):
    last = step("two", item("short_text", "which", condition=only_if(("partners", "eq", "yes"))))
    definition = saved(*everything(last), unit=unit, language="en")
    page = preview(unit, definition, title="A title just typed")
    assert "A title just typed" in page
    for key in ("name", "theme", "amount", "people", "plan", "which"):
        assert f"{key}?" in page
    assert page.count('type="radio"') >= 5
    assert "Only asked if the answer to “Partners?” is “Yes”." in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_the_preview_speaks_the_language_of_the_text(unit):
    definition = saved(*everything(), unit=unit, language="de")
    assert '<html lang="de"' in preview(unit, definition)


def test_half_a_draft_can_be_looked_at(unit):
    blank = {"type": "step", "value": {"items": [{"type": kind, "value": {}} for kind in EVERY]}}
    definition = saved(unit=unit, language="en")
    definition.steps = [blank]
    from cms.forms.presenters.preview import preview as shown_preview  # noqa: PLC0415 - named like ours

    assert len(shown_preview(definition).steps[0].items) == len(EVERY)


EVERY = [
    "short_text",
    "long_text",
    "number",
    "money",
    "date",
    "yes_no",
    "single_choice",
    "multiple_choice",
    "email",
    "phone",
    "country",
    "language",
    "organisation",
    "people",
    "files",
    "declaration",
    "information",
]


def test_every_revision_can_be_looked_at(unit):
    definition = saved(*everything(), unit=unit, language="en")
    address = reverse(f"{NAMESPACE}:revisions_view", args=[definition.pk, definition.latest_revision_id])
    assert "Preview" in staff(unit=unit).get(address).content.decode()
