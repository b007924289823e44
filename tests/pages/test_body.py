import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.documents.models import Document

from cms.core.partial import PartialDate
from cms.pages.models import BodyPage, Contact, PublicOrganisation, PublicPerson, SectionPage
from cms.pages.presenters import body as shown
from tests.pages.factories import make_homes, make_page, make_snippet
from tests.pages.reading import article, ids_are_unique, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def meeting(subject, date, minutes=None):
    return {"type": "meeting", "value": {"subject": subject, "date": date, "minutes": minutes}}


def member(person=None, function="", organisation=None):
    return {
        "type": "member",
        "value": {
            "person": person and person.pk,
            "function": function,
            "organisation": organisation and organisation.pk,
        },
    }


@pytest.fixture
def section():
    return make_page(SectionPage, parent=make_homes("en")["ka"], slug="bodies", letter="ს")


@pytest.fixture
def council(section):
    nino = make_snippet(PublicPerson, name="ნინო მაგალითაძე")
    city = make_snippet(PublicOrganisation, name="ზელვარის მერია", website="https://city.example/")
    paper = Document.objects.create(
        title="ოქმი", file=ContentFile(b"%PDF-1.4", name="minutes.pdf"), file_size=8
    )
    return make_page(
        BodyPage,
        parent=section,
        slug="council",
        kind="council",
        mandate="<p>საბჭო ურჩევს ქალაქს.</p>",
        term_begins="2025",
        term_ends="2028",
        members=[
            member(nino, "თავმჯდომარე", city),
            member(function="ახალგაზრდების წარმომადგენელი"),
            member(organisation=city),
        ],
        meetings=[
            meeting("გაზაფხული", "2026-03"),
            meeting("ზამთარი", "2026-01-20", paper.pk),
            meeting("ზაფხული", "2026-06-04"),
            meeting("შემოდგომა", "2025-10"),
        ],
        contact=make_snippet(Contact, label="საბჭოს სამდივნო", email="council@khidi.example"),
    )


def test_meetings_to_come_stand_first_and_the_month_of_today_is_not_over(council):
    coming, past = shown.meetings(council)
    assert [value["subject"] for value in coming] == ["გაზაფხული", "ზაფხული"]
    assert [value["subject"] for value in past] == ["ზამთარი", "შემოდგომა"]


def test_people_and_organisations_that_are_gone_leave_no_empty_lines(client, council):
    PublicPerson.objects.all().delete()
    PublicOrganisation.objects.all().delete()
    page = article(client.get("/ka/bodies/council/"))
    council.refresh_from_db()
    assert [member.function for member in shown.members(council)] == [
        "თავმჯდომარე",
        "ახალგაზრდების წარმომადგენელი",
    ]
    assert not [item for item in page.iter("li") if not text_of(item)]


def test_a_body_shows_who_sits_in_it_and_when_it_meets(client, council):
    page = article(client.get("/ka/bodies/council/"))
    text = text_of(page)
    for known in (
        "საბჭო ურჩევს ქალაქს.",
        "ნინო მაგალითაძე",
        "თავმჯდომარე",
        "ზელვარის მერია",
        "2025–2028",
        "council@khidi.example",
        "PDF",
    ):
        assert known in text, known
    ids_are_unique(page)
    assert [time.get("datetime") for time in page.iter("time")] == [
        "2026-03",
        "2026-06-04",
        "2026-01-20",
        "2025-10",
    ]


def test_minutes_say_of_which_meeting_they_are(client, council):
    page = article(client.get("/ka/bodies/council/"))
    (minutes,) = [link for link in page.iter("a") if "/documents/" in link.get("href")]
    assert text_of(minutes).endswith("ზამთარი")


def test_an_empty_body_has_no_empty_headings(client, section):
    make_page(BodyPage, parent=section, slug="bare")
    assert not list(article(client.get("/ka/bodies/bare/")).iter("h2"))


@pytest.mark.django_db(transaction=True)
def test_a_body_costs_no_more_than_fourteen_queries(client, council):
    client.get("/ka/bodies/council/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ka/bodies/council/")
    assert len(queries) <= 14, [query["sql"][:60] + query["sql"][-60:] for query in queries]


@pytest.mark.parametrize(("begins", "ends"), [("2026", "2025"), ("2026-03-02", "2026-03-01")])
def test_a_term_that_ends_before_it_begins_is_refused(begins, ends):
    body = BodyPage(term_begins=PartialDate.parse(begins), term_ends=PartialDate.parse(ends))
    with override("en"), pytest.raises(ValidationError) as caught:
        body.clean()
    with override("en"):
        assert caught.value.message_dict == {"term_ends": ["Enter a date after the beginning"]}


def test_a_member_is_a_person_a_function_or_an_organisation():
    block = BodyPage._meta.get_field("members").stream_block.child_blocks["member"]
    with override("en"), pytest.raises(ValidationError) as caught:
        block.clean(block.to_python({"person": None, "function": "", "organisation": None}))
    assert set(caught.value.block_errors) == {"person"}
    assert block.clean(block.to_python({"person": None, "function": "Youth", "organisation": None}))
