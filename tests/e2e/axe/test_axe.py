"""No violation on any public page, in a script of each direction, both themes, both sizes."""

import pytest
from wagtail.models import get_page_models

from cms.accounts.enums import Role
from cms.core.pages import BasePage
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.e2e.axe.templates import (
    ADDRESSES,
    MISSING,
    NO_PAGE,
    ROUTES,
    SHUT,
    TYPES,
    public_routes,
    shut_one_page,
    status,
)
from tests.e2e.browser import COLOURS, DESKTOP, HEIGHTS, PHONE, accessibility, cut_off, overflow
from tests.e2e.people import enter

pytestmark = pytest.mark.usefixtures("seeded")

NARROW = 320
OF_AN_ACCOUNT = [
    "account/",
    "account/email/",
    "account/sessions/",
    "account/2fa/totp/activate/",
    "account/logout/",
]

languages = pytest.mark.parametrize("language", ["ka", "ar"])


def looked_at(page, width):
    """Return what is wrong with a page at a width, light and dark; colours change at once."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = accessibility(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += accessibility(page, *COLOURS)
    return found + (["wider than the window"] if overflow(page) > 0 else [])


@languages
def test_axe_finds_nothing(visitor, language):
    shut_one_page()
    someone, found = visitor(width=PHONE), {}
    for address in ADDRESSES:
        page = someone.open(f"/{language}/{address}", status=status(address))
        for width in (PHONE, DESKTOP):
            found[address, width] = looked_at(page, width)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@languages
def test_axe_finds_nothing_wrong_with_errors_nor_after_them(visitor, language):
    page = visitor(width=PHONE).open(f"/{language}/account/login/")
    page.locator("main button").first.click()
    page.locator(".summary").wait_for()
    assert looked_at(page, PHONE) == []
    page.locator("[name=login]").fill("nobody@example.org")
    page.locator("main button").first.click()
    page.locator("[name=code]").wait_for()
    assert looked_at(page, PHONE) == []


def test_axe_finds_nothing_after_making_an_account(visitor):
    page = visitor(width=PHONE).open("/ka/account/signup/")
    page.locator("[name=email]").fill("new@example.org")
    page.locator("main button").first.click()
    page.locator("[name=code]").wait_for()
    assert looked_at(page, PHONE) == []


@languages
def test_axe_finds_nothing_at_the_door_of_helpers(visitor, language):
    helper = person_with(Role.HELPER, UnitFactory(hub=True))
    page = enter(visitor(width=PHONE), helper).open(f"/{language}/apply/MV/help/")
    assert looked_at(page, PHONE) == []
    page.locator("main button").first.click()
    page.locator(".summary").wait_for()
    assert looked_at(page, DESKTOP) == []


@languages
def test_axe_finds_nothing_on_the_pages_of_an_account(visitor, language):
    someone = enter(visitor(width=PHONE), UserFactory(preferred_language=language))
    found = {path: looked_at(someone.open(f"/{language}/{path}"), PHONE) for path in OF_AN_ACCOUNT}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@languages
def test_nothing_is_cut_off_on_the_smallest_phone_nor_with_text_twice_as_large(visitor, language):
    shut_one_page()
    someone, found = visitor(width=NARROW), {}
    for address in ADDRESSES:
        page = someone.open(f"/{language}/{address}", status=status(address))
        for width, size in ((NARROW, "100%"), (PHONE, "100%"), (PHONE, "200%")):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            wrong = cut_off(page) + (["wider than the window"] if overflow(page) > 0 else [])
            # A word may be broken where a line has room for fifteen letters only.
            found[address, width, size] = [it for it in wrong if size == "100%" or "is broken" not in it]
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


# --- No template is forgotten ---------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_every_type_of_page_is_looked_at(client):
    assert set(TYPES) == {kind for kind in get_page_models() if issubclass(kind, BasePage)}
    for kind, addresses in TYPES.items():
        for address in addresses:
            assert type(client.get(f"/ka/{address}").context["page"]) is kind, address


def test_every_public_route_is_looked_at():
    assert public_routes() == {*ROUTES, *NO_PAGE}
    assert not {*ROUTES} & {*NO_PAGE}


@pytest.mark.parametrize(
    ("address", "sign"),
    [
        (SHUT, '[type="password"]'),
        (MISSING, "main .button"),
        ("offices/zelvara/", "ol > li > ul > li > ul > li"),
        ("offices/zelvara/", "blockquote"),
        ("news/?category=report&topic=housing", "main .notice"),
        ("projects/reintegration-pilot/", ".table.stack"),
    ],
)
def test_what_is_looked_at_is_what_was_meant(visitor, address, sign):
    shut_one_page()
    page = visitor().open(f"/ka/{address}", status=status(address))
    assert page.locator(sign).count()


# --- The looking can fail -------------------------------------------------------------------------


def test_axe_would_find_something(visitor):
    page = visitor().open("/en/display/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [line.partition(" ")[0] for line in accessibility(page)] == ["image-alt"]


def test_a_colour_too_faint_in_the_dark_would_be_found(visitor):
    page = visitor().open("/en/display/")
    page.evaluate("document.documentElement.style.setProperty('--soft', 'light-dark(#4c5a5f, #3b4648)')")
    assert {line.partition(" ")[0] for line in looked_at(page, PHONE)} == {"color-contrast"}


def test_a_word_too_long_would_be_found(visitor):
    page = visitor(width=NARROW).open("/ka/display/")
    assert cut_off(page) == []
    word = "გადასახლებულთა" * 4
    page.evaluate("word => { document.querySelector('h1').textContent = word }", word)
    assert cut_off(page) == [f"{word} is broken"]
    page.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    assert cut_off(page) == [word]
