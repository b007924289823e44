import pytest
from django.urls import reverse

from cms.accounts.models import User
from cms.pages.models import NewsIndexPage, NewsPage
from tests.pages.factories import make_home, make_page
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    return make_page(NewsIndexPage, parent=make_home(), slug="news")


@pytest.fixture
def editor(client):
    return sign_in(client, User.objects.create_superuser("tamar@khidi.example", preferred_language="en"))


def add(editor, news, **fields):
    """Post the form of a new item with nothing but what is given."""
    streams = {f"{name}-count": "0" for name in ("body", "mentions", "related")}
    blank = {"title": "", "slug": "", "date": "2026-03-02", "category": "news", "comments-TOTAL_FORMS": "0"}
    forms = {"comments-INITIAL_FORMS": "0", "action-publish": "1"}
    address = reverse("wagtailadmin_pages:add", args=["cms_pages", "newspage", news.pk])
    return editor.post(address, streams | blank | forms | fields)


def test_a_georgian_title_makes_a_slug_in_latin_letters(editor, news):
    for _ in range(2):
        assert add(editor, news, title="შეხვედრა მეზობლებთან").status_code == 302
    slugs = list(NewsPage.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs == ["shekhvedra-mezoblebtan", "shekhvedra-mezoblebtan-2"]


def test_a_slug_that_somebody_entered_stays(editor, news):
    add(editor, news, title="შეხვედრა", slug="meeting")
    assert NewsPage.objects.get().slug == "meeting"


def test_a_title_without_a_letter_still_has_an_address(editor, news):
    add(editor, news, title="…")
    assert NewsPage.objects.get().slug == "page"


def test_a_page_made_by_code_gets_the_same_slug(news):
    page = news.add_child(instance=NewsPage(title="შეხვედრა მეზობლებთან"))
    assert page.slug == "shekhvedra-mezoblebtan"


def test_a_slug_in_other_letters_is_written_in_latin_ones(editor, news):
    add(editor, news, title="შეხვედრა", slug="ახალი-ამბავი")
    assert NewsPage.objects.get().slug == "akhali-ambavi"


def test_a_slug_is_taken_once(editor, news):
    add(editor, news, title="შეხვედრა", slug="meeting")
    response = add(editor, news, title="სხვა შეხვედრა", slug="meeting")
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors
