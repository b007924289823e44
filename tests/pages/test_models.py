"""What is translated and what is the same in every language; what editors may type into pages."""

import re

import pytest
from django.apps import apps
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.pages.models import ProjectPage, PublicOrganisation, SectionPage, Topic
from tests.pages.factories import make_homes, make_page, make_snippet, translate

PAGE = {"title", "menu_title", "seo_title", "search_description", "lead"}
BODY = {
    f"body.{part}"
    for part in (
        "heading", "text", "picture.picture.alt_text", "picture.caption", "quote.text", "quote.source",
        "notice.text", "files.title", "listing.title",
    )
}  # fmt: skip

WORDS = {
    "HomePage": PAGE | {"about", "doors.door.title", "doors.door.text", "lists.listing.title"},
    "NewsIndexPage": PAGE,
    "NewsPage": PAGE | BODY | {"venue", "picture_text", "picture_caption", "mentions.person.function",
                               "source_name"},
    "SectionPage": PAGE | BODY,
    "StandardPage": PAGE | BODY,
    "OfficePage": PAGE | BODY | {"mandate", "legal_basis.provision.jurisdiction", "legal_basis.provision.act",
                                 "duties.duty.text", "duties.duty.parts.text", "duties.duty.parts.parts",
                                 "staff.member.function"},
    "HubPage": PAGE | BODY | {"address", "directions", "access_note"},
    "ServicePage": PAGE | BODY | {"conditions", "cost_note", "steps.step", "bring.thing"},
    "ProjectPage": PAGE | BODY | {"funders.funder.acknowledgement", "phases.phase.title", "phases.phase.text",
                                  "indicators.indicator.name"},
    "BodyPage": PAGE | BODY | {"mandate", "members.member.function", "meetings.meeting.subject"},
    "AccessibilityPage": PAGE | BODY | {"method", "barriers.barrier.what", "barriers.barrier.why",
                                        "barriers.barrier.instead", "enforcement"},
    "PrivacyPage": PAGE | BODY | {"purposes.purpose.title", "purposes.purpose.data", "purposes.purpose.basis",
                                  "purposes.purpose.kept", "purposes.purpose.recipients",
                                  "purposes.purpose.text", "rights"},
    "Topic": {"name"},
    "Audience": {"name"},
    "Place": {"name"},
    "PublicPerson": {"name"},
    "PublicOrganisation": {"name", "short_name"},
    "Contact": {"label", "address", "note"},
    "OpeningHours": {"label", "note", "exceptions.exception.reason"},
    "SiteNotice": {"text"},
}  # fmt: skip
"""Everything that a translator is asked for. What is missing here is the same in every language."""

MODELS = [model for model in apps.get_app_config("cms_pages").get_models()
          if issubclass(model, TranslatableMixin)]  # fmt: skip
PAGES = [model for model in MODELS if issubclass(model, Page)]


def words_of(block, path):
    """Yield the paths of texts in a block that wagtail-localize would have translated."""
    if hasattr(block, "get_translatable_segments") or isinstance(block, blocks.URLBlock | blocks.EmailBlock):
        return
    if isinstance(block, ImageBlock):
        yield f"{path}.alt_text"
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock | blocks.RawHTMLBlock):
        yield path
    elif isinstance(block, blocks.ListBlock):
        yield from words_of(block.child_block, path)
    elif isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        for name, child in block.child_blocks.items():
            yield from words_of(child, f"{path}.{name}")


def words(model):
    """Return the paths of all texts of a model that are translated."""
    found = set()
    for rule in get_translatable_fields(model):
        field = rule.get_field(model)
        if isinstance(rule, SynchronizedField) or isinstance(field, models.ForeignKey):
            continue
        found |= (
            set(words_of(field.stream_block, field.name)) if isinstance(field, StreamField) else {field.name}
        )
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_words_are_translated_and_nothing_else(model):
    assert words(model) == WORDS[model.__name__]


def test_the_walk_sees_a_text_that_nobody_expected():
    block = blocks.StructBlock([("phone", blocks.CharBlock()), ("on", blocks.DateBlock())])
    assert list(words_of(blocks.ListBlock(block), "contacts")) == ["contacts.phone"]


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_what_pages_have_in_common(model):
    rules = {rule.field_name: rule for rule in get_translatable_fields(model)}
    assert isinstance(rules["slug"], SynchronizedField)
    assert not rules["slug"].overridable
    many = {field.name for field in model._meta.many_to_many if field.model._meta.app_label == "cms_pages"}
    assert all(isinstance(rules[name], SynchronizedField) for name in many)
    assert getattr(model, "letter", None)
    body = model._meta.get_field("body") if "body" in {f.name for f in model._meta.fields} else None
    assert body is None or len(body.stream_block.child_blocks) <= 12


@pytest.mark.django_db
def test_no_number_date_or_code_of_a_project_is_given_to_translators():
    section = make_page(SectionPage, parent=make_homes()["ka"])
    fund = make_snippet(PublicOrganisation, name="ფონდი")
    project = make_page(
        ProjectPage, parent=section, begins="2025-09", ends="2027", budget="425000", currency="EUR",
        topics=[make_snippet(Topic, name="შრომა", slug="work")],
        funders=[{"type": "funder",
                  "value": {"organisation": fund.pk, "share": "85", "acknowledgement": "მადლობა"}}],
        phases=[{"type": "phase",
                 "value": {"title": "დასაწყისი", "begins": "2025-09", "ends": "2026", "text": ""}}],
        indicators=[{"type": "indicator", "value": {"name": "კურსები", "target": "120", "result": "90"}}],
    )  # fmt: skip
    texts = [
        value.string.data for value in extract_segments(project) if isinstance(value, StringSegmentValue)
    ]
    assert {"დასაწყისი", "კურსები", "მადლობა", project.title} <= set(texts)
    assert not [text for text in texts if re.fullmatch(r"[\d\s.:+%-]+|EUR|running|work", text)]


@pytest.mark.django_db
def test_a_translation_keeps_dates_money_topics_and_the_slug():
    homes = make_homes("it")
    section = make_page(SectionPage, parent=homes["ka"], slug="projects", letter="პ")
    translate(section, "it")
    project = make_page(
        ProjectPage, parent=section, begins="2025-09", budget="425000", slug="emerge",
        topics=[make_snippet(Topic, name="შრომა", slug="work")],
    )  # fmt: skip
    italian = translate(project, "it", title="Reintegrazione")
    assert (str(italian.begins), italian.budget, italian.slug) == ("2025-09", 425000, "emerge")
    assert [topic.slug for topic in italian.topics.all()] == ["work"]
    assert italian.url_path.endswith("/projects/emerge/")
