"""Words in one line: the comma is that of the language in use."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext_lazy, override

from cms.core.text.listed import listed

MACHINES = {
    "cms/core/security/headers.py",  # a header
    "cms/demo/mail.py",  # the line "To" of a mail
    "cms/demo/seed/content.py",  # what is wrong with a file
    "cms/events/recurrence.py",  # what is wrong with a rule of RFC 5545
}


@pytest.mark.parametrize(
    ("language", "told"), [("ka", "ა, ბ"), ("it", "ა, ბ"), ("de", "ა, ბ"), ("en", "ა, ბ"), ("ar", "ა، ბ")]
)
def test_the_comma_is_that_of_the_language(language, told):
    with override(language):
        assert listed(["ა", "", "ბ"]) == told
        assert listed(["ა"]) == "ა"
        assert listed([]) == ""


def test_lazy_words_are_told_in_the_language_in_use():
    with override("de"):
        assert listed([gettext_lazy("Yes"), gettext_lazy("No")]) == "Ja, Nein"


def test_nothing_else_joins_words_for_people():
    root = Path(settings.BASE_DIR)
    found = {
        str(file.relative_to(root))
        for pattern in ("cms/**/*.py", "cms/**/*.html", "cms/**/*.txt")
        for file in root.glob(pattern)
        if re.search(r"""["'], ["']\.join|\|join:["'], ["']""", file.read_text(encoding="utf-8"))
    }
    assert found == MACHINES
