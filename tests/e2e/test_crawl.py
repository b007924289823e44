"""Every page of the demonstration, as somebody finds it who follows every link."""

import shutil

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from wagtail.models import Page

from cms.demo.seed.content import load, page_key
from tests.e2e.crawl import HOST, Crawl, Look

pytestmark = pytest.mark.usefixtures("seeded")

LANGUAGES = list(dict(settings.LANGUAGES))
SOUND = '<!doctype html><html lang="ka" dir="ltr"><title>News – Khidi</title><h1>News</h1>{}</html>'


@pytest.fixture(scope="module")
def crawl(seeded, django_db_blocker, tmp_path_factory):
    """Crawl once; the tests look at what was found."""
    media = shutil.copytree(seeded, tmp_path_factory.mktemp("crawl") / "media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(media)):
        found = Crawl(Client(raise_request_exception=False, REMOTE_ADDR="127.0.0.1"))
        found.start("/sitemap.xml", "/")
        for language in LANGUAGES:
            found.start(f"/{language}/", "/")
        found.run()
    return found


def test_nothing_is_broken_anywhere(crawl):
    assert crawl.problems == []


def test_every_page_is_found_at_every_language(crawl):
    """Also where there is no translation: the page is then shown in another language."""
    found = {address.rstrip("/").rpartition("/")[::2] for address in crawl.pages if "?" not in address}
    slugs = {item.code for item in load().pages if item.parent}
    for language in LANGUAGES:
        assert slugs <= {slug for path, slug in found if path.startswith(f"/{language}")}


def test_every_type_of_page_is_found(crawl):
    assert crawl.types == {item.kind for item in load().pages}


DOORS = ["grants/", "grants/associations-fund/", "apply/MV/", "apply/MV/questions/", "apply/KT/", "my/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_and_their_doors_are_found(crawl, language):
    found = {address.partition("?")[0] for address in crawl.pages}
    assert {f"/{language}/{door}" for door in DOORS} <= found


def test_titles_tell_pages_apart(crawl):
    shared = {title: paths for title, paths in crawl.titles.items() if len(paths) > 1}
    assert shared == {}


def test_no_type_of_page_makes_a_browser_ask_another_host(visitor):
    """What a visitor's window complains of fails when it is closed."""
    someone = visitor()
    one_of_each = {item.kind: page_key(item.code) for item in load().pages}
    for key in one_of_each.values():
        page = Page.objects.get(translation_key=key, locale__language_code="ka")
        someone.open(page.url).wait_for_load_state("networkidle")


# --- The crawl can fail -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<h1>Twice</h1>", "has 2 h1"),
        ("<p style='color: red'>x</p>", "<p> has an inline style or script"),
        ("<p onclick='x()'>x</p>", "<p> has an inline style or script"),
        ("<script>x()</script>", "has an inline script"),
        ("<script src='https://cdn.example/x.js'></script>", "from another host"),
        ("<img src='//cdn.example/x.png' alt=''>", "from another host"),
        ("<img srcset='/static/x.png 1x' alt=''>", "loads /static/x.png, which is missing"),
        ("<link rel='stylesheet' href='/static/missing.css'>", "which is missing"),
        ("<img src='/media/missing.png' alt=''>", "which is missing"),
        ("<p id='a'>x</p><p id='a'>y</p>", "has ids twice: a"),
        ("<a href='/ka/x/'> </a>", "has a link without text to /ka/x/"),
        ("<a href='#nowhere'>x</a>", "leads to #nowhere"),
        ("<p>ᲮᲘᲓᲘ</p>", "shows Mtavruli letters"),
        ("<p><div></p>", "is no valid HTML"),
    ],
)
def test_a_fault_is_found(body, complaint):
    crawl = Crawl(client=None)
    Look(crawl, "/ka/x/", HttpResponse(SOUND.format(body))).check()
    assert any(complaint in problem for problem in crawl.problems), crawl.problems


@pytest.mark.parametrize(("address", "complaint"), [("/ar/x/", "html says"), ("/it/x/", "html says")])
def test_a_wrong_language_is_found(address, complaint):
    crawl = Crawl(client=None)
    Look(crawl, address, HttpResponse(SOUND.format(""))).check()
    assert complaint in crawl.problems[0]


def test_a_sound_page_has_no_faults():
    crawl = Crawl(client=None)
    body = f"<a href='{HOST}/ka/'>x</a><a href='https://elsewhere.example/'>x</a>"
    Look(crawl, "/ka/x/", HttpResponse(SOUND.format(body))).check()
    assert crawl.problems == []
    assert crawl.outward == {"https://elsewhere.example/"}


@pytest.mark.django_db
def test_a_broken_link_is_found():
    crawl = Crawl(Client())
    crawl.start("/ka/no-such-page/", "/ka/")
    crawl.run()
    assert crawl.problems == ["/ka/: a link to /ka/no-such-page/ answers 404 "]
