import pytest
from allauth.account.models import EmailAddress

from cms.accounts.forms import SignupForm
from cms.accounts.models import User
from tests.accounts.conftest import sign_in
from tests.accounts.factories import UserFactory
from tests.accounts.journeys import actions, another_browser, shape, signed_in, wrong

pytestmark = pytest.mark.django_db


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
        browser = another_browser(client)
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
