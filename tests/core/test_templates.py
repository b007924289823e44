"""The base of all pages, and the pages that say that something went wrong."""

from html import unescape

import html5lib
import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.utils import translation

from cms.urls import urlpatterns as product

LANGUAGES = ["ka", "it", "de", "en", "ar"]


def boom(request):
    raise RuntimeError("a secret path of the machine")


def forbidden(request):
    raise PermissionDenied("a secret reason")


def bad(request):
    raise BadRequest("a secret detail")


def posted(request):
    return HttpResponse()


urlpatterns = [
    *i18n_patterns(
        path("boom/", boom), path("forbidden/", forbidden), path("bad/", bad), path("posted/", posted)
    ),
    *product,
]


@pytest.fixture
def probe(settings, client):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


def page(response):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(response.content)
    assert parser.errors == []
    return tree


def assert_sound(response, language):
    tree = page(response)
    assert tree.get("lang") == language
    assert tree.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(list(tree.iter("h1"))) == 1
    assert len(list(tree.iter("main"))) == 1
    assert list(tree.iter("style")) == []
    scripts = [script.get("src") for script in tree.iter("script")]
    assert scripts == ["/static/core/look/look.js", "/static/core/look/filling.js"]
    for element in tree.iter():
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
    current = [link.get("lang") for link in tree.iter("a") if link.get("aria-current") == "true"]
    assert current == [language]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "status"), [("nothing", 404), ("forbidden", 403), ("bad", 400), ("boom", 500)]
)
@pytest.mark.expects_error_log("django.request")
def test_an_error_page_speaks_the_language_of_its_address(probe, language, name, status):
    response = probe.get(f"/{language}/{name}/")
    assert response.status_code == status
    assert_sound(response, language)
    assert b"secret" not in response.content


@pytest.mark.expects_error_log("django.request")
def test_a_broken_page_asks_no_database(probe, django_db_blocker):
    """Without the mark `django_db` every query is an error."""
    response = probe.get("/de/boom/")
    assert response.status_code == 500
    assert_sound(response, "de")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_cannot_be_checked_says_that_nothing_is_lost(settings, language):
    settings.ROOT_URLCONF = __name__
    response = Client(enforce_csrf_checks=True).post(f"/{language}/posted/")
    assert response.status_code == 403
    assert_sound(response, language)
    with translation.override(language):
        assert translation.gettext("The form could not be checked") in unescape(response.content.decode())


@pytest.mark.django_db
def test_languages_keep_the_page_and_speak_for_themselves(client):
    tree = page(client.get("/de/display/?next=/de/"))
    links = {link.get("hreflang"): link for link in tree.iter("a") if link.get("hreflang")}
    assert {code: (link.text, link.get("href"), link.get("dir")) for code, link in links.items()} == {
        "ka": ("ქართული", "/ka/display/?next=/de/", "ltr"),
        "it": ("Italiano", "/it/display/?next=/de/", "ltr"),
        "de": ("Deutsch", "/de/display/?next=/de/", "ltr"),
        "en": ("English", "/en/display/?next=/de/", "ltr"),
        "ar": ("العربية", "/ar/display/?next=/de/", "rtl"),
    }


@pytest.mark.django_db
def test_the_skip_link_is_first_and_finds_the_content(client):
    tree = page(client.get("/en/display/"))
    first = next(tree.iter("a"))
    assert first.get("href") == "#main"
    assert next(tree.iter("main")).get("id") == "main"


@pytest.mark.django_db
def test_a_title_tells_that_something_is_wrong(client):
    title = page(client.post("/en/display/", {"theme": "pink"})).find("head/title").text
    assert title.startswith("Error: How pages are shown ")
    assert title.endswith(" Office for Migration and Integration")


def test_a_confirmation_carries_its_reference_for_people_and_tools():
    markup = render_to_string(
        "components/done.html",
        {"title": "We have it", "reference": "MV-27-0042-K", "reference_label": "Your number is"},
    )
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(markup)
    assert [item.text for item in tree.iter() if item.get("data-reference") is not None] == ["MV-27-0042-K"]


def test_small_components_escape_what_they_show():
    for name in ("notice", "tag", "button", "back"):
        markup = render_to_string(f"components/{name}.html", {"text": "<b>", "label": "<b>", "url": '"><b>'})
        assert "<b>" not in markup
        assert "&lt;b&gt;" in markup
