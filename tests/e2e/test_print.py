"""On paper, and with colours that the reader has set."""

import re

import pytest

from cms.events.models import Occurrence, Registration
from tests.accounts.factories import UserFactory
from tests.e2e.browser import DESKTOP, PHONE, accessibility, cut_off
from tests.e2e.people import enter

pytestmark = pytest.mark.usefixtures("seeded")

PAGES = [
    "ka/offices/zelvara/",
    "ar/offices/zelvara/",
    "ka/offices/examples/dresden/",
    "ka/news/adjara-needs/",
    "ka/grants/associations-fund/",
    "ka/apply/MV/questions/",
    "ar/apply/MV/questions/",
]
NOT_PRINTED = ".langs, .nav, .skip, .crumbs, .under, .fold > summary, .no-print, .demo, .foot ul"

PARTS = "body, main :is(h1, h2, h3, p, li, td, dt, dd), .foot p, .brand"
COLOURS = """parts => {
  const inks = new Set(), papers = new Set();
  for (const part of parts.filter((part) => part.checkVisibility())) {
    inks.add(getComputedStyle(part).color);
    for (let it = part; it; it = it.parentElement) papers.add(getComputedStyle(it).backgroundColor);
  }
  return [[...inks], [...papers].filter((paper) => paper !== "rgba(0, 0, 0, 0)")];
}"""
NOTICES = {"rgb(228, 242, 230)", "rgb(253, 240, 211)"}
"""Pale colours that say how something stands."""

BEHIND = """links => links.map(link => getComputedStyle(link, "::after").content)"""
LINK = (
    """box => box.insertAdjacentHTML("beforeend", '<p><a href="https://elsewhere.example/x">There</a></p>')"""
)


@pytest.mark.parametrize("path", PAGES)
def test_paper_gets_black_on_white_without_menus(visitor, path):
    """Also of somebody who reads in the dark."""
    page = visitor(theme="dark").open(f"/{path}")
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")  # No colour on its way.
    printed = page.locator(NOT_PRINTED)
    assert printed.count()
    assert not any(part.is_visible() for part in printed.all())
    inks, papers = page.locator(PARTS).evaluate_all(COLOURS)
    assert inks == ["rgb(0, 0, 0)"]
    assert set(papers) - NOTICES == {"rgb(255, 255, 255)"}
    assert page.locator("h1").is_visible()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") < 30


def test_paper_shows_where_links_to_other_sites_lead(visitor):
    page = visitor().open("/ka/offices/zelvara/")
    page.locator("main .prose, main .panel").evaluate_all(f"boxes => boxes.forEach({LINK})")
    page.emulate_media(media="print")
    outward = page.locator("main a[href^=http]").evaluate_all(BEHIND)
    assert len(outward) == page.locator("main .prose, main .panel").count() > 1
    assert all("https://elsewhere.example/x" in text or "attr(href)" in text for text in outward)
    inward = page.locator("main a[href^='/']").evaluate_all(BEHIND)
    assert set(inward) == {"none"}


@pytest.mark.parametrize("path", ["ka/", "ar/", "ka/offices/zelvara/", "ar/offices/zelvara/"])
@pytest.mark.parametrize("setting", [{"forced_colors": "active"}, {"contrast": "more"}], ids=str)
def test_colours_of_the_reader_hide_nothing(visitor, path, setting):
    page = visitor(width=PHONE if path.startswith("ka") else DESKTOP).open(f"/{path}")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce", **setting)
        found = accessibility(page)
        if "forced_colors" in setting:
            # Axe compares the colours that we gave; here the system's count.
            found = [line for line in found if not line.startswith("color-contrast")]
            inks, papers = page.locator(f"{PARTS}, a, .tag, b").evaluate_all(COLOURS)
            assert not set(inks) & set(papers)
        assert found == []
        assert cut_off(page) == []


MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
"""What browsers leave on paper unless one asks for something else."""


@pytest.fixture
def ticket():
    """Return the way to the ticket of a family of the demonstration, and whose it is."""
    date = Occurrence.objects.get(event__code="ECO", number=2)
    confirmed = Registration.objects.filter(occurrence=date, state="confirmed")
    submission = confirmed.order_by("-seats").first().submission
    submission.owner = UserFactory()
    submission.save(update_fields=["owner"])
    return f"register/ticket/{submission.token}/", submission.owner


def sheets(page, size):
    """Return on how many sheets a page is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size, margin=MARGIN)))


def test_a_ticket_is_one_sheet(visitor, ticket):
    path, owner = ticket
    window = enter(visitor(width=PHONE), owner)
    found = {}
    for language in ("ka", "it", "de", "en", "ar"):
        page = window.open(f"/{language}/{path}")
        found[language] = [sheets(page, size) for size in ("A4", "A5")]
    assert found == {language: [1, 1] for language in found}
    page.evaluate("document.documentElement.dataset.mode = 'text'")  # Pictures go; the code is none.
    assert page.locator("main .qr").is_visible()
