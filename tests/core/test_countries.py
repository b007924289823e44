import pytest
from django.conf import settings
from django.utils import translation

from cms.core.countries import country_choices, country_name
from cms.core.languages import language_choices, language_choices_of_the_world


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_country_has_a_name_in_every_language_of_the_site(language):
    with translation.override(language):
        names = dict(country_choices())
    assert len(names) == 250
    assert all(len(code) == 2 and name.strip() and name != code for code, name in names.items())


@pytest.mark.parametrize(
    ("language", "name"),
    [("ka", "სირია"), ("it", "Siria"), ("de", "Syrien"), ("en", "Syria"), ("ar", "سوريا")],
)
def test_a_country_is_named_in_the_language_in_use(language, name):
    with translation.override(language):
        assert country_name("SY") == name


def test_a_language_without_names_gets_english_and_no_country_its_code():
    with translation.override("xx"):
        assert country_name("GE") == "Georgia"
        assert dict(country_choices())["GE"] == "Georgia"
        assert country_name("ZZ") == "ZZ"
        assert country_name("<b>") == "<b>"


def test_the_first_country_stands_on_top_and_once():
    with translation.override("en"):
        codes = [code for code, _name in country_choices(first="GE")]
    assert codes[:3] == ["GE", "AF", "AX"]
    assert codes.count("GE") == 1


def test_names_follow_the_alphabet_of_the_reader():
    with translation.override("de"):
        names = [name for _code, name in country_choices()]
    assert names.index("Afghanistan") < names.index("Ägypten") < names.index("Albanien")


def test_languages_of_the_world_come_in_two_lists_without_doubles():
    with translation.override("de"):
        often, further = language_choices_of_the_world()
        assert {code for code, _name in often} == {code for code, _name in language_choices()}
    codes = [code for code, _name in [*often, *further]]
    assert len(codes) == len(set(codes)) > 80
    assert {"ka", "prs", "ti", "zh-hans", "pl"} < set(codes)
    assert "en-gb" not in codes
    assert [name for _code, name in further][:1] == ["Afrikaans"]
