"""Lists of news, and lists in texts: order, filters, numbers, languages."""

import html5lib
import pytest
from django.test import override_settings

from cms.pages.models import NewsIndexPage, NewsPage, Place, SectionPage, StandardPage, Topic
from cms.pages.presenters.entries import initial
from cms.pages.presenters.lists import A_PAGE
from tests.pages.factories import draft, make_homes, make_page, make_snippet, shut, translate

pytestmark = pytest.mark.django_db


def parsed(response):
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def words(node):
    return " ".join("".join(node.itertext()).split())


def titles(tree):
    return [
        words(item)
        for line in tree.iter("li")
        if "entry" in (line.get("class") or "").split()
        for item in line.iter("h3")
    ]


def found(tree):
    return words(next(item for item in tree.iter("h2") if item.get("id") == "found"))


@pytest.fixture
def homes():
    return make_homes("it", "en", "ar")


@pytest.fixture
def news(homes):
    index = make_page(NewsIndexPage, parent=homes["ka"], slug="news")
    translate(index, "en", title="News")
    return index


@pytest.fixture
def tagged(news):
    """Three stories: work in Batumi, housing in Batumi, work without a place."""
    work, housing = (make_snippet(Topic, name=name, slug=name) for name in ("work", "housing"))
    adjara = make_snippet(Place, name="აჭარა", slug="adjara", kind="region")
    batumi = make_snippet(Place, name="ბათუმი", slug="batumi", part_of=adjara)
    make_snippet(Topic, name="unused", slug="unused")
    make_page(NewsPage, parent=news, title="A", date="2026-01-03", topics=[work], places=[batumi])
    make_page(NewsPage, parent=news, title="B", date="2026-01-02", topics=[housing], places=[batumi])
    make_page(NewsPage, parent=news, title="C", date="2026-01-01", topics=[work], category="workshop")
    return news


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["A", "B", "C"]),
        ("topic=work", ["A", "C"]),
        ("place=batumi", ["A", "B"]),
        ("category=workshop", ["C"]),
        ("topic=work&place=batumi", ["A"]),
        ("topic=housing&category=workshop", []),
        ("topic=&place=&category=", ["A", "B", "C"]),
    ],
)
def test_news_is_narrowed(client, tagged, query, expected):
    assert titles(parsed(client.get(f"/ka/news/?{query}"))) == expected


def test_news_of_a_part_is_news_of_the_whole(client, tagged):
    make_page(
        NewsPage, parent=tagged, title="D", date="2025-01-01", places=[Place.objects.get(slug="adjara")]
    )
    assert titles(parsed(client.get("/ka/news/?place=adjara"))) == ["A", "B", "D"]


def test_filters_offer_only_what_occurs(client, tagged):
    draft(make_page(NewsPage, parent=tagged, category="office"))
    shut(make_page(NewsPage, parent=tagged, topics=[Topic.objects.get(slug="unused")]))
    tree = parsed(client.get("/ka/news/"))
    offered = {
        item.get("name"): [option.get("value") for option in item.iter("option")]
        for item in tree.iter("select")
    }
    assert offered == {
        "topic": ["", "housing", "work"],
        "place": ["", "batumi"],
        "category": ["", "news", "workshop"],
    }


def test_filters_are_a_form_without_a_script_that_stays_in_its_language(client, tagged):
    tree = parsed(client.get("/en/news/?topic=work"))
    form = next(item for item in tree.iter("form") if item.get("class") == "filters")
    assert (form.get("method"), form.get("action")) == ("get", "/en/news/")
    chosen = [option.get("value") for option in form.iter("option") if option.get("selected") is not None]
    assert "work" in chosen
    details = next(item for item in tree.iter("details") if "no-print" in item.get("class"))
    assert details.get("open") is not None


@pytest.mark.parametrize(
    "wrong", ["topic=nothing", "place=%00", "category=<script>", "topic=" + "x" * 9_000, "topic=%ff"]
)
def test_an_unknown_filter_is_told_and_left_aside(client, tagged, wrong):
    response = client.get(
        f"/ka/news/?{wrong}&category=workshop" if "category" not in wrong else f"/ka/news/?{wrong}"
    )
    tree = parsed(response)
    assert [item for item in tree.iter("p") if item.get("class") == "error"]
    assert "C" in titles(tree)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("query", ["page=2", "topic=work", "topic=work&page=1", ""])
def test_what_is_asked_properly_is_shared(client, tagged, query):
    for number in range(A_PAGE):
        make_page(NewsPage, parent=tagged, title=str(number))
    assert "public" in client.get(f"/ka/news/?{query}")["Cache-Control"]


@pytest.mark.parametrize("query", ["topic=work&topic=housing", "colour=red", "topic=none", "utm_source=a"])
def test_made_up_queries_are_shared_with_nobody(client, tagged, query):
    assert "no-store" in client.get(f"/ka/news/?{query}")["Cache-Control"]
    assert "no-store" in client.get(f"/ka/?{query}")["Cache-Control"]


def test_nothing_found_says_what_to_do(client, tagged):
    tree = parsed(client.get("/ka/news/?topic=housing&category=workshop"))
    assert [
        link.get("href")
        for link in next(item for item in tree.iter("div") if item.get("class") == "notice").iter("a")
    ] == ["/ka/news/"]


def test_an_empty_section_is_no_error(client, news):
    tree = parsed(client.get("/ka/news/"))
    assert titles(tree) == []
    assert list(tree.iter("select")) == []


def test_ten_a_page_with_real_links(client, news):
    for number in range(2 * A_PAGE + 1):
        make_page(
            NewsPage, parent=news, title=f"N{number}", date=f"2026-01-{number + 1:02}", category="report"
        )
    first = parsed(client.get("/ka/news/?category=report"))
    assert titles(first) == [f"N{number}" for number in range(20, 10, -1)]
    links = {
        link.get("rel"): link.get("href") for link in first.iter("a") if link.get("rel") in {"next", "prev"}
    }
    assert links == {"next": "/ka/news/?category=report&page=2"}
    second = parsed(client.get("/ka/news/?category=report&page=2"))
    links = {
        link.get("rel"): link.get("href") for link in second.iter("a") if link.get("rel") in {"next", "prev"}
    }
    assert links == {"prev": "/ka/news/?category=report", "next": "/ka/news/?category=report&page=3"}
    assert titles(parsed(client.get("/ka/news/?page=3"))) == ["N0"]


@pytest.mark.parametrize(
    "number", ["0", "4", "-1", "x", "1.0", "", "٢", "²", "99999999999999999999", "%00", "last"]
)
def test_a_page_number_that_is_none_is_not_found(client, news, number):
    make_page(NewsPage, parent=news)
    assert client.get(f"/ka/news/?page={number}").status_code == 404


def test_an_entry_speaks_its_own_language(client, news):
    make_page(NewsPage, parent=news, slug="needs", title="საჭიროებები")
    both = make_page(NewsPage, parent=news, slug="both", title="ორივე", date="2026-05-01")
    translate(both, "en", title="Both")
    tree = parsed(client.get("/en/news/"))
    lines = {
        words(line.find(".//h3")): line for line in tree.iter("li") if "entry" in (line.get("class") or "")
    }
    assert lines.keys() == {"Both", "საჭიროებები"}
    assert lines["Both"].find(".//h3").get("lang") is None
    assert (
        lines["საჭიროებები"].find(".//h3").get("lang"),
        lines["საჭიროებები"].find(".//h3").get("dir"),
    ) == ("ka", "ltr")
    assert [link.get("href") for link in lines["საჭიროებები"].iter("a")] == ["/en/news/needs/"]
    assert "Georgian" in words(lines["საჭიროებები"])
    assert "English" not in words(lines["Both"])


def test_filters_are_named_in_the_readers_language(client, tagged):
    translate(Topic.objects.get(slug="work"), "en", name="Jobs")
    tree = parsed(client.get("/en/news/?topic=work"))
    options = {option.get("value"): words(option) for option in tree.iter("option")}
    assert (options["work"], options["housing"]) == ("Jobs", "housing")
    assert titles(tree) == ["A", "C"]


def test_drafts_and_shut_pages_are_not_listed(client, news):
    draft(make_page(NewsPage, parent=news, title="Draft"))
    shut(make_page(NewsPage, parent=news, title="Shut"))
    assert titles(parsed(client.get("/ka/news/"))) == []
    # Its draft in the reader's language does not hide the version that is published.
    story = make_page(NewsPage, parent=news, title="Told")
    draft(translate(story, "en", title="Untold"))
    assert titles(parsed(client.get("/en/news/"))) == ["Told"]


def test_the_feed_of_the_selection_is_offered(client, tagged):
    tree = parsed(client.get("/en/news/?topic=work"))
    feeds = [item.get("href") for item in tree.iter() if item.get("type") == "application/rss+xml"]
    assert feeds == ["/en/feeds/news.xml", "/en/feeds/news.xml?topic=work"]


@pytest.mark.django_db(transaction=True)
def test_the_list_asks_as_few_questions_for_many_as_for_few(client, tagged, django_assert_max_num_queries):
    client.get("/ka/news/?topic=work")
    with django_assert_max_num_queries(14) as few:
        client.get("/ka/news/?topic=work")
    work = Topic.objects.get(slug="work")
    for number in range(A_PAGE):
        make_page(NewsPage, parent=tagged, title=str(number), topics=[work], date=f"2026-02-{number + 1:02}")
    client.get("/ka/news/?topic=work")
    with django_assert_max_num_queries(14) as many:
        client.get("/ka/news/?topic=work")
    assert len(few) == len(many)


# --- Lists in texts -----------------------------------------------------------------------------


def listing(source, **fields):
    value = {
        "title": "List",
        "source": source.pk,
        "topic": None,
        "place": None,
        "count": 3,
        "layout": "entries",
    }
    return {"type": "listing", "value": value | fields}


def test_a_list_in_a_text_shows_the_newest_that_fit(client, tagged, homes):
    work = Topic.objects.get(slug="work")
    make_page(StandardPage, parent=homes["ka"], slug="about", body=[listing(tagged, topic=work.pk, count=1)])
    tree = parsed(client.get("/ka/about/"))
    assert titles(tree) == ["A"]
    assert "/ka/news/" in [link.get("href") for link in tree.iter("a")]


@pytest.mark.parametrize("layout", ["entries", "arches"])
def test_home_shows_lists_in_both_layouts(client, tagged, homes, layout):
    homes["ka"].lists = [listing(tagged, layout=layout)]
    homes["ka"].save_revision().publish()
    tree = parsed(client.get("/ka/"))
    shown = (
        titles(tree)
        if layout == "entries"
        else [
            words(item)
            for item in next(item for item in tree.iter("section") if item.get("class") == "listing").iter(
                "b"
            )
        ]
    )
    assert shown[:3] == ["A", "B", "C"]


def test_a_list_whose_source_is_gone_is_not_there(client, tagged, homes):
    make_page(StandardPage, parent=homes["ka"], slug="about", body=[listing(tagged)])
    draft(tagged)
    draft(NewsIndexPage.objects.get(locale__language_code="en"))
    assert [
        item for item in parsed(client.get("/ka/about/")).iter("section") if item.get("class") == "listing"
    ] == []
    NewsIndexPage.objects.get(pk=tagged.pk).delete()
    assert client.get("/ka/about/").status_code == 200


@override_settings(FALLBACK_LANGUAGES=["en"])
def test_a_list_of_a_section_keeps_the_order_of_its_editors(client, homes):
    section = make_page(SectionPage, parent=homes["ka"], slug="offices")
    for title in "CAB":
        make_page(SectionPage, parent=section, title=title)
    make_page(StandardPage, parent=homes["ka"], slug="about", body=[listing(section, count=2)])
    assert titles(parsed(client.get("/ka/about/"))) == ["C", "A"]


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("თერთმეტი კარი", "თ"),
        ("„ბათუმი“", "ბ"),
        ("Batumi", "ბ"),
        ("Übergang", "უ"),
        ("مركز", "მ"),
        ("1999", ""),
        ("", ""),
    ],
)
def test_an_arch_has_the_georgian_initial_of_any_title(title, letter):
    assert initial(title) == letter
