"""The map of the site names what everybody may read, and translations that are published."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from cms.pages.models import NewsIndexPage, NewsPage, StandardPage
from cms.pages.views.sitemap import SITEMAP, XHTML
from tests.pages.factories import draft, make_homes, make_page, shut, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(settings):
    settings.SITE_URL = "https://khidi.example"
    return make_homes("it", "ar")


def mapped(client):
    """Return address → {language: address} of its alternates."""
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ET.fromstring(response.content)  # noqa: S314 - our own answer
    assert root.tag == f"{{{SITEMAP}}}urlset"
    return {
        url.findtext(f"{{{SITEMAP}}}loc").removeprefix("https://khidi.example"): {
            link.get("hreflang"): link.get("href").removeprefix("https://khidi.example")
            for link in url.findall(f"{{{XHTML}}}link")
        }
        for url in root
    }


def test_alternates_are_published_translations_itself_included(client, homes):
    page = make_page(StandardPage, parent=homes["ka"], slug="about")
    translate(page, "it", title="Chi siamo")
    draft(translate(page, "ar", title="من نحن"))
    both = {"ka": "/ka/about/", "it": "/it/about/"}
    found = mapped(client)
    assert found["/ka/about/"] == both
    assert found["/it/about/"] == both
    assert "/ar/about/" not in found
    assert found["/ar/"] == {"ka": "/ka/", "it": "/it/", "ar": "/ar/"}


def test_a_page_in_one_language_has_no_alternates(client, homes):
    make_page(StandardPage, parent=homes["ka"], slug="about")
    assert mapped(client)["/ka/about/"] == {}


def test_drafts_expired_shut_pages_and_what_is_below_them_are_never_named(client, homes, stopped_clock):
    draft(make_page(StandardPage, parent=homes["ka"], slug="draft"))
    make_page(StandardPage, parent=homes["ka"], slug="expired", expire_at=stopped_clock.now)
    make_page(StandardPage, parent=homes["ka"], slug="later", expire_at=stopped_clock.now + timedelta(days=1))
    news = shut(make_page(NewsIndexPage, parent=homes["ka"], slug="news"))
    make_page(NewsPage, parent=news, slug="inside")
    assert mapped(client).keys() == {"/ka/", "/it/", "/ar/", "/ka/later/"}


def test_an_expired_page_is_gone_at_once(client, homes, stopped_clock):
    make_page(
        StandardPage, parent=homes["ka"], slug="expired", expire_at=stopped_clock.now + timedelta(hours=1)
    )
    assert client.get("/ka/expired/").status_code == 200
    stopped_clock.move(hours=1)
    assert client.get("/ka/expired/").status_code == 404


def test_pages_that_were_published_say_when(client, homes):
    make_page(StandardPage, parent=homes["ka"], slug="about").save_revision().publish()
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    changed = [url.findtext(f"{{{SITEMAP}}}lastmod") for url in root]
    assert len(list(filter(None, changed))) == 1


def test_the_map_asks_few_questions_however_large_the_site(client, homes, django_assert_max_num_queries):
    for _ in range(15):
        make_page(StandardPage, parent=homes["ka"])
    with django_assert_max_num_queries(5):
        assert len(mapped(client)) == 18


def test_a_site_without_pages_has_an_empty_map(client):
    assert client.get("/sitemap.xml").status_code == 200


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_both_are_shared_and_read_only(client, homes, path):
    assert "public" in client.get(path)["Cache-Control"]
    assert client.post(path).status_code == 405


def test_robots_learn_what_is_none_of_their_business(client, settings):
    settings.SITE_URL, settings.DEMO = "https://khidi.example", False
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /admin/", "Sitemap: https://khidi.example/sitemap.xml"} <= set(lines)
    assert "Disallow: /" not in lines


def test_a_demonstration_is_found_by_nobody(client, settings):
    settings.DEMO = True
    assert "Disallow: /" in client.get("/robots.txt").content.decode().splitlines()
