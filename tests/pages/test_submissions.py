"""Sending to translators, and taking over a source: wagtail-localize asks only for one right over all."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role
from cms.pages.models import SectionPage, StandardPage
from tests.accounts.factories import UnitFactory, person_with
from tests.pages.translating import make_story, make_topic, submit, translated_story
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated():
    """A published story with Italian and German translations."""
    return translated_story("it", "de")


def editor_of(page):
    person = person_with(Role.EDITOR, UnitFactory(root_page=page))
    sync_rights(person)
    return person


def section_beside(story):
    home = story.get_parent()
    return home.add_child(instance=SectionPage(title="Else", slug="else", letter="ა", locale=home.locale))


def submit_page(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def update(translation):
    return reverse("wagtail_localize:update_translations", args=[translation.source_id])


def languages(page):
    return {each.locale.language_code for each in page.get_translations(inclusive=True)}


def italian(story):
    return StandardPage.objects.get(translation_key=story.translation_key, locale__language_code="it")


def test_nobody_sends_the_pages_of_others_to_translators(client, translated):
    story, _translations = translated
    sign_in(client, editor_of(section_beside(story)))
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    assert client.get(submit_page(story)).status_code == 404
    assert client.post(submit_page(story), {"locales": [arabic.pk]}).status_code == 404
    everything = {"locales": [arabic.pk], "include_subtree": "on"}
    assert client.post(submit_page(story.get_parent()), everything).status_code == 404
    assert languages(story) == {"en", "it", "de"}


def test_nobody_publishes_translations_of_others(client, translated):
    story, translations = translated
    italian(story).unpublish()
    sign_in(client, editor_of(section_beside(story)))
    assert client.get(update(translations["it"])).status_code == 404
    assert client.post(update(translations["it"]), {"publish_translations": "on"}).status_code == 404
    assert not italian(story).live


def test_who_may_not_publish_a_translation_only_takes_the_source_over(
    client, translated, django_capture_on_commit_callbacks
):
    story, translations = translated
    italian(story).unpublish()
    person = editor_of(story)
    GroupPagePermission.objects.filter(group__user=person).exclude(page=story).delete()
    sign_in(client, person)
    assert client.get(update(translations["it"])).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(update(translations["it"]), {"publish_translations": "on"}).status_code == 302
    assert not italian(story).live


def test_an_editor_sends_and_publishes_what_is_the_own(
    client, translated, django_capture_on_commit_callbacks
):
    story, translations = translated
    italian(story).unpublish()
    sign_in(client, editor_of(story))
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    assert client.get(submit_page(story)).status_code == 200
    assert client.post(submit_page(story), {"locales": [arabic.pk]}).status_code == 302
    assert "ar" in languages(story)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(update(translations["it"]), {"publish_translations": "on"}).status_code == 302
    assert italian(story).live


def test_a_snippet_is_sent_by_those_who_may_change_its_kind(client, translated):
    story, _translations = translated
    topic = make_topic("Jobs abroad")
    translation = submit(topic, "it")["it"]
    address = reverse(
        "wagtail_localize:submit_snippet_translation", args=["cms_pages", "topic", str(topic.pk)]
    )
    person = editor_of(story)
    sign_in(client, person)
    assert client.get(address).status_code == 200
    translation.save_target(publish=True)
    assert client.get(update(translation)).status_code == 200
    for group in person.groups.all():
        group.permissions.remove(Permission.objects.get(codename="change_topic"))
    assert client.get(address).status_code == 404
    assert client.post(address, {"locales": []}).status_code == 404
    assert client.post(update(translation), {"publish_translations": "on"}).status_code == 404


def test_a_source_that_is_gone_is_not_found(client):
    story, translations = translated_story("it")
    person = editor_of(story.get_parent())
    make_story(story.get_parent(), "Something else.", slug="other")
    story.delete()
    sign_in(client, person)
    assert client.get(update(translations["it"])).status_code == 404
    assert client.post(update(translations["it"]), {}).status_code == 404
