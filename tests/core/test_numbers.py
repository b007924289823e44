from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from cms.core.formats.numbers import NO_BREAK_SPACE, number, percent
from cms.core.formats.sizes import file_size


@pytest.mark.parametrize(
    ("language", "thousands", "fraction", "share"),
    [
        ("ka", "12\u00a0345", "1\u00a0234,50", "83\u00a0%"),
        ("it", "12.345", "1.234,50", "83\u00a0%"),
        ("de", "12.345", "1.234,50", "83\u00a0%"),
        ("en", "12,345", "1,234.50", "83\u00a0%"),
        ("ar", "12\u00a0345", "1\u00a0234,50", "83\u00a0%"),
    ],
)
def test_each_language_has_its_marks(language, thousands, fraction, share):
    with override(language):
        assert number(12345) == thousands
        assert number(Decimal("1234.5"), places=2) == fraction
        assert percent(83) == share


def test_less_than_nothing_has_a_real_minus():
    with override("en"):
        assert number(-5000) == "\u22125,000"


def test_figures_have_latin_digits_in_arabic():
    with override("ar"):
        assert number(1234567).replace("\u00a0", "").isascii()


@pytest.mark.parametrize("wrong", [0.1, "12", True, None])
def test_a_float_is_no_figure_for_people(wrong):
    with pytest.raises(TypeError):
        number(wrong)


def shown(source, **context):
    return Template("{% load formats %}" + source).render(Context(context))


def test_the_filters_show_nothing_of_nothing():
    assert shown("{{ a|number }}{{ a|percent }}{{ b|number }}", a=None, b="") == ""
    with override("ka"):
        assert shown("{{ a|number }}", a=0) == "0"


def test_only_arabic_needs_isolates():
    with override("ka"):
        assert shown("{{ a|number }}", a=5000) == "5\u00a0000"
    with override("ar"):
        assert shown("{{ a|percent }}", a=5) == '<bdi dir="ltr">5\u00a0%</bdi>'


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "1 KB"), (320_400, "320 KB"), (999_999, "1,000 KB"), (1_258_291, "1.3 MB"), (10**9, "1,000.0 MB")],
)
def test_the_size_of_a_file_is_told_in_thousands(count, expected):
    with override("en"):
        assert file_size(count) == expected.replace(" ", NO_BREAK_SPACE)


def test_the_size_of_no_file_is_nothing():
    template = Template("{% load formats %}{{ nothing|file_size }}{{ some|file_size }}")
    with override("ar"):
        assert template.render(Context({"nothing": None, "some": 5000})).startswith('<bdi dir="ltr">5')
