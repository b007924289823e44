"""A translator sees the one sentence that changed, and puts it right in wagtail-localize's editor."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from cms.pages.models import HomePage, StandardPage
from cms.pages.staleness.lines import stale
from tests.accounts.factories import UserFactory
from tests.e2e.browser import PHONE, accessibility, overflow
from tests.e2e.people import enter
from tests.pages.translating import PARAGRAPHS, rewrite, translated_story

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, OPEN, *REST = PARAGRAPHS
LATER = OPEN.replace("Mondays", "Tuesdays")


@pytest.fixture
def translator():
    person = UserFactory(superuser=True, preferred_language="en")
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "en"})
    return person


@pytest.fixture
def translation(site):
    home = HomePage.objects.get(locale__language_code="en")
    story, translations = translated_story("it", "ar", home=home)
    rewrite(story, FIRST, LATER, *REST)
    return translations["it"]


def test_a_sentence_out_of_date_is_found_and_translated(visitor, translator, translation):
    page = enter(visitor(), translator).open("/admin/")
    page.get_by_role("region", name="Translations to look at").get_by_text("Italian").wait_for()
    page.get_by_role("link", name="Translations", exact=True).first.click()
    page.get_by_role("link", name="Out of date 14 words").first.click()
    page.locator("del").wait_for()
    assert page.locator("del").all_inner_texts() == ["Mondays"]
    assert page.locator("ins").all_inner_texts() == ["Tuesdays"]

    page.goto(reverse("translations:detail", args=[translation.pk]))
    page.get_by_role("link", name="Translate", exact=True).click()
    page.get_by_text("Italian: 1 sentence is out of date.").wait_for()
    sentence = page.locator("li.incomplete", has_text="Tuesdays")
    expect(sentence).to_be_in_viewport()
    sentence.get_by_role("button", name="Translate").click()
    sentence.locator("textarea").fill("Siamo aperti il martedì.")
    sentence.get_by_role("button", name="Save").click()
    page.locator("li.complete", has_text="Siamo aperti il martedì.").wait_for()
    page.locator("footer").get_by_role("button", name="Publish").first.click()
    page.locator(".messages .success").wait_for()

    assert stale(translation) == []
    assert page.get_by_text("is out of date.").count() == 0
    italian = StandardPage.objects.get(locale__language_code="it")
    assert "Siamo aperti il martedì." in italian.body.raw_data[0]["value"]
    assert "Every sentence is translated" in enter(visitor(), translator).open(
        reverse("translations:detail", args=[translation.pk])
    ).inner_text("main")


def test_that_it_still_fits_needs_no_script(visitor, translator, translation):
    page = enter(visitor(scripts=False), translator).open(
        reverse("translations:detail", args=[translation.pk])
    )
    page.get_by_role("button", name="The translation still fits").click()
    assert "Every sentence is translated" in page.inner_text("main")
    assert stale(translation) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_anybody_can_use_both_pages(visitor, translator, translation, theme):
    for width in (PHONE, 1280):
        window = enter(visitor(width=width, theme=theme), translator)
        for address in (reverse("translations:index"), reverse("translations:detail", args=[translation.pk])):
            page = window.open(address)
            assert (accessibility(page), overflow(page)) == ([], 0), address
