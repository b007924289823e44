import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.pages.models import AccessibilityPage, Contact, PrivacyPage
from tests.pages.factories import make_homes, make_page, make_snippet, translate
from tests.pages.reading import article, ids_are_unique, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_homes("en", "ar")["ka"]


@pytest.fixture
def desk():
    return make_snippet(
        Contact, label="ხელმისაწვდომობის ჯგუფი", phone="+995 32 200 00 01", note="დაგვირეკეთ."
    )


@pytest.fixture
def statement(home, desk):
    barrier = {"what": "ძველი PDF ფაილები", "why": "სკანირებულია", "instead": "მოგვწერეთ", "until": "2027-01"}
    bare = {"what": "რუკა", "why": "", "instead": "", "until": ""}
    return make_page(
        AccessibilityPage,
        parent=home,
        slug="accessibility",
        conformance="partial",
        assessed="2026-02",
        method="თავად შევამოწმეთ.",
        barriers=[{"type": "barrier", "value": barrier}, {"type": "barrier", "value": bare}],
        contact=desk,
        enforcement="<p>სახალხო დამცველი.</p>",
    )


@pytest.fixture
def notice(home, desk):
    purpose = {
        "title": "განაცხადები",
        "data": "სახელი და ელფოსტა",
        "basis": "მუხლი 6",
        "kept": "სამი წელი",
        "recipients": "",
        "text": "<p>მხოლოდ იმას ვკითხულობთ, რაც საჭიროა.</p>",
    }
    return make_page(
        PrivacyPage,
        parent=home,
        slug="privacy",
        controller=desk,
        officer=make_snippet(Contact, label="ოფიცერი", email="data@khidi.example"),
        purposes=[
            {"type": "purpose", "value": purpose},
            {"type": "purpose", "value": {**purpose, "title": "რეგისტრაცია", "recipients": "ბანკი"}},
        ],
        rights="<p>შეგიძლიათ მოითხოვოთ წაშლა.</p>",
    )


def test_the_statement_has_the_parts_of_the_european_model(client, statement):
    page = article(client.get("/ka/accessibility/"))
    assert [heading.get("id") for heading in page.iter("h2")] == [
        "conformance",
        "barriers",
        "assessed",
        "tell",
        "enforcement",
        "short",
    ]
    text = text_of(page)
    for known in ("EN 301 549", "ძველი PDF ფაილები", "მოგვწერეთ", "2027 წლის იანვარი", "თავად შევამოწმეთ.",
                  "2026 წლის თებერვალი", "სახალხო დამცველი.", "+995 32 200 00 01"):  # fmt: skip
        assert known in text, known
    ids_are_unique(page)


@pytest.mark.parametrize("conformance", ["full", "partial", "none"])
def test_each_degree_of_conformance_has_its_own_sentence_and_shape(client, statement, conformance):
    statement.conformance = conformance
    statement.save()
    page = article(client.get("/ka/accessibility/"))
    kind = {"full": "good", "partial": "warn", "none": "bad"}[conformance]
    (tag,) = [item for item in page.iter("span") if "tag" in (item.get("class") or "").split()]
    assert tag.get("class") == f"tag {kind}"


def test_a_barrier_without_details_is_only_named(client, statement):
    page = article(client.get("/ka/accessibility/"))
    assert [heading.text for heading in page.iter("h3")] == ["ძველი PDF ფაილები", "რუკა"]
    facts = [facts for facts in page.iter("dl") if facts.get("class") == "facts"]
    assert len(facts) == 3  # Of the other barrier, of the contact, and beside the text.


def test_an_empty_statement_still_says_where_it_stands(client, home):
    make_page(AccessibilityPage, parent=home, slug="accessibility")
    page = article(client.get("/ka/accessibility/"))
    assert [heading.get("id") for heading in page.iter("h2")] == ["conformance", "short"]


def test_the_notice_names_both_and_the_facts_of_each_purpose(client, notice):
    page = article(client.get("/ka/privacy/"))
    assert [heading.get("id") for heading in page.iter("h2")] == [
        "purpose-1",
        "purpose-2",
        "rights",
        "controller",
        "officer",
    ]
    purposes = list(page.iter("section"))
    assert [len(list(section.iter("dt"))) for section in purposes] == [3, 4]
    assert "data@khidi.example" in text_of(page)
    ids_are_unique(page)


def test_who_is_asked_in_arabic_is_told_numbers_from_left_to_right(client, statement):
    translate(statement, "ar", title="إمكانية الوصول", lead="")
    page = article(client.get("/ar/accessibility/"))
    assert "+995 32 200 00 01" in [bdi.text for bdi in page.iter("bdi") if bdi.get("dir") == "ltr"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["statement", "notice"])
def test_legal_pages_cost_no_more_than_fourteen_queries(client, request, name):
    address = request.getfixturevalue(name).get_url()
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 14, [query["sql"][:60] + query["sql"][-60:] for query in queries]
