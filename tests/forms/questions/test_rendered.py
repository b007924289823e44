"""How each type of question stands on a page."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from cms.forms.questions import TYPES
from tests.core.test_renderer import by_id, control, parsed, words
from tests.forms.questions.specs import AROUND, PLAN, form, question

ASKED = sorted(set(TYPES) - {"information"})


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def page(kind, data=None, around=AROUND, **more):
    bound = form(question(kind, **more), around=around)(data)
    return parsed(bound["q"].as_field_group())


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("kind", ASKED)
def test_every_type_is_sound_html_with_all_its_descriptions(kind, language):
    with translation.override(language):
        tree = page(kind, MultiValueDict({"q": ["<script>"]}), required=False)
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    named = " ".join(item.get("aria-describedby") or "" for item in tree.iter()).split()
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)
    assert list(tree.iter("script")) == []
    assert list(tree.iter("i")) == []


def test_choices_carry_their_help_and_what_was_chosen():
    tree = page("multiple_choice", MultiValueDict({"q": ["new", "gone"]}))
    rows = list(tree.iter("label"))
    assert [words(row) for row in rows] == ["Newly arrivedin the first <two> years", "Returned", "Children"]
    assert [words(small) for small in rows[0].iter("small")] == ["in the first <two> years"]
    assert [box.get("checked") is not None for box in tree.iter("input")] == [True, False, False]


def test_a_declaration_shows_its_details_above_the_box():
    tree = page("declaration")
    assert [child.get("class") for child in tree[0]] == ["prose", "choices"]
    assert [words(item) for item in tree.iter("strong")] == ["here"]
    assert words(next(tree.iter("label"))) == "Label <i> Help & more"


def test_countries_and_languages_are_lists_that_browsers_can_fill():
    country = control(page("country", MultiValueDict({"q": ["SY"]})), "q")
    assert (country.tag, country.get("autocomplete"), country.get("class")) == ("select", "country", "input")
    options = list(country.iter("option"))
    assert [words(option) for option in options[:2]] == ["Choose a country", "Georgia"]
    assert [words(option) for option in options if option.get("selected") is not None] == ["Syria"]
    groups = control(page("language"), "q").iter("optgroup")
    assert [group.get("label") for group in groups] == ["Often spoken here", "Further languages"]


def test_help_and_limits_are_one_hint():
    hint = by_id(page("money"), "id_q_hint")
    assert [item.tag for item in hint] == ["br"]
    assert words(hint).startswith("Help & moreBetween €5,000 and €40,000.")


def test_numbers_addresses_and_telephones_run_from_left_to_right():
    with translation.override("ar"):
        found = {kind: control(page(kind), "q").get("dir") for kind in ("money", "number", "email", "phone")}
        assert set(found.values()) == {"ltr"}
        assert control(page("short_text"), "q").get("dir") == "auto"
        assert control(page("long_text"), "q").get("dir") == "auto"


def test_a_phone_shows_its_keys_and_an_address_its_sign():
    assert control(page("phone"), "q").get("type") == "tel"
    assert control(page("email"), "q").get("type") == "email"


def test_files_that_are_here_stand_above_the_box():
    tree = page("files", around=replace(AROUND, files={"q": [PLAN]}))
    assert [item.get("value") for item in tree.iter("button") if item.get("name") == "remove"] == ["t1"]
    assert control(tree, "q").get("aria-describedby") == "id_q_hint"
    assert control(tree, "q").get("accept") == ".pdf,.jpg,.jpeg"
