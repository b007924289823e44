import re
import time
from html import unescape

import pytest
from allauth.account.internal.flows import code_verification
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.urls import NoReverseMatch, reverse

from cms.accounts.enums import Role
from cms.accounts.forms import SignupForm, western_digits
from cms.accounts.models import User
from cms.audit.models import Entry
from tests.accounts.conftest import sign_in
from tests.accounts.factories import UserFactory, person_with

pytestmark = pytest.mark.django_db

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def actions():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def ask(client, email, *, language="ka", follow=False, **data):
    return client.post(f"/{language}/account/login/", {"login": email, **data}, follow=follow)


def enter(client, code, *, language="ka", **data):
    return client.post(f"/{language}/account/login/code/confirm/", {"code": code, **data})


def signed_in(client):
    return "_auth_user_id" in client.session


def wrong(code):
    return code.translate(str.maketrans("0123456789", "1234567890"))


def shape(response):
    """Return a page without what differs from request to request."""
    text = re.sub(r'(csrfmiddlewaretoken" value|content)="[^"]+"', "", unescape(response.content.decode()))
    return re.sub(r"[\w.-]+@example\.org", "ADDRESS", text)


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
    other = client_class(client)
    assert enter(other, mails.code).url == "/ka/account/login/code/"
    assert not signed_in(other)


def client_class(client):
    return type(client)()


def test_a_code_counts_once(client, mails):
    ask(client, UserFactory().email)
    enter(client, mails.code)
    client.post("/ka/account/logout/")
    enter(client, mails.code)
    assert not signed_in(client)


def test_an_unknown_address_gets_the_same_answer(client, mails):
    person = UserFactory(email="known@example.org")
    known, unknown = client, client_class(client)
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
        statuses = [ask(client_class(client), email).status_code for _time in range(4)]
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
        browser = client_class(client)
        ask(browser, person.email)
        assert enter(browser, mails.code).url == target


# --- sign up ----------------------------------------------------------------------------------


def sign_up(client, email, language="ka"):
    return client.post(f"/{language}/account/signup/", {"email": email})


@pytest.mark.parametrize("language", ["ka", "ar", "it"])
def test_an_account_needs_an_address_and_a_code(client, mails, language):
    assert client.get(f"/{language}/account/signup/").status_code == 200
    response = sign_up(client, "New@example.org", language)
    assert response.url == f"/{language}/account/confirm-email/"
    assert not signed_in(client)
    assert client.get(response.url).status_code == 200
    response = client.post(response.url, {"code": mails.code})
    assert response.url == f"/{language}/account/"
    person = User.objects.get()
    assert (person.email, person.preferred_language) == ("new@example.org", language)
    assert not person.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert signed_in(client)
    assert actions() == ["accounts.sign_up", "accounts.sign_in"]


def test_three_wrong_codes_end_a_sign_up(client, mails):
    url = sign_up(client, "new@example.org").url
    code = mails.code
    for _try in range(3):
        client.post(url, {"code": wrong(code)})
    client.post(url, {"code": code})
    assert not signed_in(client)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_an_address_that_is_taken_gets_the_same_answer(client, mails):
    UserFactory(email="taken@example.org")
    answers = []
    for email in ("taken@example.org", "free@example.org"):
        browser = client_class(client)
        response = sign_up(browser, email)
        page = browser.get(response.url)
        refused = browser.post(response.url, {"code": "0000-0000"})
        answers.append((response.status_code, response.url, shape(page), refused.status_code, shape(refused)))
    assert answers[0] == answers[1]
    assert mails[0].template == "account/email/account_already_exists"
    assert mails[0].context["login_url"] == "http://testserver/ka/account/login/"
    assert User.objects.filter(email="taken@example.org").count() == 1


def test_the_second_click_of_a_double_click_is_no_error(client, mails, monkeypatch):
    UserFactory(email="twice@example.org", confirmed=False)
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda _form, value: value)
    assert sign_up(client, "twice@example.org").url == "/ka/account/confirm-email/"
    assert User.objects.filter(email="twice@example.org").count() == 1
    assert not signed_in(client)


def test_keys_that_nobody_asked_for_are_ignored(client, mails):
    data = {
        "email": "new@example.org",
        "is_superuser": "on",
        "is_active": "",
        "password1": "x",
        "groups": "1",
    }
    client.post("/ka/account/signup/", data)
    person = User.objects.get()
    assert (person.is_superuser, person.is_active, person.has_usable_password()) == (False, True, False)


# --- another address --------------------------------------------------------------------------


def test_a_new_address_is_proved_by_a_code(client, mails):
    person = UserFactory()
    sign_in(client, person, proven=False)
    assert client.get("/ka/account/email/").status_code == 200
    response = client.post("/ka/account/email/", {"email": "new@example.org", "action_add": ""})
    assert response.url == "/ka/account/confirm-email/"
    person.refresh_from_db()
    assert person.email != "new@example.org"
    client.post(response.url, {"code": mails[-1].context["code"]})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == [
        "new@example.org"
    ]
    assert "accounts.email_changed" in actions()
    assert "account/email/email_changed" in mails.templates


def test_a_sign_up_that_claimed_an_address_makes_way_for_its_owner(client, mails):
    UserFactory(email="mine@example.org", confirmed=False)
    person = UserFactory()
    sign_in(client, person, proven=False)
    url = client.post("/ka/account/email/", {"email": "mine@example.org", "action_add": ""}).url
    client.post(url, {"code": wrong(mails[-1].context["code"])})
    assert User.objects.get(email="mine@example.org") != person
    client.post(url, {"code": mails[-1].context["code"]})
    assert User.objects.get(email="mine@example.org") == person


def test_the_confirmed_address_of_another_person_stays_theirs(client, mails):
    other = UserFactory(email="theirs@example.org")
    person = UserFactory()
    sign_in(client, person, proven=False)
    url = client.post("/ka/account/email/", {"email": "theirs@example.org", "action_add": ""}).url
    client.post(url, {"code": mails[-1].context["code"]})
    assert User.objects.get(email="theirs@example.org") == other


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


# --- sign out, sessions -----------------------------------------------------------------------


def test_signing_out_is_a_post(client):
    sign_in(client, UserFactory())
    assert client.get("/ka/account/logout/").status_code == 200
    assert signed_in(client)
    response = client.post("/ka/account/logout/")
    assert not signed_in(client)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert actions() == ["accounts.sign_out"]


@pytest.fixture
def three_browsers(client, mails):
    person = UserFactory()
    browsers = [client, client_class(client), client_class(client)]
    for browser in browsers:
        ask(browser, person.email)
        enter(browser, mails.code)
    return browsers


def test_a_session_is_listed_and_ended(three_browsers):
    here, there, third = three_browsers
    page = here.get("/ka/account/sessions/").content.decode()
    assert page.count("/end/") == 2
    session = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/ka/account/sessions/{session.pk}/end/").status_code == 302
    assert there.get("/ka/account/").status_code == 302
    assert third.get("/ka/account/").status_code == 200
    assert here.get("/ka/account/").status_code == 200


def test_all_other_sessions_end_at_once(three_browsers):
    here, *others = three_browsers
    here.post("/ka/account/sessions/")
    assert here.get("/ka/account/").status_code == 200
    assert [browser.get("/ka/account/").status_code for browser in others] == [302, 302]


def test_the_session_of_another_person_is_not_found(three_browsers, client):
    stranger = client_class(client)
    sign_in(stranger, UserFactory())
    for session in UserSession.objects.all():
        url = f"/ka/account/sessions/{session.pk}/end/"
        assert stranger.post(url).status_code == 404
        assert stranger.get(url).status_code == 405
    assert three_browsers[0].get("/ka/account/").status_code == 200


def test_no_address_and_no_code_is_logged(client, mails, caplog):
    caplog.set_level("DEBUG")
    person = UserFactory(email="nino@example.org")
    ask(client, person.email)
    enter(client, wrong(mails.code))
    enter(client, mails.code)
    assert "nino" not in caplog.text.replace("executemany", "") or "django.db.backends" in caplog.text
    for record in caplog.records:
        if not record.name.startswith("django.db"):
            assert "nino@" not in record.getMessage()
            assert mails.code not in record.getMessage()
    assert "nino" not in str(list(Entry.objects.values()))
