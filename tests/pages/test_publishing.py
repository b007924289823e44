import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from cms.pages.models import StandardPage
from tests.pages.editing import editor
from tests.pages.translating import (
    PARAGRAPHS,
    home_in,
    make_story,
    make_topic,
    rewrite,
    submit,
    translate,
    translated_story,
)

pytestmark = pytest.mark.django_db


def publish(browser, page):
    """Press "Publish in …" in wagtail-localize's editor."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return browser.post(address, {"action": "publish"}, follow=True)


@pytest.fixture
def draft():
    """Return a page sent to translators and not begun, and its translation."""
    story = make_story(home_in(), *PARAGRAPHS)
    home_in("it")
    translation = submit(story, "it")["it"]
    translation.save_target(publish=False)
    return story.get_translation(translation.target_locale), translation


def test_a_translation_nobody_began_is_not_published(draft):
    page, _translation = draft
    answer = publish(editor(), page)
    assert "Not published: 7 sentences" in answer.content.decode()
    assert not StandardPage.objects.get(pk=page.pk).live


def test_a_half_done_one_keeps_what_was_done(draft):
    page, translation = draft
    translate(translation, only=PARAGRAPHS[0], publish=False)
    answer = publish(editor(), page)
    assert "Not published: 6 sentences" in answer.content.decode()
    assert not StandardPage.objects.get(pk=page.pk).live
    assert StringTranslation.objects.count() == 1


def test_a_whole_one_is_published(draft, django_capture_on_commit_callbacks):
    page, translation = draft
    translate(translation, publish=False)
    with django_capture_on_commit_callbacks(execute=True):
        publish(editor(), page)
    assert StandardPage.objects.get(pk=page.pk).live


def test_a_sentence_out_of_date_is_not_replaced_by_the_original():
    story, translations = translated_story("it")
    page = story.get_translation(translations["it"].target_locale)
    before = page.body.raw_data[0]["value"]
    rewrite(story, "Nobody need bring a paper.", *PARAGRAPHS[1:])
    answer = publish(editor(), page)
    assert "Not published: 1 sentence is" in answer.content.decode()
    assert StandardPage.objects.get(pk=page.pk).body.raw_data[0]["value"] == before


def test_a_source_is_published_as_ever():
    story, _translations = translated_story("it")
    assert StringSegment.objects.exists()
    answer = publish(editor(), story)
    assert "Not published" not in answer.content.decode()


def test_a_snippet_is_held_back_too():
    topic = make_topic("Jobs abroad")
    home_in("it")
    translation = submit(topic, "it")["it"]
    translation.save_target()
    row = topic.get_translation(translation.target_locale)
    address = reverse(topic.snippet_viewset.get_url_name("edit"), args=[row.pk])
    answer = editor().post(address, {"action": "publish"}, follow=True)
    assert "Not published: 1 sentence is" in answer.content.decode()
