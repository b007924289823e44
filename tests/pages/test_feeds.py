"""The news as RSS: valid, escaped, in one language, and only what everybody may read."""

from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest

from cms.pages.models import NewsIndexPage, NewsPage, Topic
from cms.pages.views.feeds import NEWEST
from tests.pages.factories import draft, make_homes, make_page, make_snippet, shut, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    index = make_page(NewsIndexPage, parent=make_homes("it", "en", "ar")["ka"], slug="news")
    translate(index, "it", title="Notizie", lead="Che cosa succede")
    return index


def channel(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ET.fromstring(response.content).find("channel")  # noqa: S314 - our own answer


def items(client, address):
    return channel(client, address).findall("item")


def test_a_feed_is_written_in_its_language(client, news, settings):
    story = make_page(NewsPage, parent=news, slug="needs", date="2020-12-08", category="report")
    translate(story, "it", title="Bisogni", lead="Mezzo anno di lavoro.")
    feed = channel(client, "/it/feeds/news.xml")
    assert feed.findtext("language") == "it"
    assert feed.findtext("link") == f"{settings.SITE_URL}/it/news/"
    assert feed.findtext("description") == "Che cosa succede"
    assert "Notizie" in feed.findtext("title")
    [item] = feed.findall("item")
    assert item.findtext("title") == "Bisogni"
    assert item.findtext("link") == f"{settings.SITE_URL}/it/news/needs/"
    assert item.findtext("description") == "Mezzo anno di lavoro."
    assert parsedate_to_datetime(item.findtext("pubDate")).astimezone().date().year == 2020


def test_what_is_not_translated_is_not_in_a_feed(client, news):
    make_page(NewsPage, parent=news)
    assert len(items(client, "/ka/feeds/news.xml")) == 1
    assert items(client, "/it/feeds/news.xml") == []


def test_drafts_expired_and_shut_pages_are_not_in_a_feed(client, news, stopped_clock):
    draft(make_page(NewsPage, parent=news))
    shut(make_page(NewsPage, parent=news))
    make_page(NewsPage, parent=news, expire_at=stopped_clock.now)
    assert items(client, "/ka/feeds/news.xml") == []


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("topic=work", ["A"]),
        ("topic=none", []),
        ("colour=red", []),
        ("category=workshop", ["B"]),
        ("page=2", []),
        ("topic=%00", []),
    ],
)
def test_a_feed_is_narrowed_and_never_guesses(client, news, query, titles):
    make_page(NewsPage, parent=news, title="A", topics=[make_snippet(Topic, name="work", slug="work")])
    make_page(NewsPage, parent=news, title="B", category="workshop")
    assert [item.findtext("title") for item in items(client, f"/ka/feeds/news.xml?{query}")] == titles


def test_only_known_selections_are_shared(client, news):
    make_page(NewsPage, parent=news, topics=[make_snippet(Topic, name="work", slug="work")])
    assert "public" in client.get("/ka/feeds/news.xml")["Cache-Control"]
    assert "public" in client.get("/ka/feeds/news.xml?topic=work")["Cache-Control"]
    assert "no-store" in client.get("/ka/feeds/news.xml?topic=none")["Cache-Control"]
    assert "no-store" in client.get("/ka/feeds/news.xml?topic=work&topic=work2")["Cache-Control"]


def test_an_empty_feed_is_valid(client, news):
    feed = channel(client, "/ar/feeds/news.xml")
    assert feed.findtext("language") == "ar"
    assert all(feed.findtext(name) for name in ("title", "link", "description"))


def test_a_site_without_news_has_an_empty_feed(client):
    make_homes()
    assert items(client, "/ka/feeds/news.xml") == []


def test_everything_is_escaped_and_can_be_written(client, news):
    title = "<script>&\"' ]]> \x0b\x01\ufffe"
    make_page(NewsPage, parent=news, title=title, lead=title)
    [item] = items(client, "/ka/feeds/news.xml")
    assert item.findtext("title").startswith("<script>&\"' ]]>")


def test_a_story_keeps_its_name_when_it_moves_and_has_one_a_language(client, news):
    story = make_page(NewsPage, parent=news, slug="needs")
    translate(story, "it", title="Bisogni")
    [before] = [item.findtext("guid") for item in items(client, "/ka/feeds/news.xml")]
    story.refresh_from_db()
    story.slug = "wants"
    story.save_revision().publish()
    [after] = [item.find("guid") for item in items(client, "/ka/feeds/news.xml")]
    assert (after.text, after.get("isPermaLink")) == (before, "false")
    assert [item.findtext("guid") for item in items(client, "/it/feeds/news.xml")] != [before]


def test_a_feed_is_short_and_newest_first(client, news, django_assert_max_num_queries):
    for number in range(NEWEST + 1):
        make_page(
            NewsPage, parent=news, title=str(number), date=f"2026-{1 + number // 28:02}-{1 + number % 28:02}"
        )
    with django_assert_max_num_queries(14):
        found = [item.findtext("title") for item in items(client, "/ka/feeds/news.xml")]
    assert found == [str(number) for number in range(NEWEST, 0, -1)]


def test_a_feed_is_read_only(client, news):
    assert client.post("/ka/feeds/news.xml").status_code == 405
    assert client.head("/ka/feeds/news.xml").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/ka/feeds/news.xml?topic=work", "/ka/news/?topic=work", "/sitemap.xml"])
def test_what_is_shared_is_kept_until_something_is_published(page_cache, client, news, address):
    work = make_snippet(Topic, name="work", slug="work")
    make_page(NewsPage, parent=news, slug="first", topics=[work])
    client.get(address)
    kept = client.get(address)
    assert kept["Cache-Status"] == "khidi; hit"
    assert b"/ka/news/first/" in kept.content
    make_page(NewsPage, parent=news, slug="second", topics=[work])
    fresh = client.get(address)
    assert "Cache-Status" not in fresh
    assert b"/ka/news/second/" in fresh.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "address", ["/ka/feeds/news.xml?topic=none", "/ka/news/?topic=none", "/ka/news/?page=1&page=1"]
)
def test_what_is_made_up_is_never_kept(page_cache, client, news, address):
    for _ in range(2):
        assert "Cache-Status" not in client.get(address)
