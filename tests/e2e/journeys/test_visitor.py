"""A reader without JavaScript finds what there is, on a phone, in a script of each direction."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from cms.jobs.runner import run_due
from tests.e2e.browser import PHONE

pytestmark = pytest.mark.usefixtures("seeded")


@dataclass(frozen=True)
class Way:
    """What a reader of a language looks for."""

    language: str
    topic: str
    story: str
    project: str
    shown: str
    """The language that the project is shown in."""

    other: str
    """A language that the story can be read in, too."""

    missing: str
    """A language that it is missing in, and the one shown there."""

    instead: str

    def __str__(self):
        return self.language


WAYS = [
    Way("ka", "eco-migration", "eco-migration-meetings", "eco-migrants-advocacy", "ka", "de", "ar", "en"),
    Way("ar", "return", "eleven-hubs", "reintegration-pilot", "en", "it", "", ""),
]
ways = pytest.mark.parametrize("way", WAYS, ids=str)


@pytest.fixture
def reader(visitor, way):
    """Return a page on home, without scripts."""
    return visitor(width=PHONE, scripts=False).open(f"/{way.language}/")


def choose(page, address):
    """Open the menu and go to a section."""
    page.locator(".nav summary").click()
    page.locator(f".nav a[href='{address}']").click()
    page.wait_for_url(f"**{address}")


def shown(page):
    """Return language and direction of the frame and of the text."""
    return [
        (part.get_attribute("lang"), part.get_attribute("dir"))
        for part in (page.locator("html"), page.locator("article"))
    ]


def side(language):
    return language, "rtl" if language == "ar" else "ltr"


@ways
def test_from_home_to_a_story_and_to_what_it_belongs_to(reader, way):
    run_due()  # Which story belongs to which project is noted in the background.
    choose(reader, f"/{way.language}/news/")
    every = reader.locator("main .entry").count()
    reader.locator("main .fold summary").click()
    reader.locator("main select[name=topic]").select_option(way.topic)
    reader.locator("main .filters button").click()
    reader.wait_for_url(f"**/{way.language}/news/?*topic={way.topic}*")
    assert 0 < reader.locator("main .entry").count() < every
    reader.locator(f"main .entry a[href='/{way.language}/news/{way.story}/']").click()
    reader.wait_for_url(f"**/news/{way.story}/")
    assert shown(reader) == [side(way.language), side(way.language)]
    reader.locator(f"[aria-labelledby=belongs] a[href='/{way.language}/projects/{way.project}/']").click()
    reader.wait_for_url(f"**/{way.language}/projects/{way.project}/", wait_until="domcontentloaded")
    assert shown(reader) == [side(way.language), side(way.shown)]
    assert reader.locator("main > .notice").count() == (way.shown != way.language)
    reader.locator(f"[aria-labelledby=news] a[href='/{way.language}/news/{way.story}/']").wait_for()


@ways
def test_the_path_above_a_page_leads_back_in_the_language_of_the_reader(reader, way):
    office = reader.locator("h1").inner_text()
    reader.goto(f"/{way.language}/projects/{way.project}/")
    first = reader.locator(".crumbs a").first
    assert (first.inner_text(), first.get_attribute("href")) == (office, f"/{way.language}/")
    first.click()
    reader.wait_for_url(f"**/{way.language}/")


@ways
def test_the_language_changes_and_the_page_stays(reader, way):
    reader.goto(f"/{way.language}/news/{way.story}/")
    reader.locator(f".langs a[lang={way.other}]").click()
    reader.wait_for_url(f"**/{way.other}/news/{way.story}/")
    assert shown(reader) == [side(way.other), side(way.other)]
    assert reader.locator(".langs .missing").count() == bool(way.missing)
    assert reader.locator("main > .notice").count() == 0


def test_a_language_marked_as_missing_leads_to_a_notice_and_a_text_in_another(visitor):
    way = WAYS[0]
    page = visitor(width=PHONE, scripts=False).open(f"/{way.language}/news/{way.story}/")
    link = page.locator(".langs .missing")
    assert (link.get_attribute("lang"), link.get_attribute("hreflang")) == (way.missing, way.instead)
    assert f"({way.instead})" in link.inner_text()
    link.click()
    page.wait_for_url(f"**/{way.missing}/news/{way.story}/")
    assert shown(page) == [side(way.missing), side(way.instead)]
    assert page.locator("main > .notice").is_visible()
    page.locator(f".langs a[lang={way.language}]").click()
    page.wait_for_url(f"**/{way.language}/news/{way.story}/")


@ways
def test_when_the_office_is_open_and_where_a_hub_is(reader, way):
    choose(reader, f"/{way.language}/offices/")
    reader.locator(f"main .entry a[href='/{way.language}/offices/zelvara/']").click()
    rows = reader.locator(".hours tbody tr")
    assert rows.count() >= 5
    assert "9:00–12:00" in rows.nth(1).inner_text()
    assert rows.nth(1).locator("bdi[dir=ltr]").count() or way.language != "ar"
    choose(reader, f"/{way.language}/hubs/")
    every = reader.locator("main .entry").count()
    reader.locator("main .fold summary").click()
    reader.locator("main select").last.select_option("ti")
    reader.locator("main .filters button").click()
    reader.wait_for_url("**/hubs/?*ti*")
    assert (every, reader.locator("main .entry").count()) == (3, 1)
    reader.locator("main .entry h3 a").click()
    reader.wait_for_url(f"**/{way.language}/hubs/sadguri/")
    assert reader.locator("main address").first.is_visible()
    assert reader.locator("main a[href^='tel:']").first.is_visible()


@ways
def test_the_feed_holds_the_chosen_news(reader, way):
    reader.goto(f"/{way.language}/news/?topic={way.topic}")
    address = reader.locator("main .section-head a").get_attribute("href")
    answer = reader.request.get(address)
    assert answer.headers["content-type"].startswith("application/rss+xml")
    channel = ET.fromstring(answer.body()).find("channel")  # noqa: S314 - our own feed
    links = [item.findtext("link") for item in channel.iter("item")]
    assert channel.findtext("language") == way.language
    assert any(link.endswith(f"/{way.language}/news/{way.story}/") for link in links)


@ways
def test_dark_and_text_only_are_chosen_and_left_again(reader, way):
    address = f"/{way.language}/news/adjara-needs/"
    for theme, mode, pictures in (("dark", "text", 0), ("device", "full", 1)):
        reader.goto(address)
        reader.locator("footer a[href*='/display/']").click()
        reader.locator(f"[name=theme][value={theme}]").check()
        reader.locator(f"[name=mode][value={mode}]").check()
        reader.locator("main button").click()
        reader.wait_for_url(f"**{address}")
        html = reader.locator("html")
        chosen = (html.get_attribute("data-theme"), html.get_attribute("data-mode"))
        assert chosen == ((None, None) if pictures else (theme, mode))
        assert reader.locator("main img").count() == pictures
        assert reader.locator("svg:visible").count() == 0 or pictures
        assert reader.locator("main figcaption").is_visible()


# --- By keyboard ----------------------------------------------------------------------------------

FOCUS = """() => {
  const it = document.activeElement, look = getComputedStyle(it), box = it.getBoundingClientRect();
  const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  return { tag: it.tagName, href: it.getAttribute("href"), id: it.id,
           seen: ring && box.width > 0 && box.bottom > 0 && box.right > 0 };
}"""


@ways
def test_the_keyboard_skips_to_the_content(reader, way):
    reader.keyboard.press("Tab")
    focus = reader.evaluate(FOCUS)
    assert (focus["href"], focus["seen"]) == ("#main", True)
    reader.keyboard.press("Enter")
    assert reader.evaluate(FOCUS)["id"] == "main"
    reader.keyboard.press("Tab")
    assert reader.locator("main :focus").count() == 1


@ways
def test_the_menu_opens_by_keyboard_and_focus_is_always_seen(reader, way):
    for _ in range(30):
        reader.keyboard.press("Tab")
        focus = reader.evaluate(FOCUS)
        assert focus["seen"], focus
        if focus["tag"] == "SUMMARY":
            break
    assert not reader.locator(".nav a").first.is_visible()
    reader.keyboard.press("Enter")
    assert reader.locator(".nav a").first.is_visible()
    reader.keyboard.press("Tab")
    assert reader.evaluate(FOCUS)["href"] == f"/{way.language}/news/"
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**/{way.language}/news/")


@ways
def test_focus_is_seen_on_the_whole_page_and_comes_to_its_end(reader, way):
    reader.goto(f"/{way.language}/offices/zelvara/")
    unseen, last = [], None
    for _ in range(80):
        reader.keyboard.press("Tab")
        last = reader.evaluate(FOCUS)
        if last["tag"] == "BODY":
            break
        unseen += [] if last["seen"] else [last]
    assert unseen == []
    assert last["tag"] == "BODY"
