from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from cms.core.formats.money import money


@pytest.mark.parametrize(
    ("language", "lari", "euro", "franc", "odd"),
    [
        ("ka", "5\u00a0000\u00a0₾", "5\u00a0000\u00a0€", "5\u00a0000\u00a0CHF", "4\u00a0999,50\u00a0₾"),
        ("it", "5.000\u00a0₾", "5.000\u00a0€", "5.000\u00a0CHF", "4.999,50\u00a0₾"),
        ("de", "5.000\u00a0₾", "5.000\u00a0€", "5.000\u00a0CHF", "4.999,50\u00a0₾"),
        ("en", "₾5,000", "€5,000", "CHF\u00a05,000", "₾4,999.50"),
        ("ar", "5\u00a0000\u00a0₾", "5\u00a0000\u00a0€", "5\u00a0000\u00a0CHF", "4\u00a0999,50\u00a0₾"),
    ],
)
def test_each_language_writes_amounts_its_way(language, lari, euro, franc, odd):
    with override(language):
        assert money(5000, "GEL") == lari
        assert money(Decimal("5000.00"), "EUR") == euro
        assert money(Decimal(5000), "CHF") == franc
        assert money(Decimal("4999.5"), "GEL") == odd


@pytest.mark.parametrize("language", ["ka", "it", "de", "en", "ar"])
def test_no_line_breaks_inside_an_amount(language):
    with override(language):
        assert " " not in money(Decimal("-1234567.89"), "CHF")


def test_half_a_tetri_is_rounded_up_and_what_becomes_whole_looks_whole():
    with override("en"):
        assert money(Decimal("0.005"), "USD") == "$0.01"
        assert money(Decimal("4.999"), "USD") == "$5"
        assert money(Decimal(-20), "EUR") == "\u2212€20"


def test_money_is_never_a_float():
    with pytest.raises(TypeError):
        money(0.1, "GEL")


def test_the_filter_keeps_amounts_in_line_in_arabic_and_escapes():
    template = Template("{% load formats %}{{ amount|money:currency }}")
    with override("ar"):
        assert template.render(Context({"amount": 5000, "currency": "GEL"})) == (
            '<bdi dir="ltr">5\u00a0000\u00a0₾</bdi>'
        )
        assert "<b>" not in template.render(Context({"amount": 1, "currency": "<b>"}))
    with override("ka"):
        assert template.render(Context({"amount": 5000, "currency": "GEL"})) == "5\u00a0000\u00a0₾"
        assert template.render(Context({"amount": None, "currency": "GEL"})) == ""
        assert "<b>" not in template.render(Context({"amount": 1, "currency": "<b>"}))
