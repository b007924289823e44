"""Pages of events in other languages, in preparation, and named elsewhere."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from cms.events.enums import EventState
from cms.events.models import EventPage
from cms.pages.models import (
    NewsIndexPage,
    NewsPage,
)
from tests.events.factories import make_date, make_event, make_event_page
from tests.events.visiting import door, once, typed
from tests.pages.factories import draft, make_page, translate

pytestmark = pytest.mark.usefixtures("autumn")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def page_with(calendar, *, event=None, **fields):
    """Publish the page of an event with one date; return both."""
    occurrence = make_date(event, **fields)
    return make_event_page(calendar, occurrence.event), occurrence


# --- Languages ----------------------------------------------------------------------------------


def test_a_page_keeps_its_language_at_the_address_of_another(visitor, calendar):
    page, one = page_with(calendar)
    response = visitor.get(page.url.replace("/en/", "/ar/"))
    assertContains(response, '<article lang="en" dir="ltr">')
    assertContains(response, 'name="robots" content="noindex"')
    # The door is that of the reader, and so is the calendar file.
    assertContains(response, f'href="/ar/register/{one.event.code}/1/"')
    assertContains(response, f'href="/ar/calendar/{one.event.code}.ics"')


def test_translations_name_one_another_and_stand_in_the_sitemap(visitor, calendar):
    page, _one = page_with(calendar)
    translate(calendar, "ar", title="لقاءات")
    other = translate(page, "ar", title="لقاء")
    assertContains(visitor.get(other.url), 'hreflang="en"')
    for one in (page, other, calendar):
        assertContains(visitor.get("/sitemap.xml"), f"{one.url}<")


def free(response):
    """Return the numbers in what a page says of the seats of its one date."""
    date = text(response).partition('id="date-1"')[2]
    return re.findall(r"\d+", re.search('<span class="tag (?:good|warn)">(.*?)</span>', date)[1])


def test_four_pages_share_one_set_of_seats(visitor, homes, calendar):
    """Whoever registers through the page of one language leaves one seat less on all of them."""
    page, one = page_with(calendar, capacity=10)
    pages = {"en": page}
    for code in ("ka", "it", "de"):
        for above in (calendar,) if code in homes else (homes["en"], calendar):
            translate(above, code)
        pages[code] = translate(page, code)
    for taken, (code, its) in enumerate(pages.items(), start=1):
        to_the_door = door(one, language=code)
        assertContains(visitor.get(its.url), f'href="{to_the_door}"')
        browser = Client()
        check = browser.post(to_the_door, typed())["Location"]
        assert browser.post(check, once())["Location"].startswith(f"/{code}/")
        told = [free(visitor.get(other.url)) for other in pages.values()]
        assert [sorted(numbers, key=int) for numbers in told] == [[str(10 - taken), "10"]] * 4


# --- In preparation ---------------------------------------------------------------------------


def test_an_event_in_preparation_says_so_and_keeps_its_dates(visitor, calendar):
    page, _one = page_with(calendar, event=make_event(state=EventState.DRAFT))
    response = visitor.get(page.url)
    assertContains(response, "This event has not been announced yet.")
    assertNotContains(response, 'class="date"')
    assertNotContains(response, "/register/")


def test_a_preview_shows_a_page_that_is_not_saved_with_its_dates(calendar):
    one = make_date(make_event(state=EventState.DRAFT))
    page = EventPage(title="Meeting", slug="meeting", event=one.event, locale=calendar.locale)
    page.path, page.depth = f"{calendar.path}0001", calendar.depth + 1
    response = page.make_preview_request(preview_mode="")
    response.render()
    assertContains(response, "Not announced yet")
    assertContains(response, "<b>25</b>")
    assertNotContains(response, "/register/")


def test_an_event_without_dates_says_that_they_follow(visitor, calendar):
    page = make_event_page(calendar, make_event())
    assertContains(visitor.get(page.url), "The dates are not known yet")


# --- Elsewhere ----------------------------------------------------------------------------------


def test_news_may_belong_to_an_event(visitor, homes, calendar):
    page, _one = page_with(calendar)
    index = make_page(NewsIndexPage, parent=homes["en"], title="News")
    related = [{"type": "page", "value": page.pk}]
    story = make_page(NewsPage, parent=index, related=related, date=date(2030, 10, 30))
    assertContains(visitor.get(story.url), f'href="{page.url}"')
    draft(page)
    assertNotContains(visitor.get(story.url), f'href="{page.url}"')
