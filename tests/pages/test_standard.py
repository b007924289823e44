import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.pages.models import SectionPage, StandardPage
from tests.pages.factories import draft, make_homes, make_page, shut, translate
from tests.pages.reading import article, ids_are_unique, text_of, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def about():
    home = make_homes("en", "it")["ka"]
    return make_page(
        StandardPage,
        parent=home,
        slug="about",
        body=[
            {"type": "heading", "value": "ვინ ვართ"},
            {"type": "text", "value": "<p>ჩვენ ვმუშაობთ ხიდთან.</p>"},
            {"type": "passage", "value": {"language": "de", "text": "<p>Ein Satz.</p>"}},
        ],
    )


def test_a_page_shows_its_text_in_the_order_of_the_editor(client, about):
    page = article(client.get("/ka/about/"))
    text = text_of(page)
    assert text.index("ვინ ვართ") < text.index("ჩვენ ვმუშაობთ ხიდთან.") < text.index("Ein Satz.")
    assert [item.get("lang") for item in page.iter("div") if item.get("lang")] == ["de"]
    ids_are_unique(page)


def test_a_page_below_a_page_stands_in_the_path(client, about):
    make_page(StandardPage, parent=about, slug="team", title="ჯგუფი")
    path = next(
        item for item in tree(client.get("/ka/about/team/")).iter("nav") if item.get("class") == "crumbs"
    )
    assert [link.get("href") for link in path.iter("a")] == ["/ka/", "/ka/about/"]


@pytest.mark.parametrize("language", ["it", "en"])
def test_without_a_translation_the_page_keeps_its_language_and_says_so(client, about, language):
    response = client.get(f"/{language}/about/")
    page = article(response)
    assert (page.get("lang"), page.get("dir")) == ("ka", "ltr")
    assert any(meta.get("content") == "noindex" for meta in tree(response).iter("meta"))


def test_a_draft_is_no_page(client, about):
    draft(about)
    assert client.get("/ka/about/").status_code == 404


def test_a_shut_page_asks_for_its_password_and_shows_nothing(client, about):
    shut(about)
    response = client.get("/ka/about/")
    assert "ხიდთან" not in response.content.decode()
    assert "public" not in response.get("Cache-Control", "")


def test_a_translation_stands_at_the_same_path(client, about):
    translate(about, "en", title="About us")
    page = article(client.get("/en/about/"))
    assert [heading.text for heading in page.iter("h1")] == ["About us"]


def test_no_page_has_the_bar_of_wagtail(client, admin_client, about):
    for browser in (client, admin_client):
        page = browser.get("/ka/about/").content.decode()
        assert "wagtail-userbar" not in page
        assert "<script>" not in page


@pytest.mark.django_db(transaction=True)
def test_a_page_costs_no_more_than_fourteen_queries(client):
    home = make_homes("en")["ka"]
    section = make_page(SectionPage, parent=home, slug="more")
    make_page(StandardPage, parent=section, slug="text", body=[{"type": "text", "value": "<p>Text</p>"}])
    client.get("/ka/more/text/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ka/more/text/")
    assert len(queries) <= 14, [query["sql"][:60] + query["sql"][-60:] for query in queries]
