"""Countries and territories: ISO 3166-1 codes with names in the languages of the site.

The names are those of the Unicode Common Locale Data Repository, cut by `tools/make_countries.py`
(Unicode License V3, https://www.unicode.org/license.txt).
"""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from cms.core.text.script import fold

NAMES = Path(__file__).with_name("names.json")


def country_name(code: str) -> str:
    """Return a country's name in the language in use, else in English; of no country the code itself."""
    names = _all_names()
    return names.get(_language(), names["en"]).get(code) or names["en"].get(code, code)


def country_choices(*, first: str = "") -> list[tuple[str, str]]:
    """Return (code, name) in the reader's alphabet; `first` stands on top."""
    rows = list(_sorted(_language()))
    return sorted(rows, key=lambda row: row[0] != first) if first else rows


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


@cache
def _all_names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = json.loads(NAMES.read_text(encoding="utf-8"))
    return names


@cache
def _sorted(language: str) -> tuple[tuple[str, str], ...]:
    names = _all_names().get(language, _all_names()["en"])
    return tuple(sorted(names.items(), key=lambda row: fold(row[1])))
