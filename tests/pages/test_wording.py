import pytest

from cms.core.text.differences import differences
from cms.pages.staleness.wording import pairs, plain, words


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("We open at 10:00.", "We open at 11:00.", ("We open at [10:00].", "We open at [11:00].")),
        ("It costs 5,000 ₾", "It costs 6,000 ₾", ("It costs [5,000] ₾", "It costs [6,000] ₾")),
        ("Come on Monday, please", "Come, please", ("Come[ on Monday], please", "Come, please")),
        ("one two three", "uno due three", ("[one two] three", "[uno due] three")),
        ("", "All new", ("", "[All new]")),
        ("The same", "The same", ("The same", "The same")),
        (
            "კარი ღიაა ორშაბათს, 18:00-მდე.",
            "კარი ღიაა სამშაბათს, 18:00-მდე.",
            ("კარი ღიაა [ორშაბათს], 18:00-მდე.", "კარი ღიაა [სამშაბათს], 18:00-მდე."),
        ),
        (
            "نفتح يوم الاثنين، صباحًا.",
            "نفتح يوم الثلاثاء، صباحًا.",
            ("نفتح يوم [الاثنين]، صباحًا.", "نفتح يوم [الثلاثاء]، صباحًا."),
        ),
    ],
)
def test_changed_words_are_marked_and_no_others(old, new, marks):
    before, after = differences(old, new)
    assert (marked(before), marked(after)) == marks
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["a", "b"], ["a", "b"], {}),
        (["a", "one two three"], ["a", "one two four"], {"one two four": "one two three"}),
        (["a", "b"], ["a", "new", "b"], {}),
        (["a", "b", "c"], ["a", "c"], {}),
        (["a", "b"], ["b", "a"], {}),
        (["wholly other"], ["nothing alike"], {"nothing alike": "wholly other"}),
        (["one two three"], ["brand new", "one two four"], {"one two four": "one two three"}),
        (["one two three", "gone for good"], ["one two four"], {"one two four": "one two three"}),
        (["one two three"], ["unlike", "also unlike"], {}),
        (
            ["come on monday please", "bring a passport"],
            ["bring a visa", "come on tuesday please"],
            {"bring a visa": "bring a passport", "come on tuesday please": "come on monday please"},
        ),
    ],
)
def test_sentences_find_their_earlier_wording(old, new, expected):
    assert pairs(list(old), list(new)) == expected


def test_markup_is_no_text():
    assert plain('Fish &amp; <b>chips</b><br/><a id="a1">here</a>') == "Fish & chips\nhere"
    assert words('Fish &amp; <b>chips</b><br/><a id="a1">here</a>') == 4
    assert words("ნაპირი ორი") == 2
