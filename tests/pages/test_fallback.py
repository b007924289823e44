"""A page at an address of a language it does not exist in: shown in the best one, and said so."""

import html5lib
import pytest
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from cms.core.languages import language_name
from cms.pages.models import NewsIndexPage, NewsPage, SectionPage, StandardPage
from tests.pages.factories import PASSWORD, draft, make_homes, make_page, shut, translate

pytestmark = pytest.mark.django_db


def parsed(response):
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def words(node):
    return " ".join("".join(node.itertext()).split())


def heading(client, address):
    return words(next(parsed(client.get(address)).iter("h1")))


def article(tree):
    node = next(tree.iter("article"))
    return node.get("lang"), node.get("dir")


@pytest.fixture
def homes(settings):
    settings.SITE_URL = "https://khidi.example"
    return make_homes("it", "de", "en", "ar")


@pytest.fixture
def news(homes):
    index = make_page(NewsIndexPage, parent=homes["ka"], slug="news")
    for code in ("it", "ar"):
        translate(index, code)
    return index


def test_a_georgian_page_at_an_italian_address(client, news):
    make_page(NewsPage, parent=news, slug="needs", title="საჭიროებები")
    tree = parsed(client.get("/it/news/needs/"))
    assert (tree.get("lang"), tree.get("dir")) == ("it", "ltr")
    assert article(tree) == ("ka", "ltr")
    assert words(next(tree.iter("h1"))) == "საჭიროებები"
    notice = next(item for item in tree.iter("div") if item.get("class") == "notice")
    with override("it"):
        assert language_name("ka") in words(notice)
    assert [item.get("content") for item in tree.iter("meta") if item.get("name") == "robots"] == ["noindex"]
    links = {item.get("rel"): item.get("href") for item in tree.iter("link")}
    assert links["canonical"] == "https://khidi.example/ka/news/needs/"
    assert [item for item in tree.iter("link") if item.get("hreflang")] == []


def test_an_arabic_page_at_a_georgian_address_runs_from_right_to_left(client, homes):
    make_page(StandardPage, parent=homes["ar"], slug="welcome", title="أهلا")
    tree = parsed(client.get("/ka/welcome/"))
    assert (tree.get("lang"), tree.get("dir")) == ("ka", "ltr")
    assert article(tree) == ("ar", "rtl")


def test_the_switch_says_which_language_one_gets(client, news):
    story = make_page(NewsPage, parent=news, slug="needs")
    translate(story, "ar", title="الاحتياجات")
    tree = parsed(client.get("/it/news/needs/"))
    switch = {link.get("lang"): link for link in tree.iter("a") if link.get("hreflang")}
    assert {code: link.get("href") for code, link in switch.items()} == {
        code: f"/{code}/news/needs/" for code in ("ka", "it", "de", "en", "ar")
    }
    assert "(ka)" in words(switch["de"])
    assert switch["de"].get("class") == "missing"
    assert switch["ar"].get("class") is None
    assert (switch["it"].get("aria-current"), "(ka)" in words(switch["it"])) == ("true", False)


def test_alternates_are_real_translations_only(client, news):
    story = make_page(NewsPage, parent=news, slug="needs")
    translate(story, "ar", title="الاحتياجات")
    draft(translate(story, "it", title="Bisogni"))
    tree = parsed(client.get("/ka/news/needs/"))
    alternates = {
        item.get("hreflang"): item.get("href") for item in tree.iter("link") if item.get("hreflang")
    }
    assert alternates == {
        "ka": "https://khidi.example/ka/news/needs/",
        "ar": "https://khidi.example/ar/news/needs/",
    }
    assert [item for item in tree.iter("meta") if item.get("name") == "robots"] == []


def test_a_translation_that_is_taken_back_gives_way(client, news):
    story = make_page(NewsPage, parent=news, slug="needs", title="საჭიროებები")
    italian = translate(story, "it", title="Bisogni")
    assert heading(client, "/it/news/needs/") == "Bisogni"
    draft(italian)
    assert heading(client, "/it/news/needs/") == "საჭიროებები"
    draft(story)
    assert client.get("/it/news/needs/").status_code == 404
    assert client.get("/ka/news/needs/").status_code == 404


@pytest.mark.parametrize("order", [["en", "de"], ["de", "en"], ["ar"], []])
def test_the_site_decides_which_language_comes_first(client, homes, settings, order):
    settings.FALLBACK_LANGUAGES = order
    page = make_page(StandardPage, parent=homes["ka"], slug="about", title="ka")
    for code in ("de", "en", "ar"):
        translate(page, code, title=code)
    assert heading(client, "/it/about/") == [*order, "ka"][0]


def test_what_exists_nowhere_is_not_found(client, homes):
    for address in ("/it/nothing/", "/ka/nothing/at/all/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", ["ka", "it", "ar"])
def test_a_draft_is_shown_in_no_language(client, homes, code):
    draft(make_page(StandardPage, parent=homes["ka"], slug="draft"))
    assert client.get(f"/{code}/draft/").status_code == 404


def test_a_shut_page_asks_for_its_password_at_every_address(client, homes):
    page = shut(make_page(StandardPage, parent=homes["ka"], slug="inside", title="საიდუმლო"))
    for address in ("/ka/inside/", "/it/inside/"):
        response = client.get(address)
        assert "საიდუმლო" not in response.content.decode()
        assert b'type="password"' in response.content
        assert "public" not in response.get("Cache-Control", "")
    restriction = PageViewRestriction.objects.get()
    client.post(
        f"/it/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
        {"password": PASSWORD, "return_url": "/it/inside/"},
    )
    response = client.get("/it/inside/")
    assert words(next(parsed(response).iter("h1"))) == "საიდუმლო"
    assert "no-store" in response["Cache-Control"]


def test_a_section_that_is_not_translated_still_lists_in_the_readers_language(client, homes):
    section = make_page(SectionPage, parent=homes["ka"], slug="offices", title="ოფისები")
    child = make_page(SectionPage, parent=section, slug="one", title="ერთი")
    translate(section, "it", title="Uffici")
    translate(child, "it", title="Uno")
    draft(SectionPage.objects.get(title="Uffici"))
    tree = parsed(client.get("/it/offices/"))
    assert article(tree) == ("ka", "ltr")
    line = next(item for item in tree.iter("h3"))
    assert (words(line), line.get("lang")) == ("Uno", "it")


def test_a_fallback_is_shared_like_any_page(client, news):
    make_page(NewsPage, parent=news, slug="needs")
    assert "public" in client.get("/it/news/needs/")["Cache-Control"]


def test_home_in_another_language_says_so(client, homes):
    draft(homes["it"])
    tree = parsed(client.get("/it/"))
    assert article(tree) == ("en", "ltr")
    assert [item.get("content") for item in tree.iter("meta") if item.get("name") == "robots"] == ["noindex"]
