import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail_localize.models import Translation

from cms.audit.models import Entry
from cms.forms.definition.problems import DefinitionError
from cms.forms.models import Form, FormDefinition, FormVersion
from tests.accounts.factories import UserFactory
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

LABEL = f"steps.{ident('step', 'project')}.items.{ident('item', 'title')}.label"
HELP = f"steps.{ident('step', 'project')}.items.{ident('item', 'title')}.help"
CHOICE = f"steps.{ident('step', 'project')}.items.{ident('item', 'theme')}.choice.work"


def questions(version):
    return {
        item["key"]: item for step in version.structure["steps"] for item in step["items"] if "key" in item
    }


def reworded(definition, text):
    """Publish the source with another hint."""
    definition = FormDefinition.objects.get(pk=definition.pk)
    steps = usual()
    steps[1]["value"]["items"][0]["value"]["help"] = text
    definition.steps = steps
    return publish(definition)


# --- What must not happen ---------------------------------------------------------------------


def test_a_form_with_a_fault_does_not_go_live_and_leaves_no_trace():
    definition = make_definition(
        step("one", item("short_text", "name"), item("email", "name", block=ident("x")))
    )
    with override("en"), pytest.raises(DefinitionError, match="used twice"):
        publish(definition)
    assert not FormVersion.objects.exists()
    assert not FormDefinition.objects.get().live


def test_a_fault_that_only_compiling_meets_takes_publishing_back(django_capture_on_commit_callbacks):
    definition = make_definition(step("one", item("email", "name", role="phone")))
    definition.save()
    with pytest.raises(DefinitionError):
        definition.save_revision().publish()
    assert Form.objects.get().current is None


def test_code_that_forgets_a_field_is_told():
    definition = make_definition(step("one", item("short_text", "Big Key")))
    with pytest.raises(ValidationError):
        publish(definition)


def test_unfinished_translations_are_not_shown():
    definition = make_definition()
    publish(definition)
    translate(submit(definition, "it")["it"], go_live=False)
    version = reworded(definition, "At most 5 pages.")
    assert set(version.texts) == {"ka"}


def test_the_old_sentence_does_not_stand_under_the_new_question():
    definition = make_definition()
    publish(definition)
    translations = submit(definition, "it", "de")
    for translation in translations.values():
        translate(translation)
    version = reworded(definition, "At most 5 pages.")
    assert version.texts["ka"][HELP] == "At most 5 pages."
    assert version.texts["it"][HELP] == "At most 5 pages."
    assert version.texts["it"][LABEL] == "it title?"
    assert version.missing == {"it": [HELP], "de": [HELP]}


# --- What a version is ------------------------------------------------------------------------


def test_a_version_says_what_is_asked():
    definition = make_definition(
        step(
            "one",
            item("number", "people", minimum="1", maximum="12.50", places=2, unit="people", required=False),
            item("money", "amount", minimum=None, maximum="800", currency="EUR", role="amount_requested"),
            item("date", "starts", earliest="2027-01-01", latest=None),
            pick("multiple_choice", "themes", "a", "b", at_most=1, pii="special", blind="hide", public=True),
            item("files", "plan", types=["pdf"], count=2, size=5, export="the_plan"),
            item("people", "family", at_most=4, role="attendees", pii="personal"),
            item("declaration", "true"),
            information("note"),
        )
    )
    version = publish(definition)
    asked = questions(version)
    common = {"condition": None, "blind": "show", "public": False, "export": "", "pii": "none", "role": ""}
    assert asked["people"] == {
        **common,
        "type": "number",
        "key": "people",
        "path": f"steps.{ident('step', 'one')}.items.{ident('item', 'people')}",
        "required": False,
        "minimum": "1",
        "maximum": "12.5",
        "places": 2,
    }
    assert (asked["amount"]["maximum"], asked["amount"]["role"]) == ("800", "amount_requested")
    assert (asked["starts"]["earliest"], asked["starts"]["latest"]) == ("2027-01-01", None)
    assert (asked["themes"]["choices"], asked["themes"]["at_most"]) == (["a", "b"], 1)
    assert (asked["themes"]["pii"], asked["themes"]["blind"], asked["themes"]["public"]) == (
        "special",
        "hide",
        True,
    )
    assert (asked["plan"]["types"], asked["plan"]["size"], asked["plan"]["export"]) == (
        ["pdf"],
        5,
        "the_plan",
    )
    assert (asked["family"]["at_most"], asked["family"]["role"]) == (4, "attendees")
    assert asked["true"]["required"] is True
    assert version.structure["steps"][0]["items"][-1]["type"] == "information"
    assert version.structure["minutes"] == 30
    assert version.texts["ka"][f"{asked['people']['path']}.unit"] == "people"


def test_what_editors_type_into_conditions_gets_the_type_of_the_other_question():
    conditions = {
        "a": ("partners", "eq", "კი"),
        "b": ("amount", "gt", "1 500,50"),
        "c": ("day", "lte", "31.03.2027"),
        "d": ("theme", "in", "work, language"),
        "e": ("name", "unanswered", ""),
        "f": ("name", "ne", "Nino"),
        "h": ("family", "gte", "2"),
    }
    definition = make_definition(
        step(
            "one",
            item("short_text", "name"),
            item("yes_no", "partners"),
            item("people", "family", at_most=5),
            item("money", "amount"),
            item("date", "day"),
            pick("single_choice", "theme", "language", "work", "other"),
            *(item("short_text", key, condition=only_if(rule)) for key, rule in conditions.items()),
            item("short_text", "g", condition=only_if(conditions["a"], conditions["d"], match="any")),
        )
    )
    asked = questions(publish(definition))
    assert asked["a"]["condition"] == {"op": "eq", "key": "partners", "value": True}
    assert asked["b"]["condition"] == {"op": "gt", "key": "amount", "value": "1500.50"}
    assert asked["c"]["condition"] == {"op": "lte", "key": "day", "value": "2027-03-31"}
    assert asked["d"]["condition"] == {"op": "in", "key": "theme", "value": ["work", "language"]}
    assert asked["e"]["condition"] == {"op": "not", "of": [{"op": "answered", "key": "name"}]}
    assert asked["f"]["condition"] == {"op": "ne", "key": "name", "value": "Nino"}
    assert asked["h"]["condition"] == {"op": "gte", "key": "family", "value": "2"}
    assert asked["g"]["condition"]["op"] == "or"


def test_publishing_puts_the_version_in_use_and_notes_who_did_it():
    person = UserFactory()
    version = publish(make_definition(), by=person)
    assert Form.objects.get().current == version
    assert version.created_by == person
    entry = Entry.objects.get(action="forms.version_made")
    assert (entry.actor_id, entry.details) == (person.pk, {"version": 1, "new_questions": True})


def test_the_same_again_is_no_new_version():
    definition = make_definition()
    first = publish(definition)
    assert publish(FormDefinition.objects.get(pk=definition.pk)) == first
    assert FormVersion.objects.count() == 1


def test_every_language_has_every_path():
    definition = make_definition()
    publish(definition)
    for translation in submit(definition, "it", "de", "en").values():
        translate(translation, but={"title?"})
    version = FormVersion.objects.first()
    assert set(version.texts) == {"ka", "it", "de", "en"}
    assert {frozenset(texts) for texts in version.texts.values()} == {frozenset(version.texts["ka"])}
    assert version.texts["de"][CHOICE] == "de work"
    assert version.texts["de"][LABEL] == "title?"
    assert version.missing["de"] == [LABEL]
    assert version.texts["it"]["privacy"] == "<p>it Two people read your answers.</p>"


def test_mended_words_are_a_new_version_of_the_same_questions():
    definition = make_definition()
    first = publish(definition)
    second = reworded(definition, "At most 5 pages.")
    assert second.number == 2
    assert second.structure_sha256 == first.structure_sha256
    assert second.texts_sha256 != first.texts_sha256
    assert list(first.same_structure) == [second, first]


def test_a_translation_that_goes_live_is_compiled_at_once():
    definition = make_definition()
    first = publish(definition)
    translation = submit(definition, "it")["it"]
    translate(translation)
    version = Form.objects.get().current
    assert version.structure_sha256 == first.structure_sha256
    assert version.texts["it"]["title"] == "it Fund for communities"
    assert version.missing == {"it": []}


def test_new_questions_come_to_every_language_in_their_order():
    definition = make_definition()
    publish(definition)
    translate(submit(definition, "it")["it"])
    definition = FormDefinition.objects.get(pk=definition.pk)
    steps = usual()
    steps[1]["value"]["items"].insert(0, item("number", "people"))
    del steps[0]["value"]["items"][1]
    definition.steps = steps
    version = publish(definition)
    assert list(questions(version)) == ["name", "people", "title", "theme", "partners", "which"]
    path = questions(version)["people"]["path"]
    assert version.texts["it"][f"{path}.label"] == "people?"
    assert version.texts["it"][LABEL] == "it title?"
    assert version.missing["it"] == [f"{path}.label"]


def test_a_language_that_somebody_writes_by_hand_keeps_its_words():
    definition = make_definition()
    publish(definition)
    translation = submit(definition, "it")["it"]
    translate(translation)
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    version = reworded(definition, "At most 5 pages.")
    assert version.texts["it"][LABEL] == "it title?"
    assert version.structure == FormVersion.objects.get(number=1).structure


def test_choices_written_by_code_are_translated_too():
    choices = [{"code": code, "label": code, "help": ""} for code in ("a", "b")]
    definition = make_definition(step("one", item("single_choice", "theme", choices=choices)))
    publish(definition)
    translate(submit(FormDefinition.objects.get(), "it")["it"])
    version = Form.objects.get().current
    path = questions(version)["theme"]["path"]
    assert version.texts["it"][f"{path}.choice.a"] == "it a"


def test_nothing_is_in_use_before_the_source_is_live():
    definition = make_definition()
    definition.save()
    translate(submit(definition, "it")["it"])
    assert Form.objects.get().current is None
