"""What is kept is the same for everybody, and nothing else is kept."""

import importlib

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.db import OperationalError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.accounts.models import User
from cms.pages.cache import generation, middleware
from cms.pages.cache.generation import bump
from cms.pages.models import HomePage
from tests.pages.cache_site import SHARED
from tests.pages.factories import make_home, make_homes

PAGE = "/ka/page/"
SESSION = {"HTTP_COOKIE": f"{site.SESSION_COOKIE_NAME}=x"}


def was_kept(response):
    return "Cache-Status" in response.headers


def asked_for(probe, visitor, path=PAGE, **headers):
    """Ask twice, and tell how often the view was asked."""
    before = probe.asked
    for _time in range(2):
        visitor.get(path, **headers)
    return probe.asked - before


# --- What must never be kept ------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        SESSION,
        {"HTTP_COOKIE": f"{site.SESSION_COOKIE_NAME}="},
        {"HTTP_COOKIE": "messages=x"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
    ],
    ids=["session", "ended session", "message", "authorization"],
)
def test_a_personal_request_neither_fills_nor_reads_the_cache(site_of_one_view, visitor, headers):
    assert asked_for(site_of_one_view, visitor, **headers) == 2
    other = Client()
    assert [was_kept(other.get(PAGE)) for _time in range(2)] == [False, True]
    assert asked_for(site_of_one_view, visitor, **headers) == 2


@pytest.mark.parametrize(
    "cache_control", ["", "private", "no-store", "max-age=60", "public, private", "public, no-store"]
)
def test_a_response_that_does_not_say_so_is_not_kept(site_of_one_view, visitor, cache_control):
    site_of_one_view.answer = lambda _request: HttpResponse("x", headers={"Cache-Control": cache_control})
    assert asked_for(site_of_one_view, visitor) == 2


def answer_with_cookie(_request):
    response = HttpResponse("x", headers={"Cache-Control": SHARED})
    response.set_cookie("csrftoken", "of one visitor")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        answer_with_cookie,
        lambda _request: HttpResponse("x", headers={"Cache-Control": SHARED, "Set-Cookie": "a=b"}),
        lambda _request: HttpResponse("x", headers={"Cache-Control": SHARED, "Vary": "Cookie, User-Agent"}),
        lambda _request: HttpResponse("x", headers={"Cache-Control": SHARED, "Vary": "*"}),
        lambda _request: HttpResponse("x", headers={"Cache-Control": SHARED}, status=404),
        lambda _request: HttpResponse(status=302, headers={"Cache-Control": SHARED, "Location": "/"}),
        lambda _request: StreamingHttpResponse(["x"], headers={"Cache-Control": SHARED}),
        lambda _request: HttpResponse("x" * (middleware.LARGEST + 1), headers={"Cache-Control": SHARED}),
    ],
    ids=["cookie", "cookie by hand", "another header", "anything", "404", "redirect", "stream", "large"],
)
def test_a_response_that_is_not_the_same_for_all_is_not_kept(site_of_one_view, visitor, answer):
    site_of_one_view.answer = answer
    assert asked_for(site_of_one_view, visitor) == 2


@pytest.mark.expects_error_log("django.request")
def test_an_error_is_not_kept(site_of_one_view, visitor):
    site_of_one_view.answer = lambda _request: HttpResponse(
        "x", headers={"Cache-Control": SHARED}, status=500
    )
    assert asked_for(site_of_one_view, visitor) == 2


@pytest.mark.parametrize("path", ["/admin/", "/page/", "/other.txt"])
def test_an_address_without_language_is_not_kept(site_of_one_view, visitor, path):
    assert asked_for(site_of_one_view, visitor, path) == 2


@pytest.mark.parametrize(
    "query", ["?utm_source=x", "?next=/", "?page=2&x=1", f"?page={'1' * middleware.LONGEST_QUERY}"]
)
def test_what_no_list_asks_for_is_not_kept(site_of_one_view, visitor, query):
    assert asked_for(site_of_one_view, visitor, PAGE + query) == 2


@pytest.mark.parametrize("path", ["foo", "*", "ka", "http:"])
def test_a_path_without_a_slash_is_no_address_of_ours(site_of_one_view, visitor, path):
    # Servers pass on what stands in the first line of a request: "GET foo HTTP/1.1".
    assert visitor.get("/ka/page/", PATH_INFO=path).status_code == 404


def test_only_reading_is_answered_from_the_cache(site_of_one_view, visitor):
    asked_for(site_of_one_view, visitor)
    for method in (visitor.post, visitor.put, visitor.delete):
        assert not was_kept(method(PAGE))


def test_a_head_without_body_does_not_become_the_page(site_of_one_view, visitor):
    site_of_one_view.answer = lambda request: HttpResponse(
        "page" if request.method == "GET" else "", headers={"Cache-Control": SHARED}
    )
    visitor.head(PAGE)
    assert visitor.get(PAGE).content == b"page"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (PAGE, {"HTTP_HOST": "other.example"}),
        (PAGE, {"HTTP_HOST": "testserver:8443"}),
        (PAGE, {"SERVER_PORT": "8443"}),
        (PAGE, {"wsgi.url_scheme": "https"}),
        (PAGE, {"HTTP_COOKIE": "theme=dark"}),
        (PAGE, {"HTTP_COOKIE": "theme=light"}),
        (PAGE, {"HTTP_COOKIE": "mode=text"}),
        ("/it/page/", {}),
        (f"{PAGE}?page=2", {}),
        (f"{PAGE}?topic=2", {}),
    ],
)
def test_nobody_gets_the_page_of_another_place_language_or_look(site_of_one_view, visitor, path, headers):
    asked_for(site_of_one_view, visitor)
    first = visitor.get(path, **headers)
    assert not was_kept(first)
    assert was_kept(visitor.get(path, **headers))
    assert visitor.get(PAGE).content == b"1 /ka/page/"


def test_a_look_that_does_not_exist_is_the_plain_one(site_of_one_view, visitor):
    asked_for(site_of_one_view, visitor)
    assert was_kept(visitor.get(PAGE, HTTP_COOKIE="theme=<script>; mode=full; other=1"))


@pytest.mark.expects_error_log("django.security.DisallowedHost")
def test_a_host_that_is_not_ours_is_refused(site_of_one_view, visitor, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    asked_for(site_of_one_view, visitor)
    assert visitor.get(PAGE, HTTP_HOST="evil.example").status_code == 400


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_an_address_without_language_is_kept_for_each_language_it_may_speak(site_of_one_view, visitor, path):
    assert asked_for(site_of_one_view, visitor, path, HTTP_ACCEPT_LANGUAGE="it") == 1
    assert asked_for(site_of_one_view, visitor, path, HTTP_ACCEPT_LANGUAGE="de") == 1
    assert asked_for(site_of_one_view, visitor, path, HTTP_ACCEPT_LANGUAGE="de-AT, it;q=0.5") == 0


# --- Pages of Wagtail -------------------------------------------------------------------------


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_public_page_is_made_once_and_asks_nothing_afterwards(
    page_cache, visitor, django_assert_num_queries
):
    make_homes("en", "ar")
    assert not was_kept(visitor.get("/ka/"))
    with django_assert_num_queries(0):
        assert was_kept(visitor.get("/ka/"))


@pytest.mark.parametrize(
    "kind", [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS]
)
def test_a_restricted_page_is_not_kept_and_a_kept_one_is_forgotten(page_cache, visitor, kind):
    home = make_home()
    assert home.title in text_of(visitor.get("/ka/"))
    restriction = PageViewRestriction.objects.create(page=home, restriction_type=kind, password="secret")
    restriction.groups.set(Group.objects.all()[:1])
    for _time in range(2):
        response = visitor.get("/ka/")
        assert home.title not in response.content.decode()
        assert not was_kept(response)
    restriction.delete()
    assert home.title in text_of(visitor.get("/ka/"))


def test_who_knows_the_password_leaves_nothing_for_others(page_cache, visitor):
    home = make_home()
    restriction = PageViewRestriction.objects.create(
        page=home, restriction_type="password", password="secret"
    )
    session = SessionStore()
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()
    knows = {"HTTP_COOKIE": f"{site.SESSION_COOKIE_NAME}={session.session_key}"}
    assert home.title in text_of(visitor.get("/ka/", **knows))
    assert home.title not in visitor.get("/ka/").content.decode()


def test_a_preview_neither_fills_nor_reads_the_cache(page_cache, visitor):
    home = make_home()
    visitor.get("/ka/")
    home.title = "Draft"
    assert "Draft" in home.make_preview_request().content.decode()
    assert "Draft" not in text_of(visitor.get("/ka/"))
    bump()
    assert "Draft" in home.make_preview_request().content.decode()
    assert "Draft" not in text_of(visitor.get("/ka/"))


def test_a_draft_stays_out_until_it_is_published(page_cache, visitor):
    home = make_home()
    text_of(visitor.get("/ka/"))
    home.title = "Published at last"
    revision = home.save_revision()
    assert home.title not in text_of(visitor.get("/ka/"))
    assert was_kept(visitor.get("/ka/"))
    revision.publish()
    assert home.title in text_of(visitor.get("/ka/"))


def test_who_signs_in_gets_a_page_of_their_own(page_cache):
    make_home()
    browser = Client()
    browser.get("/ka/")
    assert was_kept(browser.get("/ka/"))
    browser.force_login(User.objects.create(email="a@khidi.example"))
    response = browser.get("/ka/")
    assert not was_kept(response)
    assert "private" in response["Cache-Control"]


def test_a_page_made_while_somebody_publishes_is_not_served_afterwards(site_of_one_view, visitor):
    def publish_meanwhile(request):
        response = site_of_one_view.shared(request)
        site_of_one_view.generation = 2
        return response

    site_of_one_view.answer = publish_meanwhile
    assert visitor.get(PAGE).content == b"1 /ka/page/"
    site_of_one_view.answer = site_of_one_view.shared
    assert visitor.get(PAGE).content == b"2 /ka/page/"
    assert visitor.get(PAGE).content == b"2 /ka/page/"


def test_made_up_addresses_are_not_remembered(page_cache, visitor, monkeypatch):
    make_home()
    visitor.get("/ka/")
    stored = []
    monkeypatch.setattr(caches["pages"], "set", lambda key, *_rest: stored.append(key))
    assert visitor.get("/ka/no/such/page/").status_code == 404
    assert stored == []


def test_a_page_withdrawn_behind_our_back_is_gone_although_its_place_is_remembered(page_cache, visitor):
    home = make_home()
    text_of(visitor.get("/ka/?x=1"))
    HomePage.objects.filter(pk=home.pk).update(live=False)
    assert visitor.get("/ka/?x=1").status_code == 404


# --- What is answered -------------------------------------------------------------------------


def test_the_order_of_filters_does_not_matter(site_of_one_view, visitor):
    asked_for(site_of_one_view, visitor, f"{PAGE}?topic=a&topic=b&page=2")
    assert was_kept(visitor.get(f"{PAGE}?page=2&topic=a&topic=b"))
    assert not was_kept(visitor.get(f"{PAGE}?page=2&topic=b&topic=a"))


def test_a_kept_answer_is_the_first_one_without_its_own_number(page_cache, visitor):
    make_home()
    first, kept = visitor.get("/ka/"), visitor.get("/ka/")
    assert kept.content == first.content
    own = {"X-Request-ID"}
    assert dict(kept.headers) == {
        **{name: value for name, value in first.headers.items() if name not in own},
        "Cache-Status": "khidi; hit",
    }
    assert "Content-Security-Policy" in kept.headers
    assert "Cookie" in kept["Vary"]
    assert {"max-age=0", "must-revalidate", "public"} == set(kept["Cache-Control"].split(", "))


def test_what_the_browser_has_is_not_sent_again(site_of_one_view, visitor):
    etag = visitor.get(PAGE)["ETag"]
    for known in (etag, f'"other", W/{etag}', "*"):
        response = visitor.get(PAGE, HTTP_IF_NONE_MATCH=known)
        assert (response.status_code, response.content) == (304, b"")
        assert (response["ETag"], response["Vary"]) == (etag, "Cookie")
    assert visitor.get(PAGE, HTTP_IF_NONE_MATCH='"other"').status_code == 200
    # The look changes the page, so it is sent, whatever the browser has.
    other = visitor.get(PAGE, HTTP_IF_NONE_MATCH=etag, HTTP_COOKIE="theme=dark")
    assert other.status_code == 200


def test_the_first_answer_may_be_known_too(site_of_one_view, visitor):
    site_of_one_view.answer = lambda _request: HttpResponse("same", headers={"Cache-Control": SHARED})
    etag = visitor.get(PAGE)["ETag"]
    site_of_one_view.generation = 2
    assert visitor.get(PAGE, HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_head_gets_the_headers_without_the_body(site_of_one_view, visitor):
    page = visitor.get(PAGE)
    head = visitor.head(PAGE)
    assert was_kept(head)
    assert (head.content, head["ETag"]) == (b"", page["ETag"])


def test_a_page_is_kept_for_a_minute(site_of_one_view, visitor, monkeypatch):
    asked_for(site_of_one_view, visitor)
    clock = importlib.import_module("django.core.cache.backends.locmem").time
    now = clock.time()
    monkeypatch.setattr(clock, "time", lambda: now + 59)
    assert was_kept(visitor.get(PAGE))
    monkeypatch.setattr(clock, "time", lambda: now + 61)
    assert not was_kept(visitor.get(PAGE))


@pytest.mark.parametrize("method", ["get", "set"])
def test_a_cache_that_fails_is_a_miss(site_of_one_view, visitor, monkeypatch, method, caplog):
    def fail(*_arguments, **_options):
        raise ConnectionResetError("secret")

    monkeypatch.setattr(caches["pages"], method, fail)
    assert asked_for(site_of_one_view, visitor) == 2
    assert "ConnectionResetError" in caplog.text
    assert "secret" not in caplog.text


def test_something_else_in_the_cache_is_a_miss(site_of_one_view, visitor, monkeypatch):
    monkeypatch.setattr(caches["pages"], "get", lambda _key: ("of", "an", "older", "release"))
    assert visitor.get(PAGE).content == b"1 /ka/page/"


def test_without_a_number_nothing_is_kept(site_of_one_view, visitor):
    site_of_one_view.generation = 0
    assert asked_for(site_of_one_view, visitor) == 2


def test_without_the_database_a_kept_page_is_still_answered(page_cache, visitor, monkeypatch):
    make_home()
    visitor.get("/ka/")

    def fail():
        raise OperationalError

    monkeypatch.setattr(generation._reader, "_read", fail)
    generation.forget()
    assert was_kept(visitor.get("/ka/"))


def test_it_can_be_switched_off(site_of_one_view, visitor, settings):
    settings.PAGE_CACHE = False
    assert asked_for(site_of_one_view, visitor) == 2


def test_it_stands_first():
    assert site.MIDDLEWARE[0] == "cms.pages.cache.middleware.PageCacheMiddleware"


def test_many_pages_do_not_push_out_the_counters_of_tries():
    caches["default"].set("allauth:tries", 3)
    for number in range(2 * site.CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"]):
        caches["pages"].set(f"page-{number}", b"x")
    assert caches["default"].get("allauth:tries") == 3
