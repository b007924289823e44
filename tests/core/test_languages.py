import pytest
from django.utils import translation

from cms.core.languages import UNKNOWN_TO_DJANGO, direction, own_name


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ka", "ltr"),
        ("ar", "rtl"),
        ("prs", "rtl"),
        ("ti", "ltr"),
        ("de-x-simple", "ltr"),
        ("fa-af", "rtl"),
        ("xx", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction(code, expected):
    assert direction(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ka", "ქართული"), ("prs", "دری"), ("ti", "ትግርኛ"), ("uk", "Українська"), ("xx", "xx")],
)
def test_own_name(code, expected):
    assert own_name(code) == expected


@pytest.mark.parametrize("code", UNKNOWN_TO_DJANGO)
def test_django_can_be_asked_about_every_language(code):
    info = translation.get_language_info(code)

    assert info["name_local"]
    with translation.override(code):
        assert translation.get_language_bidi() == info["bidi"]


@pytest.mark.parametrize("language", ["it", "de", "ar"])
def test_what_nobody_has_translated_stays_in_english(language):
    catalogue = translation.trans_real.translation("ka")._catalog
    texts = [text for text in catalogue.keys() if isinstance(text, str)]  # noqa: SIM118 - no dict
    assert len(texts) > 1000
    with translation.override(language):
        georgian = [text for text in texts if set(translation.gettext(text)) & set("აიეო")]
    assert georgian == []
