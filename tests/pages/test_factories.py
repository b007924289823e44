"""The factories make pages that the site can show and the admin accepts."""

import pytest

from cms.pages.models import BodyPage, NewsIndexPage, NewsPage, PublicPerson, SectionPage, Topic
from tests.pages.factories import NEEDED, STORIES, draft, make_homes, make_page, make_snippet, shut, translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", STORIES)
def test_a_page_of_each_kind_is_published_and_complete(kind):
    home = make_homes()["ka"]
    page = make_page(kind, parent=home)
    page.full_clean()
    assert page.live
    assert page.get_url() == f"/ka/{page.slug}/"


def test_pages_have_addresses_of_their_own():
    home = make_homes()["ka"]
    assert make_page(SectionPage, parent=home).slug != make_page(SectionPage, parent=home).slug


def test_a_translation_has_the_same_path_and_topics():
    home = make_homes("it")["ka"]
    topic = make_snippet(Topic, name="შრომა", slug="work")
    news = make_page(NewsIndexPage, parent=home, slug="news")
    translate(news, "it", title="Notizie")
    story = make_page(NewsPage, parent=news, slug="story", topics=[topic])
    italian = translate(story, "it", title="Bisogni")
    assert (italian.title, italian.get_url(), italian.live) == ("Bisogni", "/it/news/story/", True)
    assert list(italian.topics.all()) == [topic]


def test_a_snippet_is_translated():
    person = make_snippet(PublicPerson, name="გიორგი გოგიშვილი")
    english = translate(person, "en", name="Giorgi Gogishvili")
    assert person.get_translation(english.locale).name == "Giorgi Gogishvili"


def test_pages_are_withdrawn_and_shut(client):
    home = make_homes()["ka"]
    page = make_page(SectionPage, parent=home, slug="offices")
    below = make_page(BodyPage, parent=page, slug="council")
    shut(page)
    assert b'type="password"' in client.get("/ka/offices/council/").content
    draft(below)
    assert client.get("/ka/offices/council/").status_code == 404


def test_what_a_page_needs_is_a_field_of_it():
    assert all(hasattr(kind, name) for kind, fields in NEEDED.items() for name in fields)
