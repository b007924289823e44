import re
import time

import pytest
from allauth.account.internal.flows import code_verification
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from cms.accounts.domain.change_email import change_email
from cms.accounts.enums import Role
from cms.accounts.forms import western_digits
from cms.audit.models import Entry
from cms.settings.accounts import ACCOUNT_RATE_LIMITS
from tests.accounts.conftest import sign_in
from tests.accounts.factories import UserFactory, person_with
from tests.accounts.journeys import actions, another_browser, ask, enter, shape, signed_in, wrong

pytestmark = pytest.mark.django_db

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


# --- sign in ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "direction"), [("ka", "ltr"), ("ar", "rtl"), ("de", "ltr")])
def test_a_code_by_mail_signs_in(client, mails, language, direction):
    person = UserFactory()
    page = client.get(f"/{language}/account/login/").content.decode()
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert 'autocomplete="email"' in page
    assert 'type="password"' not in page
    response = ask(client, person.email.upper(), language=language)
    assert response.url == f"/{language}/account/login/code/confirm/"
    assert not signed_in(client)
    page = client.get(response.url).content.decode()
    assert person.email in page
    for attribute in ('autocomplete="one-time-code"', 'inputmode="numeric"', 'dir="ltr"'):
        assert attribute in page
    assert mails.code not in page
    assert (mails[-1].template, mails[-1].email) == ("account/email/login_code", person.email)
    response = enter(client, mails.code, language=language)
    assert response.url == f"/{language}/account/"
    assert signed_in(client)
    assert actions() == ["accounts.sign_in"]


def test_a_code_has_eight_digits(client, mails):
    ask(client, UserFactory().email)
    assert re.fullmatch(r"\d{4}-\d{4}", mails.code)


@pytest.mark.parametrize(
    "typed", [lambda code: code.translate(ARABIC), lambda code: f" {code.replace('-', ' ')} "]
)
def test_a_code_may_be_typed_as_people_type(client, mails, typed):
    ask(client, UserFactory().email, language="ar")
    enter(client, typed(mails.code), language="ar")
    assert signed_in(client)


def test_digits_of_any_script_are_digits():
    assert western_digits("٠١٢ ۳۴ ५-x²") == "012 34 5-x2"


def test_three_wrong_codes_end_it(client, mails):
    ask(client, UserFactory().email)
    code = mails.code
    for _try in range(2):
        response = enter(client, wrong(code))
        assert response.status_code == 200
        assert 'role="alert"' in response.content.decode()
    assert enter(client, wrong(code)).status_code == 302
    assert enter(client, code).url == "/ka/account/login/code/"
    assert not signed_in(client)
    assert actions() == ["accounts.code_refused"]


def test_an_expired_code_is_worth_nothing(client, mails, monkeypatch):
    ask(client, UserFactory().email)
    now = time.time()
    monkeypatch.setattr(code_verification.time, "time", lambda: now + 601)
    enter(client, mails.code)
    assert not signed_in(client)


def test_a_code_is_worth_nothing_in_another_browser(client, mails):
    ask(client, UserFactory().email)
    other = another_browser(client)
    assert enter(other, mails.code).url == "/ka/account/login/code/"
    assert not signed_in(other)


def test_a_code_counts_once(client, mails):
    ask(client, UserFactory().email)
    enter(client, mails.code)
    client.post("/ka/account/logout/")
    enter(client, mails.code)
    assert not signed_in(client)


def test_an_unknown_address_gets_the_same_answer(client, mails):
    person = UserFactory(email="known@example.org")
    known, unknown = client, another_browser(client)
    answers = []
    for browser, email in ((known, person.email), (unknown, "unknown@example.org")):
        asked = ask(browser, email)
        page = browser.get(asked.url)
        refused = enter(browser, "0000-0000")
        answers.append((asked.status_code, asked.url, shape(page), refused.status_code, shape(refused)))
    assert answers[0] == answers[1]
    assert mails.templates == ["account/email/login_code", "account/email/unknown_account"]
    assert "code" not in mails[-1].context


def test_an_unknown_address_never_gets_in_with_an_empty_code(client, mails):
    ask(client, "unknown@example.org")
    for code in ("", "None", " ", "-"):
        enter(client, code)
        assert not signed_in(client)


def test_somebody_closed_out_is_answered_like_somebody_unknown(client, mails):
    person = UserFactory(closed=True)
    response = ask(client, person.email)
    assert response.url == "/ka/account/login/code/confirm/"
    assert mails.templates == ["account/email/unknown_account"]


def test_an_unconfirmed_person_confirms_by_signing_in(client, mails):
    person = UserFactory(confirmed=False)
    ask(client, person.email)
    enter(client, mails.code)
    assert signed_in(client)
    assert EmailAddress.objects.get(user=person).verified


@pytest.mark.parametrize("value", ["", "no address", "a@b", "x" * 300 + "@example.org", "a\0@example.org"])
def test_what_is_no_address_is_said_beside_the_field(client, mails, value):
    response = ask(client, value)
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert not mails


@pytest.mark.parametrize("code", ["", "x" * 10_000, "\0", "\u0661", "🦆"])
def test_what_is_no_code_is_refused(client, mails, code):
    ask(client, UserFactory().email)
    assert enter(client, code).status_code == 200
    assert not signed_in(client)


def test_too_many_codes_for_an_address_are_refused(client, mails, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/key"}
    for email in (UserFactory().email, "unknown@example.org"):
        statuses = [ask(another_browser(client), email).status_code for _time in range(4)]
        assert statuses == [302, 302, 302, 200]
    assert len(mails) == 6


# --- where to ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil"],
)
def test_nobody_is_led_to_another_site(client, mails, target):
    ask(client, UserFactory().email, next=target)
    response = enter(client, mails.code, next=target)
    assert response.url == "/ka/account/"
    assert client.get("/ka/account/login/", {"next": target}).url == "/ka/account/"
    assert client.post("/ka/account/logout/", {"next": target}).url == "/ka/"


def test_a_page_of_this_site_is_found_again(client, mails):
    response = ask(client, UserFactory().email, next="/ka/account/email/")
    assert response.url.endswith("?next=%2Fka%2Faccount%2Femail%2F")
    assert enter(client, mails.code, next="/ka/account/email/").url == "/ka/account/email/"


def test_staff_are_led_to_the_admin_and_others_to_their_account(client, mails, office):
    for person, target in (
        (person_with(Role.EDITOR, office), "/admin/"),
        (person_with(Role.REVIEWER, office), "/ka/account/"),
    ):
        browser = another_browser(client)
        ask(browser, person.email)
        assert enter(browser, mails.code).url == target


# --- doors that are not there -----------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["password/reset/", "password/change/", "password/set/", "password/reset/done/", "login/passkey/"]
)
def test_there_is_no_password_to_reset(client, path):
    sign_in(client, UserFactory())
    for method in (client.get, client.post):
        assert method(f"/ka/account/{path}").status_code == 404


@pytest.mark.parametrize(
    "name", ["account_reset_password", "account_change_password", "account_set_password"]
)
def test_password_doors_have_no_name(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_no_address_and_no_code_is_logged(client, mails, caplog):
    caplog.set_level("DEBUG")
    person = UserFactory(email="nino@example.org")
    ask(client, person.email)
    enter(client, wrong(mails.code))
    enter(client, mails.code)
    for record in caplog.records:
        if not record.name.startswith("django.db"):
            assert "nino@" not in record.getMessage()
            assert mails.code not in record.getMessage()
    assert "nino" not in str(list(Entry.objects.values()))


# --- codes that outlive their address, and many tries at once ----------------------------------


def test_a_code_sent_to_an_address_that_was_given_up_opens_nothing(client, mails):
    person = UserFactory(email="stolen@example.org")
    ask(client, "stolen@example.org")
    change_email(user=person, email="new@example.org", by=None)
    response = enter(client, mails.code)
    assert not signed_in(client)
    assert response.url == "/ka/account/login/"
    assert client.get(response.url).status_code == 200
    assert [mail.template for mail in mails] == ["account/email/login_code"]
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.org"]


@pytest.mark.parametrize("page", ["login", "confirm"])
def test_three_tries_a_code_also_when_they_come_at_once(client, mails, settings, page):
    settings.ACCOUNT_RATE_LIMITS = {"enter_code": ACCOUNT_RATE_LIMITS["enter_code"]}
    cache.clear()
    if page == "login":
        UserFactory(email="person@example.org")
        ask(client, "person@example.org")
        address = "/ka/account/login/code/confirm/"
    else:
        client.post("/ka/account/signup/", {"email": "person@example.org"})
        address = "/ka/account/confirm-email/"
    before = dict(client.session.items())
    for _ in range(3):
        client.post(address, {"code": wrong(mails.code)})
        session = client.session  # As requests see it that began before this one ended.
        session.update(before)
        session.save()
    client.post(address, {"code": mails.code})
    assert not signed_in(client)


def test_wagtails_door_for_passwords_is_closed(client):
    assert client.get("/ka/_util/login/?next=/ka/").url == "/ka/account/login/?next=%2Fka%2F"
    assert client.post("/ka/_util/login/", {"username": "a", "password": "b"}).status_code == 405


def test_limits_that_count_by_address_and_person_have_a_daily_or_hourly_end():
    limits = ACCOUNT_RATE_LIMITS
    assert "20/h/key" in limits["request_login_code"].split(",")
    assert "20/h/key" in limits["confirm_email"].split(",")
    assert "30/d/key" in limits["login_failed"].split(",")


def test_without_the_cache_server_people_sign_in_and_limits_hold(client, mails, settings):
    server = {"BACKEND": "cms.core.cache.TolerantRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": server}
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "2/m/key", "enter_code": "3/m/key"}
    UserFactory(email="nobody.waits@example.org")
    ask(another_browser(client), "nobody.waits@example.org")
    ask(client, "nobody.waits@example.org")
    assert ask(another_browser(client), "nobody.waits@example.org").status_code in {200, 429}
    assert len(mails) == 2
    enter(client, mails.code)
    assert signed_in(client)
