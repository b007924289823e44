"""No violation on any public page, in a script of each direction, both themes, both sizes."""

import pytest

from tests.e2e.browser import DESKTOP, PHONE, accessibility, overflow

PAGES = {"": 200, "account/login/": 200, "account/signup/": 200, "display/": 200, "nothing/": 404}
"""Path after the language → status."""

NARROW = 320


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ka", "ar"])
def test_axe_finds_nothing(visitor, language, theme, width):
    someone = visitor(width=width, theme=theme)
    for path, status in PAGES.items():
        page = someone.open(f"/{language}/{path}", status=status)
        assert accessibility(page) == [], path
        assert overflow(page) <= 0, path


@pytest.mark.parametrize("language", ["ka", "ar"])
def test_axe_finds_nothing_wrong_with_errors(visitor, language):
    page = visitor(width=PHONE).open(f"/{language}/account/login/")
    page.locator("main button").first.click()
    page.locator(".summary").wait_for()
    assert accessibility(page) == []


@pytest.mark.parametrize("language", ["ka", "ar"])
def test_nothing_is_cut_off_on_the_smallest_phone(visitor, language):
    someone = visitor(width=NARROW)
    for path, status in PAGES.items():
        page = someone.open(f"/{language}/{path}", status=status)
        assert overflow(page) <= 0, path


def test_nothing_is_cut_off_with_text_twice_as_large(visitor):
    someone = visitor(width=PHONE)
    for path, status in PAGES.items():
        page = someone.open(f"/ka/{path}", status=status)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) <= 0, path


def test_axe_would_find_something(visitor):
    """The control: a page with an image without a text is a violation."""
    page = visitor().open("/en/display/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [line.partition(" ")[0] for line in accessibility(page)] == ["image-alt"]
