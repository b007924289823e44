import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from cms.core.formats.bidi import kept_in_line, ltr


def test_what_is_marked_is_escaped():
    assert ltr('<script>"&') == '<bdi dir="ltr">&lt;script&gt;&quot;&amp;</bdi>'
    for language in ("ka", "ar"):
        with override(language):
            assert "<script>" not in kept_in_line("<script>")


def test_safe_html_stays_html():
    assert ltr(mark_safe("<b>1</b>")) == '<bdi dir="ltr"><b>1</b></bdi>'


@pytest.mark.parametrize(("value", "expected"), [("", ""), (None, ""), (0, '<bdi dir="ltr">0</bdi>')])
def test_nothing_gives_no_empty_element(value, expected):
    assert Template("{% load formats %}{{ value|ltr }}").render(Context({"value": value})) == expected


def test_only_lines_from_right_to_left_need_it():
    with override("de"):
        assert kept_in_line("9:00") == "9:00"
    with override("ar"):
        assert kept_in_line("9:00") == '<bdi dir="ltr">9:00</bdi>'
