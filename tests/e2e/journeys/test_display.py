"""A visitor chooses how pages are shown."""

import pytest

from tests.e2e.browser import PHONE


def theme_and_mode(page):
    html = page.locator("html")
    return html.get_attribute("data-theme"), html.get_attribute("data-mode")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["ka", "ar"])
def test_a_choice_is_made_from_any_page_and_leads_back(visitor, language, scripts):
    page = visitor(width=PHONE, scripts=scripts).open(f"/{language}/")
    page.locator("footer a[href*='/display/']").click()
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("radio").nth(4).check()
    page.locator("main button").click()
    page.wait_for_url(f"**/{language}/")
    assert theme_and_mode(page) == ("dark", "text")
    assert page.locator(".span").is_hidden()


def test_a_cached_page_follows_the_choice_by_its_script(visitor):
    someone = visitor()
    someone.open("/ka/")
    cached = someone.page.content()
    someone.context.add_cookies([{"name": "theme", "value": "dark", "url": someone.site}])
    someone.page.route("**/ka/", lambda route: route.fulfill(body=cached, content_type="text/html"))
    assert theme_and_mode(someone.open("/ka/")) == ("dark", None)


def test_a_page_cached_for_somebody_else_does_not(visitor):
    someone = visitor()
    someone.open("/ka/")
    cached = someone.page.content().replace("<html ", '<html data-theme="dark" data-mode="text" ', 1)
    someone.page.route("**/ka/", lambda route: route.fulfill(body=cached, content_type="text/html"))
    assert theme_and_mode(someone.open("/ka/")) == (None, None)


def test_errors_are_read_first(visitor):
    page = visitor().open("/en/display/")
    page.locator("input[value=dark]").evaluate("box => { box.value = 'pink'; box.checked = true }")
    page.locator("main button").click()
    summary = page.locator(".summary")
    summary.wait_for()
    assert summary.evaluate("box => box === document.activeElement")
    assert page.title().startswith("Error:")
    summary.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "id_theme_0"


def test_the_keyboard_skips_to_the_content(visitor):
    page = visitor().open("/en/display/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_languages_lead_to_the_same_page(visitor):
    page = visitor().open("/ka/display/")
    page.locator("a[hreflang=ar]").click()
    page.wait_for_url("**/ar/display/")
    assert page.locator("html").get_attribute("dir") == "rtl"
