"""Texts compared word by word: nothing is lost, and nobody's text keeps a page from coming."""

import time

import pytest

from cms.core.text.differences import differences
from cms.forms.admin.queue.reading import compared


@pytest.mark.parametrize(
    ("old", "new"),
    [("a b " * 500, "b a a " * 333), ("a." * 25_000, "b." + "a." * 20_000), ("a\n" * 25_000, "a.")],
)
def test_what_repeats_without_end_is_compared_at_once(old, new):
    began = time.process_time()
    before, after = compared(old, new)
    assert time.process_time() - began < 2
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new


def test_of_what_repeats_too_much_equal_ends_are_found():
    old, new = f"Hello {'a b ' * 499}end", f"Hello {'b a ' * 499}end"
    before, after = differences(old, new)
    assert [piece.changed for piece in before] == [False, True, False]
    assert (after[0].text, after[-1].text.strip()) == ("Hello ", "end")


def test_prose_is_compared_word_by_word():
    told = " ".join(f"We cook for {number} people." for number in range(70))
    before, after = differences(f"{told} The end is near.", f"{told} The end is far.")
    assert [piece.text for piece in [*before, *after] if piece.changed] == ["near", "far"]
