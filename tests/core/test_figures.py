from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.text.figures import MOST_DIGITS, TooLongError, UnclearError, read


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "+", ".", ",", ",-", "Infinity", "NaN", "1e9", "1e999999", "0x1F", "1/2", "½", "²", "½5",
        "1.2.3", "1,2,3", "1.250.00", "1,250.000,5", "12.50.000", "1 2", "12 50", "5 00 000", "1'25",
        "--5", "5-", "€5", "five", "0.125.000", "0,125,000", "\ud800",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(text):
    assert read(text, places=2) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("800", "800"),
        ("1250,50", "1250.50"),
        ("1250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1 250,50", "1250.50"),
        ("1\u00a0250,50", "1250.50"),
        ("1\u202f250,50", "1250.50"),
        ("1\u2009250", "1250"),
        ("1'250.50", "1250.50"),
        ("1’250.50", "1250.50"),
        ("1.250", "1250"),
        ("1,250", "1250"),
        ("1,250,000", "1250000"),
        ("1.250.000,5", "1250000.5"),
        ("800,-", "800"),
        ("800.–", "800"),
        ("800,", "800"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("0.125", "0.125"),
        ("1.2345", "1.2345"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        ("-0", "0"),
        ("٨٠٠٫٥", "800.5"),
        ("١٬٢٥٠٫٥٠", "1250.50"),
        ("१२५०", "1250"),
        ("\u20661\u00a0250\u2069", "1250"),
        ("\u200f800", "800"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, expected):
    assert read(text, places=2) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "fraction", "thousands"), [("1.250", "1.25", "1250"), ("12,500", "12.5", "12500")]
)
def test_nothing_is_guessed_where_three_places_are_possible(text, fraction, thousands):
    with pytest.raises(UnclearError) as caught:
        read(text, places=3)
    assert (caught.value.fraction, caught.value.thousands) == (Decimal(fraction), Decimal(thousands))
    assert read("1 250", places=3) == Decimal(1250)
    assert read("1.250.000", places=3) == Decimal(1250000)


@pytest.mark.parametrize("text", ["9" * 16, "9" * 500, "-" + "9" * 10_000, "1." + "0" * 400, "٩" * 500])
def test_more_digits_than_anything_has_are_named_as_such(text):
    with pytest.raises(TooLongError):
        read(text, places=2)


@given(
    st.integers(-(10**MOST_DIGITS) + 1, 10**MOST_DIGITS - 1), st.sampled_from([" ", "\u00a0", "’", "", "_"])
)
def test_whole_numbers_come_back(value, gap):
    assert read(f"{value:,}".replace(",", gap), places=2) == value


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([(",", "."), (".", ","), ("\u202f", ",")]))
def test_amounts_come_back_in_every_way_of_writing(value, marks):
    thousands, mark = marks
    text = f"{value:,}".replace(",", "T").replace(".", mark).replace("T", thousands)
    assert read(text, places=2) == value


@given(st.text(st.characters(exclude_categories=[])) | st.text("0123456789.,'_-+ ٣٫٬"), st.integers(0, 4))
def test_any_text_is_a_number_or_none(text, places):
    try:
        found = read(text, places=places)
    except (TooLongError, UnclearError):
        return
    assert found is None or found.is_finite()
