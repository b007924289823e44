import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.forms.uploads.clean import LONGEST, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\Nino\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("plan\u202egpj.pdf", "plangpj.pdf"),
        ("\u2066plan\u2069\u200f.pdf", "plan.pdf"),
        ("pl\x00an\r\n.pdf", "plan.pdf"),
        ("  plan   2026 .pdf ", "plan 2026.pdf"),
        ("...pdf", "pdf"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("/", "file"),
        ("\u202e", "file"),
        ("e\u0301.pdf", "é.pdf"),
        ("ხიდი – გეგმა.pdf", "ხიდი – გეგმა.pdf"),
        ("می\u200cرود.pdf", "می\u200cرود.pdf"),
        ("\ud800plan.pdf", "plan.pdf"),
    ],
)
def test_names_are_cleaned(name, shown):
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_ending():
    assert shown_name("ა" * 500 + ".docx") == "ა" * (LONGEST - 5) + ".docx"
    assert len(shown_name("a." + "b" * 500)) == LONGEST


@given(st.text())
def test_no_name_hides_or_misleads(name):
    shown = shown_name(name)
    assert 0 < len(shown) <= LONGEST
    assert not {"/", "\\"} & set(shown)
    assert {unicodedata.category(letter) for letter in shown} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert not any(
        unicodedata.bidirectional(letter) in {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
        for letter in shown
    )
    assert shown == shown_name(shown)
    assert not shown.startswith(".")
