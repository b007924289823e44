"""The rules for Georgian, Arabic and mixed lines, one test a rule.

Where a rule has its own tests elsewhere, the docstring names them; here stands what would break it
for the product as a whole.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.text import slugify

import cms.core
from cms.core.formats import dates, money, numbers
from cms.core.partial import PartialDate
from cms.core.text.case import capfirst, upper
from cms.core.text.script import fold
from cms.core.text.slug import file_name, slug
from tests.architecture.tree import at, files

MTAVRULI = re.compile("[\u1c90-\u1cbf]")
STATIC = Path(cms.core.__file__).parent / "static" / "core"
LOOK = (STATIC / "look" / "look.css").read_text()
MAILS = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)

ALLOWED = {
    "text-transform: none",  # switches off what Wagtail does in the admin
    "letter-spacing: inherit",  # controls like the text around them
    "letter-spacing: .04em",  # references, always Latin in a fixed width
}
SPOILING = re.compile(
    r"text-transform:\s*[\w-]+|letter-spacing:\s*[\w.-]+|font-variant(?:-caps)?:\s*[\w-]*caps[\w-]*"
    r"|font-style:\s*(?:italic|oblique)|font:\s*(?:italic|oblique)"
)
SLANTED_WHERE_IT_IS_CUSTOM = ":lang(de) > em, :lang(en) > em, :lang(it) > em { font-style: italic; }"


def spoiling(css):
    """Return the declarations that spoil Georgian or Arabic letters."""
    return [
        found
        for found in SPOILING.findall(css.replace(SLANTED_WHERE_IT_IS_CUSTOM, ""))
        if found not in ALLOWED
    ]


def stylesheets():
    """Return all CSS of ours by place, also what stands in templates."""
    sheets = {at(path): path.read_text() for path in files(".css", under=("cms", "search"))}
    for path in files(".html", under=("cms", "search")):
        text = path.read_text()
        if inside := " ".join([*MAILS.findall(text), *re.findall(r'style="([^"]*)"', text)]):
            sheets[at(path)] = inside
    return sheets


def every_format():
    """Return dates, money and numbers in every way we write them."""
    first, last = date(2026, 11, 15), date(2027, 2, 3)
    partial = [PartialDate(2026), PartialDate(2026, 11), PartialDate(2026, 11, 15)]
    return [
        *(
            write(date(2026, month, month))
            for month in range(1, 13)
            for write in (dates.weekday, dates.month)
        ),
        *(dates.partial(value) for value in partial),
        *(dates.span(one, other) for one in partial for other in (PartialDate(2027), last)),
        dates.short(first),
        dates.clock_span(time(9), time(12)),
        *(money.money(Decimal("4999.50"), currency) for currency in ("GEL", "EUR", "USD", "CHF")),
        numbers.percent(83),
    ]


@pytest.mark.parametrize("language", ["ka", "it", "de", "en", "ar"])
def test_rule_1_nothing_we_write_has_a_mtavruli_letter(language):
    """Case: tests/core/test_text.py; catalogues: tests/architecture/test_catalogues.py."""
    with translation.override(language):
        written = [capfirst(text) for text in every_format()]
        shown = Template("{% for text in texts %}{{ text|capfirst }}{{ text|upper }}{% endfor %}")
        written.append(shown.render(Context({"texts": written})))
    assert [text for text in written if MTAVRULI.search(text)] == []


def test_rule_2_no_style_spoils_letters():
    """No capitals by style, no spaced letters, no slanted Georgian or Arabic, in any stylesheet."""
    sheets = stylesheets()
    assert {place: found for place, css in sheets.items() if (found := spoiling(css))} == {}
    assert len(sheets) >= 3
    assert SLANTED_WHERE_IT_IS_CUSTOM in LOOK
    assert re.search(r"(?<![\w-])em\b[^{}]*\{[^{}]*font-style: normal", LOOK), (
        "browsers slant em by themselves"
    )


@pytest.mark.parametrize(
    "css",
    [
        "h1 { text-transform: uppercase; }",
        "h1 { letter-spacing: .1em; }",
        "h1 { font-variant: small-caps; }",
        "h1 { font-variant-caps: all-small-caps; }",
        "em { font-style: italic; }",
        "em { font: italic 1rem serif; }",
    ],
)
def test_rule_2_can_fail(css):
    assert len(spoiling(css)) == 1


def test_rule_3_days_come_first_and_days_have_24_hours():
    """Forms and admin: tests/core/test_formats.py."""
    afternoon = datetime(2026, 4, 3, 15, 30)  # noqa: DTZ001 - only its digits matter
    with translation.override("ka"):
        assert dates.short(afternoon) == "03.04.2026"
        assert dates.clock(afternoon) == "15:30"
        assert PartialDate.typed("03.04.2026") == PartialDate(2026, 4, 3)


def test_rule_4_amounts_and_codes_stay_whole_from_right_to_left():
    """More: tests/core/test_money.py, tests/core/test_bidi.py, tests/core/test_dates.py."""
    source = Template(
        '{% load formats %}{{ sum|money:"GEL" }}|{{ share|percent }}|{{ nine|clock_until:noon }}'
        "|{{ phone|ltr }}|{{ iban|ltr }}|{{ mail|ltr }}"
    )
    context = Context(
        {
            "sum": 40_000, "share": 80, "nine": time(9), "noon": time(12),
            "phone": "+995 555 00 00 00", "iban": "GE00 XX00 0000 0000 0000 00", "mail": "magida@example.org",
        }
    )  # fmt: skip
    with translation.override("ar"):
        shown = source.render(context)
    assert shown.split("|") == [
        f'<bdi dir="ltr">{text}</bdi>'
        for text in (
            "40\u00a0000\u00a0₾", "80\u00a0%", "9:00–12:00",
            "+995 555 00 00 00", "GE00 XX00 0000 0000 0000 00", "magida@example.org",
        )
    ]  # fmt: skip
    with translation.override("ka"):
        assert money.money(40_000, "GEL") == "40\u00a0000\u00a0₾"


def test_rule_5_a_georgian_title_gives_an_address_and_a_file_name():
    """More: tests/core/test_text.py."""
    assert slugify("ახალი ამბები") == "", "Django has changed: our own may go"
    assert slug("ახალი ამბები") == "akhali-ambebi"
    assert file_name("განაცხადი.PDF") == "ganatskhadi.pdf"


def test_rule_6_the_lari_and_the_list_of_languages_load_no_large_font():
    """Budgets: tests/core/test_look.py, tests/e2e/test_budget.py."""
    faces = [face for face in re.findall(r"@font-face \{[^}]*\}", LOOK) if "U+20BE" in face]
    assert [re.search(r"fonts/([\w-]+)", face)[1] for face in faces] == ["sans-lari"]
    assert (STATIC / "fonts" / "sans-lari.woff2").stat().st_size < 1_000
    assert re.search(r"\.langs, \.langs \[lang\] \{ font: [^;]*system-ui", LOOK)


def test_rule_7_small_letters_are_one_and_capitals_are_for_codes():
    """More: tests/core/test_text.py."""
    assert fold("ᲮᲘᲓᲘ") == fold("ხიდი")
    assert upper("ხიდი mv-27") == "ხიდი MV-27"


def test_rule_7_no_template_makes_capitals():
    """Templates have the filter from Django; for words on a page nothing uses it."""
    makes = re.compile(r"\|\s*(?:upper|title)\b")
    templates = files(".html", ".txt", under=("cms", "search"))
    assert [at(path) for path in templates if makes.search(path.read_text())] == []
