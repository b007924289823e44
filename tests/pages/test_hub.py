"""The page of a service hub."""

from datetime import UTC, datetime

import pytest

from tests.pages.factories import translate
from tests.pages.places import exception, make_hours, make_hub, make_section, make_service
from tests.pages.reading import article, ids_are_unique, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(stopped_clock):
    stopped_clock.set(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


def opened(client, page, language="en"):
    return article(client.get(f"/{language}/hubs/{page.slug}/"))


def hub_in_english(**fields):
    hub = make_hub(make_section("en", "ar", slug="hubs"), **fields)
    translate(hub, "en")
    return hub


def tags(element):
    found = [item for item in element.iter("span") if "tag" in (item.get("class") or "").split()]
    return [(item.get("class"), text_of(item)) for item in found]


def said(element):
    return " ".join(text_of(element).split())


def meta(page):
    return next(item for item in page.iter("p") if item.get("class") == "meta")


def names(element):
    return {item.get("aria-labelledby") for item in element.iter()} - {None}


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        # Monday; Georgia is four hours ahead.
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), "Closed now Opens again: tomorrow, 9:00–12:00"),
        (datetime(2026, 3, 3, 4, 59, tzinfo=UTC), "Closed now Opens again: today, 9:00–12:00"),
        (datetime(2026, 3, 3, 5, 0, tzinfo=UTC), "Open now, until 12:00"),
        (datetime(2026, 3, 3, 7, 59, tzinfo=UTC), "Open now, until 12:00"),
        (datetime(2026, 3, 3, 8, 0, tzinfo=UTC), "Closed now Opens again: Thursday, 9:00–12:00"),
        (datetime(2026, 3, 5, 8, 30, tzinfo=UTC), "Closed now Opens again: today, 14:00–17:00"),
        (datetime(2026, 3, 5, 20, 30, tzinfo=UTC), "Closed now Opens again: Tuesday, 9:00–12:00"),
    ],
)
def test_it_says_whether_somebody_is_there(client, stopped_clock, moment, shown):
    hub = hub_in_english()
    stopped_clock.set(moment)
    assert said(meta(opened(client, hub))).startswith(shown)


def test_a_holiday_is_no_opening(client, stopped_clock):
    hub = hub_in_english(hours=make_hours(exception("2026-03-03", "2026-03-12", "Move")))
    stopped_clock.set(datetime(2026, 3, 3, 6, 0, tzinfo=UTC))
    shown = said(meta(opened(client, hub)))
    assert shown.startswith("Closed now Opens again: Tuesday, 17 March 2026, 9:00–12:00")


def test_without_hours_nothing_is_said_of_them(client):
    hub = hub_in_english(hours=None)
    page = opened(client, hub)
    assert "hours" not in names(page)
    assert [label for _kind, label in tags(meta(page))] == ["Step-free with our help: ring before you come"]


def test_hours_without_any_time_show_their_note_alone(client):
    hub = hub_in_english(hours=make_hours(times=[], note="ახლა დახურულია"))
    page = opened(client, hub)
    assert list(page.iter("table")) == []
    assert "ახლა დახურულია" in text_of(page)
    assert len(tags(meta(page))) == 1


@pytest.mark.parametrize(("code", "shape"), [("yes", "tag good"), ("help", "tag warn"), ("no", "tag plain")])
def test_access_is_a_word_with_a_shape(client, code, shape):
    hub = hub_in_english(step_free=code)
    assert tags(meta(opened(client, hub)))[-1][0] == shape


def test_a_map_is_a_link_that_nothing_loads(client):
    page = opened(client, hub_in_english())
    link = next(link for link in page.iter("a") if "openstreetmap" in link.get("href"))
    assert "mlat=41.64228" in link.get("href")
    assert link.get("rel") == "external noopener"
    assert [item.tag for item in page.iter() if item.tag in {"iframe", "img", "script"}] == []


def test_without_a_position_there_is_no_map(client):
    page = opened(client, hub_in_english(latitude=None, longitude=None))
    assert [link for link in page.iter("a") if "openstreetmap" in link.get("href")] == []


def test_it_speaks_languages_named_in_the_language_of_the_page(client):
    page = opened(client, hub_in_english())
    spoken = next(item for item in page.iter("ul") if "spoken" in (item.get("class") or ""))
    assert [item.text for item in spoken] == ["Georgian", "Arabic", "Tigrinya"]


def test_its_place_stands_in_the_language_of_the_page(client):
    hub = hub_in_english()
    translate(hub.place, "en", name="Zelvara")
    assert "Zelvara" in text_of(next(opened(client, hub).iter("address")))


def test_shown_without_a_translation_it_keeps_its_language(client):
    hub = hub_in_english()
    response = client.get(f"/ar/hubs/{hub.slug}/")
    page = article(response)
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert "Opens again" in text_of(page)


def test_services_are_offered(client):
    hub = hub_in_english()
    section = hub.get_parent()
    service = make_service(section, hub, state="paused")
    page = opened(client, hub)
    assert f"/en/hubs/{service.slug}/" in {link.get("href") for link in page.iter("a")}
    ids_are_unique(page)


@pytest.mark.django_db(transaction=True)
def test_a_hub_asks_few_questions(client, django_assert_max_num_queries):
    hub = hub_in_english()
    for _ in range(3):
        make_service(hub.get_parent(), hub)
    opened(client, hub)
    with django_assert_max_num_queries(14) as asked:
        opened(client, hub)
    assert len(asked) <= 9
