"""A story: when, where, who, and what it belongs to."""

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override

from cms.core.drawing import png
from cms.core.partial import PartialDate
from cms.pages.enums import PartyRole
from cms.pages.models import (
    NewsIndexPage,
    NewsPage,
    Picture,
    Place,
    ProjectPage,
    PublicOrganisation,
    PublicPerson,
    SectionPage,
    Topic,
)
from cms.pages.presenters.story import story
from tests.pages.factories import draft, make_homes, make_page, make_snippet, shut, translate

pytestmark = pytest.mark.django_db


def parsed(response):
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def words(node):
    return " ".join("".join(node.itertext()).split())


@pytest.fixture
def news():
    homes = make_homes("it", "en")
    index = make_page(NewsIndexPage, parent=homes["ka"], slug="news")
    translate(index, "it", title="Notizie")
    return index


@pytest.fixture
def full(news):
    """The meeting of 8 December 2020 with everything that a story can have."""
    topic = make_snippet(Topic, name="ინტეგრაცია", slug="integration")
    translate(topic, "it", name="Integrazione")
    place = make_snippet(Place, name="აჭარა", slug="adjara", kind="region")
    translate(place, "it", name="Agiaria")
    person = make_snippet(PublicPerson, name="გიორგი გოგიშვილი")
    translate(person, "it", name="Giorgi Gogishvili")
    centre = make_snippet(PublicOrganisation, name="მიგრაციის ცენტრი")
    translate(centre, "it", name="Centro per la migrazione")
    iom = make_snippet(PublicOrganisation, name="IOM", website="https://iom.example/")
    section = make_page(SectionPage, parent=news.get_parent(), slug="projects")
    project = make_page(ProjectPage, parent=section, slug="emerge", title="EMERGE")
    return make_page(
        NewsPage,
        parent=news,
        slug="needs",
        category="report",
        happens=PartialDate.parse("2020-12-08"),
        venue="ონლაინ",
        topics=[topic],
        places=[place],
        mentions=[
            {
                "type": "person",
                "value": {"person": person.pk, "function": "დირექტორი", "organisation": centre.pk},
            },
            {"type": "organisation", "value": {"organisation": iom.pk, "role": "implementer"}},
            {"type": "organisation", "value": {"organisation": centre.pk, "role": "partner"}},
        ],
        related=[{"type": "page", "value": project.pk}],
        source_name="IOM",
        source_link="https://iom.example/news",
        body=[{"type": "text", "value": "<p>შეხვედრა ონლაინ გაიმართა.</p>"}],
    )


def test_a_story_says_when_where_and_who(client, full):
    tree = parsed(client.get("/ka/news/needs/"))
    facts = {
        words(row.find("dt")): [words(item) for item in row.findall("dd")]
        for row in tree.iter("div")
        if row.find("dt") is not None
    }
    with override("ka"):
        assert facts[str(PartyRole.IMPLEMENTER.label)] == ["IOM"]
        assert facts[str(PartyRole.PARTNER.label)] == ["მიგრაციის ცენტრი"]
    assert facts["დირექტორი, მიგრაციის ცენტრი"] == ["გიორგი გოგიშვილი"]
    assert ["8 დეკემბერი 2020"] in facts.values()
    assert [item.get("datetime") for item in tree.iter("time")][1] == "2020-12-08"
    links = {words(link): link.get("href") for link in tree.iter("a")}
    assert links["ინტეგრაცია"] == "/ka/news/?topic=integration"
    assert links["აჭარა"] == "/ka/news/?place=adjara"
    assert links["EMERGE"] == "/ka/projects/emerge/"
    assert len(list(tree.iter("h1"))) == 1


def test_a_translation_names_lists_and_people_in_its_language(client, full):
    italian = translate(full, "it", title="Bisogni")
    tree = parsed(client.get("/it/news/needs/"))
    text = words(tree)
    assert "Integrazione" in text
    assert "Agiaria" in text
    assert "Giorgi Gogishvili" in text
    assert "Centro per la migrazione" in text
    links = {words(link): (link.get("href"), link.get("lang")) for link in tree.iter("a")}
    # The project has no Italian version: the link stays in the reader's part and names its language.
    assert links["EMERGE"] == ("/it/projects/emerge/", "ka")
    assert italian.language == "it"


def test_what_is_gone_leaves_no_trace(client, full):
    PublicPerson.objects.all().delete()
    PublicOrganisation.objects.all().delete()
    draft(ProjectPage.objects.get())
    tree = parsed(client.get("/ka/news/needs/"))
    assert "გოგიშვილი" not in words(tree)
    assert "EMERGE" not in words(tree)


def test_a_shut_project_is_not_named(client, full):
    shut(ProjectPage.objects.get())
    assert "EMERGE" not in words(parsed(client.get("/ka/news/needs/")))


def test_everything_written_is_escaped(client, news):
    evil = "<script>alert(1)</script>"
    person = make_snippet(PublicPerson, name=evil)
    make_page(
        NewsPage,
        parent=news,
        slug="evil",
        title=evil,
        lead=evil,
        venue=evil,
        source_name=evil,
        source_link='https://a.example/"><script>',
        topics=[make_snippet(Topic, name=evil, slug="evil")],
        mentions=[{"type": "person", "value": {"person": person.pk, "function": evil, "organisation": None}}],
    )
    tree = parsed(client.get("/ka/news/evil/"))
    assert [script.get("src") for script in tree.iter("script") if not script.get("src")] == []
    assert words(next(tree.iter("h1"))) == evil


def test_a_bare_story_has_a_drawing_and_no_empty_panel(client, news):
    make_page(NewsPage, parent=news, slug="bare", lead="")
    tree = parsed(client.get("/ka/news/bare/"))
    assert list(next(tree.iter("article")).iter("aside")) == []
    picture = next(item for item in tree.iter("div") if item.get("class") == "picture")
    assert next(iter(picture)).get("aria-hidden") == "true"


def test_a_picture_comes_in_sizes_with_its_words(client, news):
    picture = Picture.objects.create(
        title="Arches", file=ContentFile(png("arches"), "arches.png"), credit="Drawn by code"
    )
    make_page(
        NewsPage,
        parent=news,
        slug="seen",
        picture=picture,
        picture_text="თაღები",
        picture_caption="დახატულია",
    )
    tree = parsed(client.get("/ka/news/seen/"))
    image = next(item for item in tree.iter("img"))
    assert image.get("alt") == "თაღები"
    assert len(image.get("srcset").split(",")) >= 2
    assert (image.get("width"), image.get("height")) != (None, None)
    assert "Drawn by code" in words(next(tree.iter("figcaption")))


def test_more_on_this_shares_a_topic_and_is_published(news):
    work, language = (make_snippet(Topic, name=name, slug=name) for name in ("work", "language"))
    page = make_page(NewsPage, parent=news, topics=[work])
    newest = make_page(NewsPage, parent=news, topics=[work, language], date="2026-03-01", title="Newest")
    older = [make_page(NewsPage, parent=news, topics=[work], date=f"2025-0{month}-01") for month in (3, 2, 1)]
    make_page(NewsPage, parent=news, topics=[language])
    draft(make_page(NewsPage, parent=news, topics=[work]))
    shut(make_page(NewsPage, parent=news, topics=[work]))
    titles = [line.link.url for line in story(page, "ka").more]
    assert titles == [newest.get_url(), older[0].get_url(), older[1].get_url()]


def test_more_on_this_is_told_in_the_readers_language(news):
    work = make_snippet(Topic, name="შრომა", slug="work")
    page = make_page(NewsPage, parent=news, topics=[work])
    other = make_page(NewsPage, parent=news, topics=[work], slug="other")
    translate(other, "it", title="Altro")
    assert [(line.link.label, line.link.url) for line in story(page, "it").more] == [
        ("Altro", "/it/news/other/")
    ]


@pytest.mark.django_db(transaction=True)
def test_a_full_story_asks_few_questions(client, full, django_assert_max_num_queries):
    picture = Picture.objects.create(title="Arches", file=ContentFile(png("arches"), "arches.png"))
    full.picture, full.picture_text = picture, "თაღები"
    full.save_revision().publish()
    make_page(NewsPage, parent=full.get_parent(), topics=list(full.topics.all()))
    client.get("/ka/news/needs/")
    with django_assert_max_num_queries(14):
        client.get("/ka/news/needs/")


@pytest.mark.parametrize("saved", [True, False])
def test_an_editor_sees_a_story_before_it_is_published(full, saved):
    """What is typed and not saved is shown, and nothing of it is kept for readers."""
    story_page = full if saved else NewsPage(title="New", slug="new", locale=full.locale)
    if not saved:
        full.get_parent().specific.add_child(instance=story_page)
        story_page.unpublish()
    story_page.title = "Typed"
    story_page.topics = [make_snippet(Topic, name="აკრეფილი", slug="typed")]
    response = story_page.make_preview_request()
    response.render() if hasattr(response, "render") else None
    assert "Typed" in response.content.decode()
    assert "აკრეფილი" in response.content.decode()
