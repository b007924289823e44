"""The page of a service."""

from datetime import UTC, datetime

import pytest

from cms.pages.models import Audience
from tests.pages.factories import draft, make_snippet, shut, translate
from tests.pages.places import make_contact, make_hub, make_office, make_section, make_service
from tests.pages.reading import article, ids_are_unique, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday_at_ten(stopped_clock):
    stopped_clock.set(datetime(2026, 3, 3, 6, 0, tzinfo=UTC))


def opened(client, page, language="ka"):
    return article(client.get(f"/{language}/services/{page.slug}/"))


def section():
    return make_section("en", "ar", slug="services")


def names(element):
    return {item.get("aria-labelledby") for item in element.iter()} - {None}


def part(element, name):
    return next(item for item in element.iter() if item.get("aria-labelledby") == name)


BARE = {
    "topics": [],
    "audiences": [],
    "conditions": "",
    "cost_note": "",
    "languages": [],
    "interpreter": False,
    "steps": [],
    "bring": [],
    "contact": None,
}


def test_a_service_of_which_little_is_known_shows_no_empty_heading(client):
    assert names(opened(client, make_service(section(), **BARE))) == {"short"}


def test_what_editors_write_is_escaped(client):
    bad = "<script>alert(1)</script>"
    fields = {"conditions": bad, "cost_note": bad, "contact": make_contact(label=bad)}
    streams = {"steps": [{"type": "step", "value": bad}], "bring": [{"type": "thing", "value": bad}]}
    assert list(opened(client, make_service(section(), **fields, **streams)).iter("script")) == []


@pytest.mark.parametrize("hidden", [draft, shut])
def test_a_place_that_nobody_may_see_is_not_named(client, hidden):
    top = section()
    hub = make_hub(top, title="საიდუმლო")
    service = make_service(top, hub)
    hidden(hub)
    page = opened(client, service)
    assert "where" not in names(page)
    assert "საიდუმლო" not in text_of(page)


def test_a_place_that_was_deleted_leaves_no_hole(client):
    top = section()
    hub = make_hub(top)
    service = make_service(top, hub)
    hub.delete()
    assert "where" not in names(opened(client, service))


@pytest.mark.parametrize(
    ("state", "shape", "notice"),
    [
        ("available", None, None),
        ("paused", "notice warn", "for a while"),
        ("planned", "notice", "still preparing"),
        ("ended", "notice warn", "no longer"),
    ],
)
def test_a_service_that_cannot_be_had_says_so(client, state, shape, notice):
    service = make_service(section(), state=state)
    translate(service, "en")
    found = [
        item for item in opened(client, service, "en").iter("div") if "notice" in (item.get("class") or "")
    ]
    assert [item.get("class") for item in found] == ([shape] if shape else [])
    assert all(notice in text_of(item) for item in found)


def test_it_answers_the_questions_that_people_ask(client):
    page = opened(client, make_service(section()))
    assert {"whom", "steps", "bring", "short", "contact"} <= names(page)
    assert [item.text for item in part(page, "steps").findall("ol/li")] == ["დარეკეთ", "მოდით"]
    assert [item.text for item in part(page, "bring").findall("ul/li")] == ["წერილი"]
    ids_are_unique(page)


def test_places_come_in_the_order_of_the_editor_with_what_holds_now(client):
    top = section()
    office, hub = make_office(top), make_hub(top)
    service = make_service(top, hub, office)
    translate(service, "en")
    translate(hub, "en", title="The hub at the market")
    where = part(opened(client, service, "en"), "where")
    assert [link.get("href") for link in where.iter("a")] == ["/en/services/bazari/", "/en/services/dresden/"]
    assert [title.get("lang") for title in where.iter("h3")] == [None, "ka"]
    assert text_of(where).count("Open now, until 12:00") == 2


def test_links_to_places_stay_with_a_reader_of_another_language(client):
    top = section()
    service = make_service(top, make_hub(top))
    where = part(opened(client, service, "it"), "where")
    assert [link.get("href") for link in where.iter("a")] == ["/it/services/bazari/"]


def test_audiences_stand_in_the_language_of_the_page(client):
    families = make_snippet(Audience, name="ოჯახი", slug="family")
    translate(families, "en", name="Families")
    service = make_service(section(), audiences=[families])
    translate(service, "en")
    assert "Families" in text_of(part(opened(client, service, "en"), "whom"))


@pytest.mark.django_db(transaction=True)
def test_a_service_asks_few_questions(client, django_assert_max_num_queries):
    top = section()
    service = make_service(top, make_hub(top), make_office(top))
    translate(service, "en")
    opened(client, service)
    with django_assert_max_num_queries(14) as asked:
        opened(client, service)
    assert len(asked) <= 9
