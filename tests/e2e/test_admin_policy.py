"""Wagtail's admin works under a policy without inline script: a refusal is a console error."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.accounts.models import User
from cms.pages.models import HomePage
from tests.e2e.people import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.e2e.widgets")]


@pytest.fixture
def editor(visitor):
    """A window of a superuser who has proved a second factor."""
    user = User.objects.create_superuser("tamar@khidi.example", name="Tamar", preferred_language="en")
    return enter(visitor(), user)


def test_pages_of_the_admin(editor):
    home = HomePage.objects.first()
    for name, *arguments in (
        ("wagtailadmin_home",),
        ("wagtailadmin_explore", home.pk),
        ("wagtailadmin_pages:history", home.pk),
        ("wagtailadmin_account",),
        ("wagtailusers_users:index",),
        ("wagtailusers_users:add",),
        ("wagtailimages:index",),
        ("wagtailimages:add_multiple",),
        ("wagtaildocs:add_multiple",),
        ("wagtailadmin_collections:add",),
        ("wagtail_localize:submit_page_translation", home.pk),
        ("audit:index",),
    ):
        editor.open(reverse(name, args=arguments))
        editor.page.wait_for_load_state("networkidle")


def test_a_page_is_edited_and_scheduled(editor):
    page = editor.open(reverse("wagtailadmin_pages:edit", args=[HomePage.objects.first().pk]))
    page.locator("body.ready").wait_for()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("#id_go_live_at").click()
    page.locator(".xdsoft_datetimepicker:visible td.xdsoft_date").first.wait_for()


def test_a_preview_is_framed(editor):
    page = editor.open(reverse("wagtailadmin_pages:edit", args=[HomePage.objects.first().pk]))
    page.locator("body.ready").wait_for()
    with page.expect_event("requestfinished", lambda request: "in_preview_panel" in request.url):
        page.get_by_role("button", name="Toggle preview").click()


def test_a_page_is_translated(editor):
    home = HomePage.objects.first()
    source, _ = TranslationSource.update_or_create_from_instance(home)
    italian, _ = Locale.objects.get_or_create(language_code="it")
    Translation.objects.create(source=source, target_locale=italian).save_target()
    target = home.get_translation(italian)

    page = editor.open(reverse("wagtailadmin_pages:edit", args=[target.pk]))
    page.locator(".js-translation-editor").get_by_text(home.title).first.wait_for()


def test_widgets_start(editor):
    page = editor.open("/admin/widgets/")
    for name in ("day", "hour", "moment"):
        page.locator(f"#id_{name}").click()
        page.locator(".xdsoft_datetimepicker:visible").wait_for()
        page.mouse.click(1270, 880)
        page.locator(".xdsoft_datetimepicker:visible").wait_for(state="detached")


@pytest.mark.parametrize("name", ["page", "picture", "document"])
def test_a_chooser_opens(editor, name):
    page = editor.open("/admin/widgets/")
    page.locator(f"#id_{name}-chooser [data-chooser-action-choose]:visible").click()
    page.locator(".modal-content h1, .modal-content h2").first.wait_for()


def test_inline_rows_are_added(editor):
    page = editor.open(reverse("wagtailadmin_workflows:add"))
    rows = page.locator("#id_workflow_tasks-FORMS > *")
    before = rows.count()
    page.locator("#id_workflow_tasks-ADD").click()
    assert rows.count() == before + 1
    rows.last.locator("button", has_text="Choose a task").click()
    page.locator(".modal.in, .modal.show").first.wait_for()


def test_an_inline_script_would_be_refused(editor):
    """Negative control: the policy is in force, and a refusal is a complaint."""
    page = editor.open("/admin/widgets/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.x = 1'}))"
    )

    assert page.evaluate("window.x") is None
    assert any("script-src" in complaint for complaint in editor.complaints)
    editor.complaints.clear()
