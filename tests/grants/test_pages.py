"""What readers see of calls, at which hour, and from which cache."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from cms.core import clock
from cms.grants.enums import CallState
from cms.grants.models import Call, CallPage
from cms.pages.cache import middleware
from cms.pages.models import Contact
from tests.forms.factories import make_call, make_form
from tests.grants.factories import make_call_page, make_index
from tests.pages.factories import draft, make_homes, make_snippet, shut, translate

INSTANT = timedelta(microseconds=1)


def text(response):
    return response.content.decode()


# --- One call -----------------------------------------------------------------------------------


def test_a_call_tells_deadline_amounts_and_rules(visitor, index):
    call = make_call(minimum=Decimal(500), maximum=Decimal(1000), budget=Decimal(20000))
    contact = make_snippet(Contact, label="სამსახური", phone="+995 32 212 34 56")
    page = make_call_page(index, call, contact=contact)
    response = visitor.get(page.url)
    assertContains(response, "30.11.2026")
    assertContains(response, "18:00")
    assertContains(response, "500–1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€")
    assertContains(response, 'class="ask"')
    assertContains(response, 'class="no"')
    assertContains(response, "+995 32 212 34 56")
    assertContains(response, f'href="/ka/apply/{call.code}/"')
    assertContains(response, f'href="/ka/apply/{call.code}/questions/"')


@pytest.mark.parametrize("state", [CallState.DRAFT, CallState.CLOSED])
def test_a_call_that_is_not_open_has_no_button(visitor, index, state):
    page = make_call_page(index, make_call(state=state))
    response = visitor.get(page.url)
    assert response.status_code == 200
    assertNotContains(response, 'class="button"')


def test_a_form_that_nobody_has_published_has_no_button(visitor, index):
    form = make_form()
    form.current = None
    form.save()
    response = visitor.get(make_call_page(index, make_call(form=form)).url)
    assertNotContains(response, "/apply/")


def test_the_hour_decides_to_the_microsecond(visitor, index):
    call = make_call(grace_seconds=300)
    page = make_call_page(index, call)
    with clock.stopped(call.closes_at):
        assertContains(visitor.get(page.url), 'class="button"')
    with clock.stopped(call.closes_at + INSTANT):
        assertNotContains(visitor.get(page.url), 'class="button"')
    with clock.stopped(call.opens_at - INSTANT):
        assertNotContains(visitor.get(page.url), 'class="button"')


def test_a_page_keeps_its_language_at_the_address_of_another(visitor, index):
    make_index_page = make_call_page(index)
    response = visitor.get(make_index_page.url.replace("/ka/", "/ar/"))
    assertContains(response, '<article lang="ka" dir="ltr">')
    assertContains(response, 'name="robots" content="noindex"')
    # The door is that of the reader.
    assertContains(response, f'href="/ar/apply/{make_index_page.call.code}/"')


def test_translations_name_one_another_and_stand_in_the_sitemap(visitor, index, homes):
    page = make_call_page(index)
    translate(index, "en", title="Grants")
    other = translate(page, "en", title="Fund for communities")
    assertContains(visitor.get(other.url), 'hreflang="ka"')
    assertContains(visitor.get("/sitemap.xml"), f"{page.url}<")
    assertContains(visitor.get("/sitemap.xml"), f"{other.url}<")


def test_a_preview_shows_a_page_that_is_not_saved(index, rf, settings):
    page = CallPage(title="Fund", slug="fund", call=make_call(), locale=index.locale)
    page.path, page.depth = f"{index.path}0001", index.depth + 1
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200


# --- The titles that the call keeps --------------------------------------------------------------


def test_a_call_is_named_as_its_pages_name_it(index, homes):
    page = make_call_page(index, title="ფონდი")
    translate(index, "en", title="Grants")
    translate(page, "en", title="The fund")
    call = Call.objects.get()
    assert call.titles == {"ka": "ფონდი", "en": "The fund"}
    draft(page)
    call.refresh_from_db()
    assert call.titles == {"en": "The fund"}
    CallPage.objects.get(title="The fund").delete()
    call.refresh_from_db()
    assert call.titles == {}
    assert call.title == call.name


# --- The list -----------------------------------------------------------------------------------


def test_open_calls_come_first_then_those_to_come_then_those_that_are_over(visitor, index):
    def page(title, **fields):
        return make_call_page(index, make_call(**fields), title=title)

    when = lambda month, day: datetime(2026, month, day, 9, 0)  # noqa: DTZ001, E731 - wall times
    page("over", closes_wall=when(11, 1))
    page("ahead", opens_wall=when(12, 1), closes_wall=when(12, 24))
    page("rolling", closes_wall=None)
    page("later", closes_wall=when(12, 20))
    page("sooner", closes_wall=when(11, 25))
    page("prepared", state=CallState.DRAFT)
    page("stopped", state=CallState.CLOSED)
    shut(page("secret"))
    shown = text(visitor.get(index.url))
    order = ["sooner", "later", "rolling", "ahead", "stopped", "over"]
    places = [shown.index(f">{title}<") for title in order]
    assert places == sorted(places)
    assert ">prepared<" not in shown
    assert ">secret<" not in shown


def test_a_call_stands_in_the_list_once_in_the_best_language(visitor, index):
    page = make_call_page(index, title="ფონდი")
    translate(index, "en", title="Grants")
    translate(page, "en", title="The fund")
    only = make_call_page(index, title="მხოლოდ ქართულად")
    shown = text(visitor.get("/en/grants/"))
    assert shown.count("The fund</a>") == 1
    assert "ფონდი</a>" not in shown
    assert f'lang="ka" dir="ltr"><a href="{only.url.replace("/ka/", "/en/")}"' in shown


def test_an_empty_list_says_so(visitor, index):
    assertContains(visitor.get(index.url), 'class="notice"')


def test_what_an_editor_types_is_escaped(visitor, index):
    evil = "<script>alert(1)</script>"
    rules = [{"type": "rule", "value": {"fit": "no", "text": evil}}]
    page = make_call_page(index, title=evil, rules=rules)
    for address in (page.url, index.url, reverse("grants:start", args=[page.call.code])):
        shown = text(visitor.get(address))
        assert evil not in shown
        assert escape(evil) in shown


# --- The page cache -----------------------------------------------------------------------------


@pytest.fixture
def cached_page(page_cache):
    """Publish the page of a call on a site that keeps pages."""
    with clock.stopped(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)):
        return make_call_page(make_index(make_homes()["ka"]))


def hit(response):
    return response.headers.get("Cache-Status") == "khidi; hit"


def test_a_changed_call_is_seen_at_once_on_pages_that_were_kept(visitor, cached_page):
    with clock.stopped(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)):
        visitor.get(cached_page.url)
        kept = visitor.get(cached_page.url)
        assert hit(kept)
        assertContains(kept, "30.11.2026")
        call = cached_page.call
        call.closes_wall = datetime(2026, 12, 7, 18, 0)  # noqa: DTZ001 - a wall time
        call.save()
        changed = visitor.get(cached_page.url)
        assert not hit(changed)
        assertContains(changed, "07.12.2026")
        index_url = cached_page.get_parent().url
        visitor.get(index_url)
        call.state = CallState.CLOSED
        call.save()
        assert not hit(visitor.get(index_url))


@pytest.mark.parametrize("which", ["page", "list"])
def test_no_page_is_kept_past_the_hour_at_which_it_says_something_else(
    visitor, cached_page, monkeypatch, which
):
    url = cached_page.url if which == "page" else cached_page.get_parent().url
    kept_for = []
    cache = caches["pages"]
    set_ = cache.set

    def noted(key, value, seconds):
        if "furniture" not in key:
            kept_for.append(seconds)
        set_(key, value, seconds)

    monkeypatch.setattr(type(cache), "set", lambda _self, key, value, seconds: noted(key, value, seconds))
    edge = cached_page.call.closes_at
    for before in (3600, 30, 1.5, 0.5, 0):
        with clock.stopped(edge - timedelta(seconds=before)):
            cache.clear()
            assertContains(visitor.get(url), 'class="tag good"')
    assert kept_for == [60, 30, 1, 0, 0]
    cache.clear()
    with clock.stopped(edge + INSTANT):
        assertNotContains(visitor.get(url), 'class="tag good"')
    assert kept_for[-1] == 60


def test_what_was_made_before_the_hour_and_comes_after_it_is_not_kept(cached_page):
    edge = cached_page.call.closes_at

    class Response:
        changes_at = edge

    with clock.stopped(edge + timedelta(seconds=2)):
        assert middleware.lasts(Response) == 0
    with clock.stopped(edge - timedelta(days=2)):
        assert middleware.lasts(Response) == 60


def test_pages_cost_few_queries_when_they_are_made_anew(visitor, cached_page, django_assert_max_num_queries):
    """Furniture is remembered as on any site in use; a query that no list asks for is never kept."""
    contact = make_snippet(Contact, label="სამსახური", phone="+995 32 212 34 56")
    cached_page.contact = contact
    cached_page.save()
    for url in (cached_page.url, cached_page.get_parent().url):
        visitor.get(f"{url}?anew=1")
        with django_assert_max_num_queries(14):
            visitor.get(f"{url}?anew=2")
