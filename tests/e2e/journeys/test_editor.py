"""An editor publishes news, schedules more, translates it, and sees which sentence a change made stale."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Page
from wagtail_localize.models import Translation

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role, UnitKind
from cms.accounts.models import RoleAssignment, Unit, User
from cms.core.drawing import png
from cms.jobs.runner import run_due
from cms.pages.cache.generation import forget
from cms.pages.models import HomePage, NewsIndexPage, NewsPage
from tests.e2e.browser import PHONE
from tests.e2e.people import enter
from tests.pages.factories import make_home, make_page, translate

pytestmark = [pytest.mark.django_db(transaction=True)]

PARAGRAPHS = ["ხუთშაბათს შევხვდებით.", "დასაწყისი ათ საათზეა.", "მოსვლა ყველას შეუძლია."]
CHANGED = "დასაწყისი თერთმეტ საათზეა."
PICTURE = "თაღები ერთმანეთის გვერდით"
LANGUAGES = {"it": "Italiano", "de": "Deutsch", "en": "English"}


@pytest.fixture
def news(site):
    """Return the Georgian news section; it exists in the other languages, too."""
    home = HomePage.objects.get(locale__language_code="ka")
    section = make_page(NewsIndexPage, parent=home, slug="news", show_in_menus=True)
    for language in ("it", "de"):
        make_home(language, translation_of=home)
    for language in LANGUAGES:
        translate(section, language)
    return section


@pytest.fixture
def editor(visitor, news):
    """A window of an editor of the office, who writes all pages."""
    office = Unit.objects.create(
        code="office",
        name="Office",
        kind=UnitKind.OFFICE,
        root_page=Page.objects.get(depth=1),
        collection=Collection.get_first_root_node(),
    )
    person = User.objects.create_user(email="giulia@khidi.example", name="Giulia", preferred_language="en")
    RoleAssignment.objects.create(user=person, unit=office, role=Role.EDITOR)
    sync_rights(person)
    return enter(visitor(), person)


def add_news(editor, news, title):
    """Open the form of a new item and write its title, lead and three paragraphs."""
    page = editor.open(reverse("wagtailadmin_pages:add", args=["cms_pages", "newspage", news.pk]))
    page.locator("body.ready").wait_for()
    page.locator("#id_title").fill(title)
    page.locator("#id_lead").fill("მოკლედ იმაზე, რაც იქნება.")
    body = page.locator("#panel-child-content-body-section")
    body.get_by_title("Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    text = body.locator(".public-DraftEditor-content")
    text.click()
    page.keyboard.type("\n".join(PARAGRAPHS))
    written(page)
    return page


def written(page, *, text=PARAGRAPHS[-1]):
    """Wait until the editor has handed its text to the form: it does so a moment after the last key."""
    page.wait_for_function(
        "text => document.querySelector('[name=body-0-value]').value.includes(text)", arg=text
    )


def choose_picture(page, folder):
    file = folder / "arches.png"
    file.write_bytes(png("arches", width=1200, height=400))
    page.get_by_role("button", name="Choose an image").first.click()
    dialog = page.locator(".modal-content")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(str(file))
    dialog.get_by_label("Title").fill("Arches")
    dialog.get_by_role("button", name="Upload").click()
    dialog.wait_for(state="detached")
    page.locator("#id_picture_text").fill(PICTURE)


def publish(page, name="Publish"):
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.locator(".messages .success").wait_for()


def submit(page, item):
    """Ask for translations into three languages."""
    page.goto(reverse("wagtail_localize:submit_page_translation", args=[item.pk]))
    for name in LANGUAGES.values():
        page.get_by_label(name).check()
    page.get_by_role("button", name="Submit").click()
    page.locator(".messages .success").wait_for()


def stale_sentences(page, item, language):
    """Return the former sentences that the translations' page shows as out of date."""
    translation = Translation.objects.get(
        source__object_id=item.translation_key, target_locale__language_code=language
    )
    page.goto(reverse("translations:detail", args=[translation.pk]))
    return page.locator("[data-segment]:has(del) p:has(del)").all_inner_texts()


def translate_in(page, language, address):
    """Translate every text of a page in wagtail-localize's editor, and publish."""
    page.goto(address)
    page.locator(".js-translation-editor li.incomplete").first.wait_for()
    while (row := page.locator(".js-translation-editor li.incomplete").first).count():
        row.get_by_role("button", name="Translate").click()
        text = row.locator("p").first.inner_text()
        row = page.locator(".js-translation-editor li:has(textarea)").last
        row.locator("textarea").fill(f"{language}: {text}")
        row.get_by_role("button", name="Save").click()
        row.locator("textarea").wait_for(state="detached")
    page.get_by_role("button", name="Publish in").click()
    page.locator(".messages .success").wait_for()


def test_news_with_a_picture_is_published(editor, news, visitor, files):
    page = add_news(editor, news, "შეხვედრა მეზობლებთან")
    choose_picture(page, files)
    publish(page)

    reader = visitor(width=PHONE)
    page = reader.open(NewsPage.objects.get().url)
    assert page.locator("h1").inner_text() == "შეხვედრა მეზობლებთან"
    picture = page.get_by_role("img", name=PICTURE)
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    for paragraph in PARAGRAPHS:
        assert page.get_by_text(paragraph).is_visible()
    reader.open(news.url).get_by_role("link", name="შეხვედრა მეზობლებთან").click()
    assert page.url.endswith(NewsPage.objects.get().url)


def test_news_is_scheduled(editor, news, visitor, monkeypatch):
    page = add_news(editor, news, "ხვალინდელი ამბავი")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.locator("#id_go_live_at").fill(tomorrow.strftime("%Y-%m-%d %H:%M"))
    page.locator("#schedule-publishing-dialog").get_by_role("button", name="Save schedule").focus()
    page.keyboard.press("Enter")  # The calendar may lie over the button.
    page.locator(".messages .success").wait_for()
    page.locator("body.ready").wait_for()
    publish(page, "Schedule to publish")

    item = NewsPage.objects.get()
    reader = visitor()
    reader.open(item.url, status=404)
    call_command("publish_scheduled")
    reader.open(item.url, status=404)
    moment = tomorrow + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    call_command("publish_scheduled")
    forget()
    reader.open(item.url)


def test_a_changed_sentence_is_the_only_stale_one(editor, news, visitor):
    page = add_news(editor, news, "შეხვედრა მეზობლებთან")
    publish(page)
    item = NewsPage.objects.get()
    submit(page, item)
    for language in LANGUAGES:
        target = item.get_translations().get(locale__language_code=language)
        translate_in(page, language, reverse("wagtailadmin_pages:edit", args=[target.pk]))
    run_due()
    assert [stale_sentences(page, item, language) for language in LANGUAGES] == [[], [], []]

    page = editor.open(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    page.locator("body.ready").wait_for()
    page.locator(".public-DraftEditor-content [data-block]").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    page.keyboard.type(CHANGED)
    written(page, text=CHANGED)
    publish(page)
    run_due()

    for language in LANGUAGES:
        assert stale_sentences(page, item, language) == [PARAGRAPHS[1]]
    # Readers of the translation keep the sentence they had; readers of the original have the new one.
    italian = item.get_translations().get(locale__language_code="it")
    assert visitor().open(italian.url).get_by_text(f"it: {PARAGRAPHS[1]}").is_visible()
    assert visitor().open(item.url).get_by_text(CHANGED).is_visible()
