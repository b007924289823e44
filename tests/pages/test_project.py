from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import ReferenceIndex

from cms.core import clock
from cms.core.partial import PartialDate
from cms.pages.blocks.project import PhaseBlock
from cms.pages.models import (
    Contact,
    NewsIndexPage,
    NewsPage,
    Place,
    ProjectPage,
    PublicOrganisation,
    SectionPage,
    Topic,
)
from cms.pages.presenters import project as shown
from tests.pages.factories import draft, make_homes, make_page, make_snippet, shut, translate
from tests.pages.reading import article, ids_are_unique, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def phase(title, begins, ends=""):
    return {"type": "phase", "value": {"title": title, "begins": begins, "ends": ends, "text": ""}}


def indicator(name, target, result=None):
    return {"type": "indicator", "value": {"name": name, "target": target, "result": result}}


def funder(organisation, share=None, words=""):
    return {
        "type": "funder",
        "value": {"organisation": organisation.pk, "share": share, "acknowledgement": words},
    }


def partner(organisation, role):
    return {"type": "partner", "value": {"organisation": organisation.pk, "role": role}}


@pytest.fixture
def section():
    return make_page(SectionPage, parent=make_homes("en", "ar")["ka"], slug="projects", letter="პ")


@pytest.fixture
def whole(section):
    """A project with everything."""
    iom = make_snippet(
        PublicOrganisation, name="მიგრაციის საერთაშორისო ორგანიზაცია", short_name="IOM",
        website="https://iom.int/",
    )  # fmt: skip
    fund = make_snippet(PublicOrganisation, name="ხიდის ფონდი")
    return make_page(
        ProjectPage,
        parent=section,
        slug="emerge",
        begins="2025-09",
        ends="2027",
        budget="425000.00",
        currency="EUR",
        topics=[make_snippet(Topic, name="შრომა", slug="work")],
        places=[make_snippet(Place, name="აჭარა", slug="adjara")],
        funders=[funder(fund, "85.00", "ამ პროექტს აფინანსებს ხიდის ფონდი."), funder(iom, "15")],
        partners=[partner(iom, "implementer"), partner(fund, "organiser"), partner(iom, "partner")],
        phases=[
            phase("დასაწყისი", "2025-09", "2025-12"),
            phase("სწავლება", "2026", "2026-03"),
            phase("შეჯამება", "2027-01"),
        ],
        indicators=[
            indicator("ადამიანები კურსებზე", "120", "90"),
            indicator("კონსულტაციები", "40", "52"),
            indicator("სახლები", "3"),
        ],
        contact=make_snippet(Contact, label="პროექტების ჯგუფი", phone="+995 32 200 00 00"),
        body=[{"type": "text", "value": "<p>დაბრუნებულ ადამიანებს ახალ გზას ვუხსნით.</p>"}],
    )


def news_about(*projects, parent, **fields):
    related = [{"type": "page", "value": project.pk} for project in projects]
    story = make_page(NewsPage, parent=parent, related=related, **fields)
    ReferenceIndex.create_or_update_for_object(story)
    return story


# --- The rules --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "state"),
    [
        ("2025-09", "2026-02", "past"),
        ("2025-09", "2026-03", "now"),  # To the last day of the month.
        ("2025", "2026", "now"),
        ("2026-03-02", "2026-03-02", "now"),
        ("2026-03-03", "2026-05", "ahead"),
        ("2026-04", "", "ahead"),
        ("2024", "", "now"),  # Nobody knows when it ends.
    ],
)
def test_a_phase_is_past_now_or_ahead(begins, ends, state):
    value = {"begins": PartialDate.parse(begins), "ends": PartialDate.parse(ends) if ends else None}
    assert clock.today() == date(2026, 3, 2)
    assert shown.standing(value, clock.today()) == state


def test_of_a_finished_project_every_phase_is_past(section):
    project = make_page(ProjectPage, parent=section, state="finished", phases=[phase("Last", "2030")])
    assert [phase.state for phase in shown.phases(project)] == ["past"]


@pytest.mark.parametrize(
    ("result", "target", "percent"),
    [("90", "120", 75), ("119", "120", 99), ("120", "120", 100), ("52", "40", 130), (None, "3", None),
     ("5", "0", None), ("0", "3", 0), ("0.5", "2.5", 20)],
)  # fmt: skip
def test_the_result_in_per_cent_is_whole_only_when_the_target_is_reached(result, target, percent):
    assert shown.percent_of(Decimal(result) if result else None, Decimal(target)) == percent


def test_partners_stand_by_role_in_the_order_of_roles(whole):
    groups = [[organisation.whole for organisation in group.organisations] for group in shown.parties(whole)]
    assert groups == [
        ["ხიდის ფონდი"],
        ["მიგრაციის საერთაშორისო ორგანიზაცია"],
        ["მიგრაციის საერთაშორისო ორგანიზაცია"],
    ]


def test_an_organisation_is_named_in_the_language_of_the_page_or_says_in_which(client, section, whole):
    fund = PublicOrganisation.objects.get(name="ხიდის ფონდი")
    translate(section, "en")
    translate(whole, "en")
    translate(fund, "en", name="Bridge Fund")
    page = article(client.get("/en/projects/emerge/"))
    (funders,) = page.findall(".//*[@aria-labelledby='funders']")
    assert "Bridge Fund" in text_of(funders)
    (foreign,) = [link for link in funders.iter("a") if link.get("lang")]
    assert (foreign.get("lang"), foreign.text) == ("ka", "მიგრაციის საერთაშორისო ორგანიზაცია")


def test_an_organisation_that_is_gone_leaves_no_gap(client, whole):
    PublicOrganisation.objects.all().delete()
    page = article(client.get("/ka/projects/emerge/"))
    assert not page.findall(".//*[@id='partners']")


# --- News about it ----------------------------------------------------------------------------


def test_news_about_a_project_is_found_from_every_language(section, whole):
    home = section.get_parent()
    index = make_page(NewsIndexPage, parent=home, slug="news")
    translate(section, "en")
    english = translate(whole, "en")
    older = news_about(whole, parent=index, title="Older", date=date(2026, 1, 1))
    newer = news_about(whole, parent=index, title="Newer", date=date(2026, 2, 1))
    draft(news_about(whole, parent=index, title="Draft"))
    shut(news_about(whole, parent=index, title="Behind a password"))
    make_page(NewsPage, parent=index, title="About something else")
    for page in (whole, english):
        assert [story.link.label for story in shown.news(page, "ka")] == ["Newer", "Older"]
    translate(index, "en")
    translated = translate(newer, "en", title="Newer, in English")
    assert [story.link.label for story in shown.news(whole, "en")] == ["Newer, in English", "Older"]
    assert translated.locale.language_code == "en"
    assert older.date < newer.date


def test_a_page_named_elsewhere_in_a_story_is_no_news_about_it(section, whole):
    index = make_page(NewsIndexPage, parent=section.get_parent(), slug="news")
    text = f'<p><a linktype="page" id="{whole.pk}">link</a></p>'
    story = make_page(NewsPage, parent=index, body=[{"type": "text", "value": text}])
    ReferenceIndex.create_or_update_for_object(story)
    assert ReferenceIndex.get_references_to(whole).count() == 1
    assert shown.news(whole, "ka") == []


# --- The page ---------------------------------------------------------------------------------


def test_a_project_shows_what_is_known_of_it(client, whole):
    page = article(client.get("/ka/projects/emerge/"))
    text = text_of(page)
    for known in ("425 000 €", "85 %", "15 %", "ამ პროექტს აფინანსებს ხიდის ფონდი.", "შრომა", "აჭარა",
                  "+995 32 200 00 00", "75 %", "130 %", "IOM", "დაბრუნებულ ადამიანებს"):  # fmt: skip
        assert known in text.replace("\xa0", " "), known
    ids_are_unique(page)


def test_the_path_says_in_words_where_it_stands(client, whole):
    page = article(client.get("/ka/projects/emerge/"))
    path = next(item for item in page.iter("ol") if item.get("class") == "path")
    assert [(step.get("class"), step.get("aria-current")) for step in path] == [
        ("past", None),
        (None, "step"),
        ("ahead", None),
    ]
    past, now, ahead = path
    assert text_of(now.find(".//span[@class='tag good']"))
    for step in (past, ahead):
        assert text_of(step.find(".//span[@class='vh']")).strip("() ")


def test_bars_are_no_fuller_than_whole_and_say_nothing_of_their_own(client, whole):
    page = article(client.get("/ka/projects/emerge/"))
    bars = [(bar.get("value"), bar.get("aria-hidden")) for bar in page.iter("progress")]
    assert bars == [("75", "true"), ("100", "true")]


def test_an_empty_project_has_no_empty_headings(client, section):
    make_page(ProjectPage, parent=section, slug="bare")
    page = article(client.get("/ka/projects/bare/"))
    assert not [heading.get("id") for heading in page.iter("h2")]


def test_only_a_beginning_or_only_an_end_is_said_as_such(client, section):
    make_page(ProjectPage, parent=section, slug="begun", begins="2025-11")
    make_page(ProjectPage, parent=section, slug="ending", ends="2028")
    begun = article(client.get("/ka/projects/begun/"))
    ending = article(client.get("/ka/projects/ending/"))
    assert [time.get("datetime") for page in (begun, ending) for time in page.iter("time")] == [
        "2025-11",
        "2028",
    ]


def test_in_arabic_amounts_keep_their_direction(client, section, whole):
    translate(section, "ar")
    translate(whole, "ar", title="عودة", lead="")
    page = article(client.get("/ar/projects/emerge/"))
    amounts = [text_of(bdi) for bdi in page.iter("bdi") if bdi.get("dir") == "ltr"]
    assert any("425" in amount for amount in amounts)
    assert any("%" in amount for amount in amounts)


@pytest.mark.django_db(transaction=True)
def test_a_project_costs_no_more_than_fourteen_queries(client, section, whole):
    index = make_page(NewsIndexPage, parent=section.get_parent(), slug="news")
    for number in range(3):
        news_about(whole, parent=index, title=f"Story {number}")
    client.get("/ka/projects/emerge/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/ka/projects/emerge/")
    assert len(queries) <= 14, [query["sql"][:60] + query["sql"][-60:] for query in queries]


# --- Wrong input ------------------------------------------------------------------------------


def faults(page):
    with pytest.raises(ValidationError) as caught:
        page.clean()
    return caught.value.message_dict


@pytest.mark.parametrize(("begins", "ends"), [("2026-03-02", "2026-03-01"), ("2026", "2025-12")])
def test_an_end_before_the_beginning_is_refused(section, begins, ends):
    with override("en"):
        found = faults(ProjectPage(begins=PartialDate.parse(begins), ends=PartialDate.parse(ends)))
    assert found == {"ends": ["Enter a date after the beginning"]}


@pytest.mark.parametrize("ends", ["2026", "2026-03", "2026-03-02"])
def test_an_end_in_the_same_time_is_taken(ends):
    ProjectPage(begins=PartialDate.parse("2026-03-02"), ends=PartialDate.parse(ends)).clean()


def test_shares_of_more_than_everything_are_refused():
    some = make_snippet(PublicOrganisation, name="Some")
    with override("en"):
        found = faults(ProjectPage(funders=[funder(some, "60"), funder(some, "40.01"), funder(some)]))
    assert found == {"funders": ["The shares are more than 100 per cent"]}
    ProjectPage(funders=[funder(some, "60"), funder(some, "40"), funder(some)]).clean()


def test_a_phase_that_ends_before_it_begins_is_refused():
    block = PhaseBlock()
    value = {"title": "Phase", "begins": PartialDate.parse("2026-03"), "ends": PartialDate.parse("2026-02")}
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python({**value, "text": ""}))
    assert set(caught.value.block_errors) == {"ends"}
