import time
import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.core.text.count import characters, characters_told, plain_lines, words, words_told
from cms.core.text.mend import mended


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("a\r\nb", 3),
        ("a\rb\n", 4),
        ("e\u0301", 1),
        ("ქართული", 7),
        ("👍", 1),
        ("a\u200db", 3),
    ],
)
def test_characters_are_counted_as_the_browser_does(text, expected):
    assert characters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        (" \r\n\t ", 0),
        ("one", 1),
        ("one two\r\nthree", 3),
        ("no\u00a0break\u202fhere", 3),
        ("\ufeffone", 1),
        ("one\x1ctwo", 1),  # no space to JavaScript
        ("one – two", 3),
        ("ერთი ორი", 2),
        ("مرحبا بكم", 2),
    ],
)
def test_words_are_counted_as_the_browser_does(text, expected):
    assert words(text) == expected


@given(st.text())
def test_ways_to_end_a_line_and_to_compose_a_letter_do_not_count(text):
    plain = plain_lines(text)
    assert characters(plain.replace("\n", "\r\n")) == characters(text) == len(plain)
    assert characters(unicodedata.normalize("NFD", plain)) == characters(plain)
    assert words(plain) <= characters(plain)


@given(st.text(st.characters(exclude_categories=[])))
def test_a_mended_text_can_be_kept_everywhere(text):
    kept = mended(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert len(kept) == len(text)


def test_limits_are_told():
    with translation.override("en"):
        assert [characters_told(1), characters_told(2000)] == [
            "At most one character",
            "At most 2,000 characters",
        ]
        assert [words_told(1), words_told(300)] == ["At most one word", "At most 300 words"]


@pytest.mark.parametrize("tower", ["\u0301\u0323" * 600_000, ("a" + "\u0301\u0323" * 16) * 30_000])
def test_towers_of_marks_cost_no_more_than_other_texts(tower):
    began = time.process_time()
    assert characters("a" + tower) == 1 + len(tower)
    assert time.process_time() - began < 1


def test_what_writings_stack_is_composed():
    assert characters("e\u0301" + "\u0323" * 29) < 31
