# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools[woff]>=4.50"]
# ///
"""Make the font subsets again from the Noto fonts of Debian's fonts-noto-core and -extra.

Run by hand with the two packages installed, then commit what changed:

    pip install 'fonttools[woff]' && python tools/make_fonts.py

Each subset holds what its `unicode-range` in look.css names, so a browser loads only the scripts
that a page shows. The lari sign stands alone: with the Latin signs it would bring 30 KB into pages
that have no Latin letter.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools import subset

SOURCE = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).resolve().parents[1] / "cms/core/static/core/fonts"

ASCII = range(0x20, 0x7F)
LATIN = [*ASCII, *range(0xA0, 0x100)]
PUNCTUATION = [
    0xA0,
    0xAB,
    0xBB,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201A,
    0x201C,
    0x201D,
    0x201E,
    0x2022,
    0x2026,
]
PUNCTUATION += [0x202F, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2212]
GEORGIAN = range(0x10D0, 0x1100)  # The everyday letters; their capitals (Mtavruli) are never shown.
ARABIC = [*range(0x600, 0x700), *range(0x750, 0x780), 0x200C, 0x200D, 0x200E, 0x200F]
LARI = [0x20BE]

FEATURES = ["ccmp", "locl", "kern", "liga", "mark", "mkmk", "lnum", "tnum"]
FEATURES += ["init", "medi", "fina", "isol", "rlig", "calt", "curs"]


class Subset(NamedTuple):
    """One file of the site: name, Noto font it is cut from, characters it keeps."""

    name: str
    font: str
    characters: Iterable[int]


SUBSETS = [
    Subset("sans-latin-400", "NotoSans-Regular", [*LATIN, *PUNCTUATION]),
    Subset("sans-latin-600", "NotoSans-SemiBold", [*LATIN, *PUNCTUATION]),
    Subset("sans-georgian-400", "NotoSansGeorgian-Regular", GEORGIAN),
    Subset("sans-georgian-600", "NotoSansGeorgian-SemiBold", GEORGIAN),
    Subset("sans-arabic-400", "NotoSansArabic-Regular", ARABIC),
    Subset("sans-arabic-600", "NotoSansArabic-SemiBold", ARABIC),
    Subset("sans-lari", "NotoSans-Regular", LARI),
    Subset("serif-ascii-600", "NotoSerif-SemiBold", [*ASCII, *PUNCTUATION]),
    Subset("serif-latin-600", "NotoSerif-SemiBold", range(0xA0, 0x100)),
    Subset("serif-georgian-600", "NotoSerifGeorgian-SemiBold", GEORGIAN),
]


def make(item: Subset) -> None:
    """Cut one subset and write it as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # Copyright and licence stay in the file.
    font = subset.load_font(str(SOURCE / f"{item.font}.ttf"), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=item.characters)
    cutter.subset(font)
    font["head"].modified = font["head"].created  # The same input gives the same bytes.
    subset.save_font(font, str(TARGET / f"{item.name}.woff2"), options)


if __name__ == "__main__":
    for entry in SUBSETS:
        make(entry)
