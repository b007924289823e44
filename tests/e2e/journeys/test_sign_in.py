"""People sign up and sign in as they would, in a script of each direction, with and without scripts."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail

from cms.accounts.enums import Role
from cms.accounts.models import User
from cms.jobs.runner import run_due
from tests.accounts.factories import UnitFactory, person_with
from tests.e2e.browser import PHONE, accessibility, overflow

pytestmark = pytest.mark.parametrize("language", ["ka", "ar"])


def code_from_mail(address, language):
    """Deliver what waits, and read the code out of the mail to this address."""
    run_due()
    letter = next(letter for letter in reversed(mail.outbox) if letter.to == [address])
    assert letter.extra_headers["Content-Language"] == language
    return re.search(r"^ {4}(\d{4}-\d{4})$", letter.body, re.MULTILINE)[1]


def code_from_app(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def submit(page, name, value):
    """Fill the one field of a page and send it."""
    page.locator(f"main [name={name}]").fill(value)
    page.locator("main form .actions button").first.click()


def assert_kind(page):
    """Nothing that axe finds, nothing cut off."""
    assert accessibility(page) == [], page.url
    assert overflow(page) <= 0, page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_makes_an_account_and_comes_back(visitor, language, scripts):
    address = "nino@example.org"
    page = visitor(width=PHONE, scripts=scripts).open(f"/{language}/account/signup/")
    submit(page, "email", address)
    submit(page, "code", "12345678")
    page.locator(".summary").wait_for()
    submit(page, "code", code_from_mail(address, language))
    page.wait_for_url(f"**/{language}/account/")
    assert User.objects.get(email=address).preferred_language == language

    page = visitor(width=PHONE, scripts=scripts).open(f"/{language}/account/login/")
    submit(page, "login", address.upper())
    submit(page, "code", code_from_mail(address, language))
    page.wait_for_url(f"**/{language}/account/")
    page.locator("main").get_by_text(address).first.wait_for()


def test_every_page_on_the_way_is_accessible(visitor, language):
    """On a phone in the dark; axe itself is a script."""
    officer = person_with(Role.OFFICER, UnitFactory(), user__preferred_language=language)
    page = visitor(width=PHONE, theme="dark").open(f"/{language}/account/login/")
    submit(page, "login", officer.email)
    assert_kind(page)
    submit(page, "code", code_from_mail(officer.email, language))
    page.wait_for_url("**/2fa/totp/activate/**")
    assert_kind(page)
    submit(page, "code", code_from_app(page.locator("main code").inner_text()))
    page.wait_for_url("**/recovery-codes/**")
    assert_kind(page)
    for path in ("", "email/", "2fa/", "sessions/", "logout/"):
        page.goto(f"/{language}/account/{path}")
        assert_kind(page)


def test_an_officer_sets_up_the_second_step_and_proves_it_next_time(visitor, language):
    officer = person_with(Role.OFFICER, UnitFactory(), user__preferred_language=language)
    page = visitor().open(f"/{language}/account/login/")
    submit(page, "login", officer.email)
    submit(page, "code", code_from_mail(officer.email, language))
    page.wait_for_url("**/2fa/totp/activate/**")
    secret = page.locator("main code").inner_text()
    submit(page, "code", code_from_app(secret))
    page.wait_for_url("**/recovery-codes/**")
    page.locator("main .actions .button").click()
    page.wait_for_url("**/admin/")

    page = visitor().open(f"/{language}/account/login/")
    submit(page, "login", officer.email)
    submit(page, "code", code_from_mail(officer.email, language))
    page.wait_for_url("**/2fa/authenticate/**")
    submit(page, "code", "000000")
    page.locator(".summary").wait_for()
    page.goto("/admin/")
    assert "/admin/" not in page.url
