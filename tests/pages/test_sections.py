"""Sections list what is below them, each kind with what its readers want to know first."""

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.core.partial import PartialDate
from cms.pages.models import (
    Audience,
    BodyPage,
    HubPage,
    OfficePage,
    Place,
    ProjectPage,
    SectionPage,
    ServicePage,
    StandardPage,
    Topic,
)
from tests.pages.factories import draft, make_homes, make_page, make_snippet, shut, translate

pytestmark = pytest.mark.django_db


def parsed(response):
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def words(node):
    return " ".join("".join(node.itertext()).split())


def entries(tree):
    lines = [line for line in tree.iter("li") if "entry" in (line.get("class") or "").split()]
    return {words(line.find(".//h3")): words(line) for line in lines}


@pytest.fixture
def section():
    home = make_homes("it", "en")["ka"]
    return make_page(SectionPage, parent=home, slug="all", letter="ც")


def test_children_stand_in_the_order_of_the_editors(client, section):
    pages = {title: make_page(StandardPage, parent=section, title=title) for title in "CAB"}
    assert list(entries(parsed(client.get("/ka/all/")))) == ["C", "A", "B"]
    pages["B"].move(pages["C"], pos="left")
    assert list(entries(parsed(client.get("/ka/all/")))) == ["B", "C", "A"]


def test_each_kind_says_what_matters(client, section):
    english = translate(section, "en", title="All")
    place = make_snippet(Place, "en", name="Old Town", slug="old-town")
    make_page(HubPage, parent=english, title="Hub", place=place, step_free="yes")
    make_page(ServicePage, parent=english, title="Free", cost="free")
    make_page(ServicePage, parent=english, title="Paused", cost="free", state="paused")
    make_page(ProjectPage, parent=english, title="Project", state="finished")
    make_page(OfficePage, parent=english, title="Office", as_of=PartialDate.parse("2023-11"))
    make_page(BodyPage, parent=english, title="Body", kind="round_table")
    lines = entries(parsed(client.get("/en/all/")))
    assert lines["Hub"].endswith("Old Town Step-free")
    assert lines["Free"].endswith("Free")
    assert lines["Paused"].endswith("Paused for a while")
    assert lines["Project"].endswith("Finished")
    assert lines["Office"].endswith("Information as of November 2023")
    assert lines["Body"].endswith("Round table")


@pytest.fixture
def services(section):
    families, all_people = (make_snippet(Audience, name=name, slug=name) for name in ("families", "all"))
    work = make_snippet(Topic, name="work", slug="work")
    make_page(ServicePage, parent=section, title="A", audiences=[families], topics=[work], languages=["ar"])
    make_page(
        ServicePage, parent=section, title="B", audiences=[families, all_people], languages=["uk", "ar"]
    )
    make_page(StandardPage, parent=section, title="C")
    return section


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["A", "B", "C"]),
        ("audience=families", ["A", "B"]),
        ("audience=all", ["B"]),
        ("topic=work", ["A"]),
        ("language=uk", ["B"]),
        ("audience=all&topic=work", []),
        ("audience=nobody", ["A", "B", "C"]),
        ("language=%00", ["A", "B", "C"]),
    ],
)
def test_services_are_narrowed(client, services, query, expected):
    assert list(entries(parsed(client.get(f"/ka/all/?{query}")))) == expected


def test_hubs_are_narrowed_by_place_and_language(client, section):
    batumi, rustavi = (make_snippet(Place, name=name, slug=name) for name in ("batumi", "rustavi"))
    make_page(HubPage, parent=section, title="A", place=batumi, languages=["ka", "tr"])
    make_page(HubPage, parent=section, title="B", place=rustavi, languages=["ka"])
    assert list(entries(parsed(client.get("/ka/all/?place=batumi")))) == ["A"]
    assert list(entries(parsed(client.get("/ka/all/?language=ka")))) == ["A", "B"]
    offered = [item.get("name") for item in parsed(client.get("/ka/all/")).iter("select")]
    assert offered == ["place", "language"]


def test_a_section_without_anything_to_tell_apart_has_no_filter(client, section):
    make_page(StandardPage, parent=section)
    assert list(parsed(client.get("/ka/all/")).iter("select")) == []


def test_an_unknown_choice_is_told(client, services):
    tree = parsed(client.get("/ka/all/?audience=nobody"))
    assert [item.get("id") for item in tree.iter("p") if item.get("class") == "error"] == [
        "id_audience_error"
    ]


def test_what_is_not_public_is_not_listed(client, section):
    draft(make_page(StandardPage, parent=section, title="Draft"))
    shut(make_page(StandardPage, parent=section, title="Shut"))
    assert entries(parsed(client.get("/ka/all/"))) == {}


def test_a_section_lists_translations_first_and_then_the_rest(client, section):
    make_page(StandardPage, parent=section, title="Only Georgian", slug="only")
    both = make_page(StandardPage, parent=section, title="Georgian", slug="both")
    translate(section, "it", title="Tutto")
    translate(both, "it", title="Italiano")
    lines = entries(parsed(client.get("/it/all/")))
    assert list(lines) == ["Italiano", "Only Georgian"]


def hubs(section, count):
    for _ in range(count):
        slug = f"place-{Place.objects.count()}"
        make_page(HubPage, parent=section, place=make_snippet(Place, name=slug, slug=slug))


@pytest.mark.django_db(transaction=True)
def test_a_section_asks_as_few_questions_for_many_as_for_few(client, services):
    counts = []
    for more in (2, 18):
        hubs(services, more)
        for _ in ("cold", "warm"):
            with CaptureQueriesContext(connection) as asked:
                client.get("/ka/all/")
            counts.append(len(asked))
    assert counts[2] <= counts[0]  # The first of all also looks for the site.
    assert counts[1] == counts[3] <= 14
