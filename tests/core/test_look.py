"""The stylesheet, the script and the fonts: their budgets, and rules that no reader would see broken."""

import gzip
import re
from pathlib import Path

import cms.core

STATIC = Path(cms.core.__file__).parent / "static" / "core"
CSS = (STATIC / "look" / "look.css").read_text()
FONTS = STATIC / "fonts"

GEORGIAN_PAGE = {
    "sans-georgian-400", "sans-georgian-600", "serif-georgian-600",
    "sans-latin-400", "sans-latin-600", "serif-ascii-600", "sans-lari",
}  # fmt: skip


def compressed(*paths):
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def test_the_stylesheet_is_small():
    assert compressed(*(STATIC / "look").glob("*.css")) <= 12_000


def test_the_scripts_are_small():
    assert compressed(*(STATIC / "look").glob("*.js")) <= 5_000


def test_the_fonts_of_a_georgian_page_are_small():
    assert sum((FONTS / f"{name}.woff2").stat().st_size for name in GEORGIAN_PAGE) <= 70_000


def test_every_font_is_declared_once_and_every_declared_font_is_there():
    declared = re.findall(r"fonts/([\w-]+\.woff2)", CSS)
    assert sorted(declared) == sorted(path.name for path in FONTS.glob("*.woff2"))


def test_the_licence_stands_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()


def test_nothing_is_loaded_from_elsewhere():
    addresses = re.findall(r"url\(([^)]*)\)", CSS) + re.findall(r"@import[^;]*", CSS)
    assert all(address.startswith('"../fonts/') for address in addresses)


def test_no_capitals_and_no_spaced_georgian():
    assert "text-transform" not in CSS
    assert "font-variant-caps" not in CSS
    assert len(re.findall(r"letter-spacing: (?!inherit)", CSS)) == 1  # references, always Latin


def test_only_logical_directions():
    """What is physical would not turn round in Arabic."""
    physical = (
        r"\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|top|bottom):|"
        r"text-align: (?:left|right)|float: (?:left|right)|(?<![\w-])(?:min-|max-)?(?:width|height):"
    )
    without_queries = re.sub(r"@media[^{]*", "", CSS)
    assert re.findall(physical, without_queries) == []


def test_colours_are_roles_everywhere_but_in_the_tokens():
    """Exceptions stand on the band, which has one colour in both themes."""
    components = CSS.partition("@layer components {")[2]
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", components.partition("@layer utilities")[0])) == {
        "#9cc3c4", "#5f979c", "#136371", "#0a434d", "#f5fafa", "#06262b",
    }  # fmt: skip


def test_two_weights_and_no_third():
    weights = set(re.findall(r"font-weight: ([^;]+);", CSS)) | set(re.findall(r"font: (\d+)", CSS))
    assert weights == {"400", "600", "400 600"}
