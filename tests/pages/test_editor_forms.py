"""The form of each page type as an editor meets it: it opens, keeps what is right, and says what is wrong."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from cms.pages.models import (
    AccessibilityPage,
    BodyPage,
    HubPage,
    NewsIndexPage,
    NewsPage,
    OfficePage,
    Picture,
    PrivacyPage,
    ProjectPage,
    PublicOrganisation,
    SectionPage,
    ServicePage,
    StandardPage,
)
from tests.pages.editing import editor, errors_of, speak, stream
from tests.pages.factories import make_homes, make_page, make_snippet

pytestmark = pytest.mark.django_db

LANGUAGES = ("ka", "it", "de", "en")

PHASE = {"title": "დასაწყისი", "begins": "2025", "ends": "", "text": ""}
BARRIER = {"what": "PDF", "why": "", "instead": "", "until": ""}
PURPOSE = {
    "title": "განაცხადები",
    "data": "სახელი",
    "basis": "მუხლი 6",
    "kept": "სამი წელი",
    "recipients": "",
    "text": rich_text(""),
}

TYPED = {
    NewsIndexPage: {},
    NewsPage: {"date": "2026-03-02", "category": "news", "happens": "11.2026", "happens_until": "",
               **stream("body", ("text", rich_text("<p>ტექსტი</p>")))},
    SectionPage: {"letter": "პ"},
    StandardPage: stream("body", ("heading", "ვინ ვართ"), ("text", rich_text("<p>ტექსტი</p>"))),
    OfficePage: {"mandate": rich_text("<p>რჩევა</p>"), "as_of": "11.2023",
                 **stream("legal_basis", ("provision", {"jurisdiction": "საქსონია", "act": "კონსტიტუცია",
                                                        "article": "18", "paragraph": "3", "link": "",
                                                        "quotation": "", "language": ""}))},
    HubPage: {"address": "ნაპირის ქუჩა 1", "step_free": "yes"},
    ServicePage: {"state": "available", "cost": "free"},
    ProjectPage: {"state": "running", "begins": "09.2025", "ends": "2027", "budget": "425000",
                  "currency": "EUR", **stream("phases", ("phase", PHASE))},
    BodyPage: {"kind": "council", "mandate": rich_text("<p>ურჩევს</p>"), "term_begins": "2025",
               "term_ends": "", **stream("meetings", ("meeting", {"subject": "გაზაფხული", "date": "03.2026",
                                                                  "minutes": ""}))},
    AccessibilityPage: {"conformance": "partial", "standard": "EN 301 549", "assessed": "2026", "method": "",
                        "enforcement": rich_text(""),
                        **stream("barriers", ("barrier", BARRIER))},
    PrivacyPage: {"rights": rich_text("<p>წაშლა</p>"),
                  **stream("purposes", ("purpose", PURPOSE))},
}  # fmt: skip
"""What an editor types, beside title and lead."""

KINDS = pytest.mark.parametrize("kind", TYPED, ids=lambda kind: kind.__name__)


@pytest.fixture
def parents():
    """Return page type → where it may stand."""
    home = make_homes("en")["ka"]
    section, news = make_page(SectionPage, parent=home), None

    def parent_of(kind):
        nonlocal news
        if kind is NewsPage:
            news = news or make_page(NewsIndexPage, parent=home)
            return news
        return section if "cms_pages.SectionPage" in kind.parent_page_types else home

    return parent_of


def form(kind, **changes):
    """Return what a browser sends: title, lead, slug, all streams, the rest as typed."""
    streams = {}
    for field in kind._meta.get_fields():
        if isinstance(field, StreamField):
            streams |= stream(field.name)
    rest = {"title": "სათაური", "lead": "რა არის აქ.", "slug": "title", "seo_title": "", "checked_on": "",
            "search_description": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "comments-MAX_NUM_FORMS": "", "comments-MIN_NUM_FORMS": "0"}  # fmt: skip
    return rest | streams | TYPED[kind] | changes


def preview(kind, parent):
    return reverse("wagtailadmin_pages:preview_on_add", args=("cms_pages", kind._meta.model_name, parent.pk))


def add(kind, parent):
    return reverse("wagtailadmin_pages:add", args=("cms_pages", kind._meta.model_name, parent.pk))


@KINDS
def test_the_form_opens_in_every_language_of_the_admin(kind, parents):
    browser, address = editor(), add(kind, parents(kind))
    for language in LANGUAGES:
        response = speak(browser, language).get(address)
        assert response.status_code == 200
        assert f'lang="{language}"' in response.content.decode()[:300]


@KINDS
def test_what_an_editor_types_is_published_and_can_be_edited_again(kind, parents, client):
    parent, browser = parents(kind), editor("ka")
    response = browser.post(add(kind, parent), form(kind, **{"action-publish": "1"}))
    assert response.status_code == 302, errors_of(response)
    page = kind.objects.get(slug="title")
    assert page.live
    assert client.get(page.get_url()).status_code == 200
    assert browser.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200


@KINDS
def test_a_draft_may_lack_almost_everything_but_a_title(kind, parents):
    parent, browser = parents(kind), editor()
    response = browser.post(add(kind, parent), form(kind, title=""))
    assert "title" in errors_of(response)
    assert "რა არის აქ." in response.content.decode()
    assert kind.objects.filter(slug="title").count() == 0


WRONG = [
    (NewsPage, {"happens": "32.13.2026"}, {"happens"}),
    (NewsPage, {"happens": "soon"}, {"happens"}),
    (NewsPage, {"happens": "2026", "happens_until": "2025"}, {"happens_until"}),
    (NewsPage, {"happens": "", "happens_until": "2025"}, {"happens_until"}),
    (NewsPage, {"date": "yesterday"}, {"date"}),
    (NewsPage, {"category": "gossip"}, {"category"}),
    (NewsPage, {"source_link": "javascript:alert(1)"}, {"source_link"}),
    (NewsPage, {"topics": ["999"]}, {"topics"}),
    (NewsPage, {"lead": "x" * 401}, {"lead"}),
    (SectionPage, {"letter": "P"}, {"letter"}),
    (SectionPage, {"letter": "Ა"}, {"letter"}),
    (OfficePage, {"as_of": "13.2023"}, {"as_of"}),
    (OfficePage, {"legal_basis-0-value-link": "no link"}, {"legal_basis"}),
    (HubPage, {"address": ""}, {"address"}),
    (HubPage, {"step_free": "perhaps"}, {"step_free"}),
    (ProjectPage, {"begins": "2027", "ends": "2026"}, {"ends"}),
    (ProjectPage, {"budget": "much"}, {"budget"}),
    (ProjectPage, {"budget": "99999999999.99"}, {"budget"}),
    (ProjectPage, {"currency": "XXX"}, {"currency"}),
    (ProjectPage, {"phases-0-value-begins": "2025-13"}, {"phases"}),
    (ProjectPage, {"phases-0-value-ends": "2024"}, {"phases"}),
    (BodyPage, {"term_begins": "2026", "term_ends": "2025"}, {"term_ends"}),
    (BodyPage, {"meetings-0-value-date": ""}, {"meetings"}),
    (AccessibilityPage, {"conformance": "mostly"}, {"conformance"}),
    (AccessibilityPage, {"barriers-0-value-what": ""}, {"barriers"}),
    (PrivacyPage, {"purposes-0-value-basis": ""}, {"purposes"}),
    (StandardPage, {"slug": "with space"}, {"slug"}),
    (StandardPage, {"title": "x" * 256}, {"title"}),
    (StandardPage, {"title": "NUL\0"}, {"title"}),
    (StandardPage, {"body-0-value": "x" * 151}, {"body"}),
]


@pytest.mark.parametrize(
    ("kind", "wrong", "fields"), WRONG, ids=lambda value: getattr(value, "__name__", None)
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(kind, wrong, fields, parents):
    sent = form(kind, **wrong, **{"action-publish": "1"})
    response = editor().post(add(kind, parents(kind)), sent)
    found = errors_of(response)
    assert set(found) == fields
    assert all(any(messages) for messages in found.values())
    assert not kind.objects.filter(slug="title").exists()
    assert "რა არის აქ." in response.content.decode() or "lead" in wrong


def test_a_picture_without_words_is_refused(parents):
    out = BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    picture = Picture.objects.create(title="ხიდი", file=ContentFile(out.getvalue(), name="bridge.png"))
    address = add(NewsPage, parents(NewsPage))
    browser = editor()
    found = errors_of(browser.post(address, form(NewsPage, picture=str(picture.pk))))
    assert found == {"picture_text": ["Say what the picture shows: not everybody sees it"]}
    said = form(NewsPage, picture=str(picture.pk), picture_text="ხიდი მდინარეზე")
    assert browser.post(address, said).status_code == 302


def test_shares_of_more_than_everything_are_refused(parents):
    fund = make_snippet(PublicOrganisation, name="Fund")
    blocks = [
        ("funder", {"organisation": str(fund.pk), "share": share, "acknowledgement": ""})
        for share in ("60", "41")
    ]
    response = editor().post(
        add(ProjectPage, parents(ProjectPage)), form(ProjectPage, **stream("funders", *blocks))
    )
    assert errors_of(response) == {"funders": ["The shares are more than 100 per cent"]}


@KINDS
def test_a_form_without_its_parts_is_a_bad_request_and_no_fault_of_ours(kind, parents):
    address = add(kind, parents(kind))
    browser = editor()
    assert browser.post(address, {"title": "x"}).status_code in {200, 302, 400}
    streams = [field.name for field in kind._meta.get_fields() if isinstance(field, StreamField)]
    for name in streams:
        assert browser.post(address, form(kind, **{f"{name}-count": "many"})).status_code == 400


@KINDS
def test_a_page_stands_only_where_it_belongs(kind, parents):
    root = Page.get_first_root_node()
    assert editor().get(add(kind, root)).status_code in {302, 403, 404}


# --- Preview ----------------------------------------------------------------------------------


@KINDS
def test_a_page_is_shown_in_the_editor_before_it_exists_and_may_be_framed_by_the_admin_alone(kind, parents):
    parent, browser = parents(kind), editor()
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=("cms_pages", kind._meta.model_name, parent.pk)
    )
    sent = browser.post(address, form(kind, title="ჯერ არ არსებობს"))
    assert sent.json()["is_valid"], sent.json()
    shown = browser.get(f"{address}?mode=")
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "ჯერ არ არსებობს" in page
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown.get("X-Frame-Options", "SAMEORIGIN") == "SAMEORIGIN"
    assert "public" not in shown["Cache-Control"]
    assert "<script>" not in page


@KINDS
def test_a_published_page_is_framed_by_nobody_and_previewed_with_its_changes(kind, parents, client):
    page, browser = make_page(kind, parent=parents(kind)), editor()
    public = client.get(page.get_url())
    assert public["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    assert browser.post(address, form(kind, title="შეცვლილი")).json()["is_valid"]
    shown = browser.get(address)
    assert "შეცვლილი" in shown.content.decode()
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "შეცვლილი" not in client.get(page.get_url()).content.decode()


@KINDS
def test_every_block_may_still_be_empty(kind, parents):
    page = make_page(kind, parent=parents(kind))
    streams = [field for field in kind._meta.get_fields() if isinstance(field, StreamField)]
    for field in streams:
        empty = [(name, block.get_default()) for name, block in field.stream_block.child_blocks.items()]
        setattr(page, field.name, empty)
    shown = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert shown.status_code == 200


HALF_DONE = [
    (ProjectPage, stream("phases", ("phase", {**PHASE, "begins": ""}))),
    (ProjectPage, stream("indicators", ("indicator", {"name": "", "target": "", "result": ""}))),
    (ProjectPage, stream("funders", ("funder", {"organisation": "", "share": "", "acknowledgement": ""}))),
    (ProjectPage, stream("partners", ("partner", {"organisation": "", "role": ""}))),
    (BodyPage, stream("meetings", ("meeting", {"subject": "", "date": "", "minutes": ""}))),
    (BodyPage, stream("members", ("member", {"person": "", "function": "Chair", "organisation": ""}))),
    (AccessibilityPage, stream("barriers", ("barrier", {**BARRIER, "what": ""}))),
    (PrivacyPage, stream("purposes", ("purpose", {**PURPOSE, "title": "", "data": ""}))),
]
"""What drafts look like while somebody is still typing: Wagtail asks for what is required at the end."""


@pytest.mark.parametrize(("kind", "blocks"), HALF_DONE)
def test_what_is_half_done_is_previewed_and_kept(kind, blocks, parents):
    parent, browser = parents(kind), editor()
    sent = form(kind, **blocks)
    assert browser.post(preview(kind, parent), sent).json()["is_valid"]
    assert browser.get(preview(kind, parent)).status_code == 200
    assert browser.post(add(kind, parent), sent).status_code == 302
    assert not kind.objects.get(slug="title").live


def test_beside_the_form_content_is_checked_and_nowhere_else(parents, client):
    page, browser = make_page(StandardPage, parent=parents(StandardPage)), editor()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    browser.post(address, form(StandardPage))
    beside = browser.get(f"{address}?in_preview_panel=true").content.decode()
    assert "wagtail-userbar" in beside
    assert "<script>" not in beside
    for window in (client, browser):
        assert "wagtail-userbar" not in window.get(f"{page.get_url()}?in_preview_panel=true").content.decode()
