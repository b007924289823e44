"""What is seeded: complete translations, one stale sentence, nothing twice, nothing of visitors lost."""

import json

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry, Revision, Site
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.accounts.models import RoleAssignment, Unit, User
from cms.demo.models import DemoState
from cms.demo.seed.content import load, page_key
from cms.demo.seed.pages import HOST
from cms.demo.seed.translations import _content
from cms.demo.start import fill
from cms.pages.enums import TranslationState
from cms.pages.models import HomePage, HubPage, OpeningHours, Picture, StandardPage, Topic
from cms.pages.staleness.lines import lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

SEGMENTS = (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment)


def page(slug, language="ka"):
    found = Page.objects.get(translation_key=page_key(slug), locale__language_code=language)
    return found.specific


def again():
    DemoState.objects.update(seeded="older texts")
    fill()


def counted():
    models = [User, RoleAssignment, Unit, Page, Revision, PageLogEntry, Topic, OpeningHours, Picture]
    models += [TranslationSource, Translation, TranslationContext, *SEGMENTS]
    return {model.__name__: model.objects.count() for model in models}


# --- What visitors did stays --------------------------------------------------------------------


def test_seeding_twice_changes_nothing():
    before = counted()
    again()
    assert counted() == before


def test_what_a_visitor_changed_stays():
    Unit.objects.filter(code="ponte").update(name="Changed")
    news = page("mediators-wanted")
    news.title = "Changed"
    news.save_revision().publish()
    Topic.objects.filter(slug="work").update(name="Changed")
    again()
    assert Unit.objects.get(code="ponte").name == "Changed"
    assert page("mediators-wanted").title == "Changed"
    assert set(Topic.objects.filter(slug="work").values_list("name", flat=True)) == {"Changed"}


def test_what_a_visitor_deleted_comes_back_as_a_whole_translation():
    title = page("jena", "it").title
    page("jena", "it").delete()
    assert not italian("jena").exists()
    again()
    assert page("jena", "it").title == title
    total, done = italian("jena").get().get_progress()
    assert total == done > 0


def italian(slug):
    return Translation.objects.filter(source__object=page_key(slug), target_locale__language_code="it")


def test_a_page_of_a_visitor_with_one_of_our_addresses_is_left_alone():
    page("jena").delete()
    page("examples").add_child(instance=StandardPage(title="Theirs", slug="jena"))
    again()
    assert page("examples").get_children().get(slug="jena").title == "Theirs"


# --- The pages ----------------------------------------------------------------------------------


def test_every_page_is_there_in_each_of_its_languages():
    wanted = {(page_key(item.code), code) for item in load().pages for code in item.languages}
    found = Page.objects.filter(depth__gt=1).values_list("translation_key", "locale__language_code")
    assert set(found) == wanted
    assert Page.objects.filter(depth__gt=1, live=False).count() == 0
    assert Page.objects.filter(depth__gt=1, live_revision=None).count() == 0


def test_the_site_begins_at_home():
    site = Site.objects.get()
    assert (site.site_name, site.root_page.specific) == (HOST, page("home"))
    assert HomePage.objects.count() == 5


def test_a_page_has_the_same_path_in_every_language():
    for item in load().pages:
        paths = {page(item.code, code).url_path.split("/", 2)[2] for code in item.languages}
        assert len(paths) == 1, item.code


def test_blocks_have_the_same_ids_in_every_language():
    for item in load().pages:
        first, *others = [page(item.code, code) for code in item.languages]
        for column in first._meta.get_fields():
            if isinstance(column, StreamField):
                ids = [block.id for block in getattr(first, column.name)]
                assert all([block.id for block in getattr(other, column.name)] == ids for other in others)


def test_editors_would_be_allowed_to_save_every_page_as_it_is():
    for found in Page.objects.filter(depth__gt=1).specific():
        found.full_clean()
        for column in found._meta.get_fields():
            if isinstance(column, StreamField):
                column.stream_block.clean(getattr(found, column.name))


def test_every_hub_among_the_units_has_its_pages():
    assert set(HubPage.objects.values_list("unit__code", flat=True)) == {"bazari", "mdinare", "sadguri"}


def test_the_editor_may_publish_and_translate():
    editor = User.objects.get(email="editor@khidi.example")
    permissions = page("counselling-change").permissions_for_user(editor)
    assert permissions.can_edit()
    assert permissions.can_publish()
    assert editor.has_perm("wagtail_localize.submit_translation")


def test_pictures_are_there_and_described_in_every_language():
    for code in ("ka", "it", "de", "en"):
        for news in (page("adjara-needs", code), page("mediators-wanted", code)):
            assert default_storage.exists(news.picture.file.name)
            assert news.picture_text


# --- The translations ---------------------------------------------------------------------------


def test_wagtail_localize_would_have_written_the_same():
    for source in TranslationSource.objects.all():
        before = {model: set(model.objects.filter(source=source).values_list("pk")) for model in SEGMENTS}
        source.refresh_segments()
        after = {model: set(model.objects.filter(source=source).values_list("pk")) for model in SEGMENTS}
        assert before == after, source.object_repr
        instance = source.get_source_instance()
        for context in TranslationContext.objects.filter(object=source.object):
            kept, context.field_path = context.field_path, ""
            assert context.get_field_path(instance) == kept


WHEN = {"first_published_at"}
"""Not a matter of words: each row was published by itself."""


def test_every_translation_is_what_its_sentences_make_of_the_source():
    for translation in Translation.objects.select_related("source", "target_locale"):
        target = translation.get_target_instance()
        stands = fields(target)
        made = fields(translation.source.get_ephemeral_translated_instance(target.locale, fallback=True))
        apart = {name for name in stands if stands[name] != made[name]} - WHEN
        assert apart <= ({"slug"} if isinstance(target, HomePage) else set()) | behind(target), target


def fields(instance):
    """Return field → value; blocks without the order of their keys, in which databases differ."""
    values = json.loads(_content(instance))
    blocks = {column.name for column in instance._meta.get_fields() if isinstance(column, StreamField)}
    return {name: json.loads(value) if name in blocks else value for name, value in values.items()}


def behind(target):
    return {"body"} if (target.translation_key, target.locale.language_code) == stale() else set()


def stale():
    return (page_key("counselling-change"), "it")


def test_one_sentence_is_out_of_date_in_italian_alone():
    found = [
        (line, translation)
        for translation in Translation.objects.select_related("source", "target_locale")
        for line in lines([translation])[translation.pk]
        if line.state != TranslationState.COMPLETE
    ]
    assert [translation.target_locale.language_code for _line, translation in found] == ["it"]
    line = found[0][0]
    assert line.state == TranslationState.STALE
    assert "13" in line.earlier
    assert "16" in line.text
    assert "13" in line.translation


# --- Cost ---------------------------------------------------------------------------------------


def test_seeding_again_asks_few_questions():
    DemoState.objects.update(seeded="older texts")
    with CaptureQueriesContext(connection) as asked:
        fill()
    assert len(asked) < 250
