# /// script
# requires-python = ">=3.11"
# dependencies = ["babel>=2.18"]
# ///
"""Write the names of countries again from the Unicode Common Locale Data Repository.

Run by hand when CLDR has new names or the site has a new language, then commit what changed:

    pip install babel && python tools/make_countries.py ka it de en ar

CLDR names every country in Georgian too; django-countries has no Georgian, pycountry and Babel bring
20 and 33 MB to every installation for what fits into 40 KB.
"""

import json
import sys
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).resolve().parents[1] / "cms/core/countries/names.json"

NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Codes of two letters that are no country of ISO 3166-1; Kosovo (XK) stays, people come from there."""


def names(code: str) -> dict[str, str]:
    """Return code → name in one language."""
    territories = Locale(code).territories
    codes = sorted(key for key in territories if len(key) == len("GE") and key.isalpha())
    return {key: territories[key] for key in codes if key not in NO_COUNTRIES}


if __name__ == "__main__":
    found = {code: names(code) for code in sys.argv[1:]}
    TARGET.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
