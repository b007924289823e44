from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from cms.accounts import second_factor
from cms.accounts.enums import Role
from cms.audit.models import Entry
from tests.accounts.conftest import app_code, enrol, recovery_code, sign_in
from tests.accounts.factories import UserFactory, person_with
from tests.accounts.journeys import actions, another_browser, ask, enter, signed_in

pytestmark = pytest.mark.django_db

ACTIVATE = "/ka/account/2fa/totp/activate/"
PROVE = "/ka/account/2fa/authenticate/"
AGAIN = "/ka/account/2fa/reauthenticate/"


@pytest.fixture
def editor(office):
    return person_with(Role.EDITOR, office)


# --- enrolling --------------------------------------------------------------------------------


def secret_on(response):
    return response.context["secret"]


@pytest.mark.django_db(transaction=True)
def test_enrolling_opens_the_admin_at_once(client, editor, mails, app_time):
    ask(client, editor.email)
    assert enter(client, mails.code).url == "/admin/"
    there = client.get("/admin/").url
    page = client.get(there)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    code = app_code(app_time, secret_on(page))
    response = client.post(ACTIVATE, {"code": code, "next": "/admin/"})
    assert response.url == "/ka/account/2fa/recovery-codes/?next=%2Fadmin%2F"
    page = client.get(response.url)
    assert page.status_code == 200
    assert len(page.context["unused_codes"]) == 10
    assert 'href="/admin/"' in page.content.decode()
    assert client.get("/admin/").status_code == 200
    assert actions() == ["accounts.sign_in", "accounts.second_factor_added"]
    assert "mfa/email/totp_activated" in mails.templates


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
def test_enrolling_leads_to_no_other_site(client, editor, mails, app_time, target):
    sign_in(client, editor, proven=False)
    page = client.get(f"{ACTIVATE}?next={target}")
    assert "evil" not in page.content.decode().split("<main")[1].split("</main>")[0]
    response = client.post(ACTIVATE, {"code": app_code(app_time, secret_on(page)), "next": target})
    page = client.get(f"{response.url}?next={target}")
    assert "evil" not in page.content.decode().split("<main")[1].split("</main>")[0]


def test_a_wrong_code_enrols_nobody(client, editor, app_time):
    sign_in(client, editor, proven=False)
    client.get(ACTIVATE)
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").status_code == 302


# --- proving ----------------------------------------------------------------------------------


@pytest.fixture
def half_way(client, editor, mails, app_time):
    """The first code is entered, the second step is asked for."""
    enrol(editor)
    ask(client, editor.email)
    assert enter(client, mails.code).url == PROVE
    assert not signed_in(client)
    return client


def test_code_and_app_open_the_admin(half_way, app_time):
    page = half_way.get(PROVE).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert half_way.post(PROVE, {"code": app_code(app_time)}).url == "/admin/"
    assert half_way.get("/admin/").status_code == 200


def test_half_way_is_not_in(half_way):
    assert half_way.get("/admin/").url.startswith("/ka/account/login/")
    assert half_way.get("/ka/account/").status_code == 302
    assert half_way.get(ACTIVATE).status_code == 302


def test_a_recovery_code_counts_once(half_way, editor, mails):
    code = recovery_code(editor)
    assert half_way.post(PROVE, {"code": code}).url == "/admin/"
    assert half_way.get("/admin/").status_code == 200
    half_way.post("/ka/account/logout/")
    ask(half_way, editor.email)
    enter(half_way, mails.code)
    assert half_way.post(PROVE, {"code": code}).status_code == 200
    assert not signed_in(half_way)


def test_a_code_of_the_app_counts_once_in_any_browser(half_way, editor, mails, app_time):
    code = app_code(app_time)
    half_way.post(PROVE, {"code": code})
    cache.clear()  # Another process, a restart.
    other = another_browser(half_way)
    ask(other, editor.email)
    enter(other, mails.code)
    assert other.post(PROVE, {"code": code}).status_code == 200
    assert not signed_in(other)
    app_time.now += 30
    assert other.post(PROVE, {"code": app_code(app_time)}).url == "/admin/"


def test_the_code_used_for_enrolling_does_not_sign_in(
    client, editor, mails, app_time, django_capture_on_commit_callbacks
):
    sign_in(client, editor, proven=False)
    code = app_code(app_time, secret_on(client.get(ACTIVATE)))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ACTIVATE, {"code": code})
    other = another_browser(client)
    ask(other, editor.email)
    enter(other, mails.code)
    assert other.post(PROVE, {"code": code}).status_code == 200
    assert not signed_in(other)


def test_wrong_codes_are_noted_and_slowed_down(half_way, app_time, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    for _try in range(5):
        half_way.post(PROVE, {"code": "000000"})
    half_way.post(PROVE, {"code": app_code(app_time)})
    assert not signed_in(half_way)
    assert Entry.objects.filter(action="accounts.second_factor_refused").count() == 5


def test_somebody_who_enrolled_elsewhere_is_asked_and_led_back(client, editor, app_time):
    sign_in(client, editor, proven=False)
    enrol(editor)
    response = client.get("/admin/pages/")
    assert response.url == f"{AGAIN}?next=%2Fadmin%2Fpages%2F"
    assert client.get(response.url).status_code == 200
    response = client.post(AGAIN, {"code": app_code(app_time), "next": "/admin/pages/"})
    assert response.url == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_what_was_posted_is_not_led_back_to(client, editor):
    sign_in(client, editor, proven=False)
    assert client.post("/admin/pages/1/edit/").url == f"{ACTIVATE}?next=%2Fadmin%2F"


def test_there_is_no_loop(client, editor):
    sign_in(client, editor, proven=False)
    for path in (ACTIVATE, "/ka/account/", "/ka/account/logout/", "/ka/account/sessions/"):
        assert client.get(path).status_code == 200
    assert client.get("/admin/", follow=True).redirect_chain == [(f"{ACTIVATE}?next=%2Fadmin%2F", 302)]


# --- giving it up -----------------------------------------------------------------------------

DEACTIVATE = "/ka/account/2fa/totp/deactivate/"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.HELPER])
def test_whoever_must_have_one_keeps_it(client, office, role):
    person = person_with(role, office)
    enrol(person)
    sign_in(client, person)
    assert client.get(DEACTIVATE).status_code == 200
    client.post(DEACTIVATE)
    assert Authenticator.objects.filter(user=person).count() == 2
    assert DEACTIVATE not in client.get("/ka/account/").content.decode()


def test_others_may_give_it_up(client, mails):
    person = UserFactory()
    enrol(person)
    sign_in(client, person)
    assert DEACTIVATE in client.get("/ka/account/").content.decode()
    client.post(DEACTIVATE)
    assert not Authenticator.objects.filter(user=person).exists()
    assert actions() == ["accounts.second_factor_removed"]


def test_giving_it_up_asks_for_it_first(client):
    person = UserFactory()
    enrol(person)
    sign_in(client, person, proven=False)
    assert client.post(DEACTIVATE).url.startswith(AGAIN)
    assert client.get("/ka/account/2fa/recovery-codes/").url.startswith(AGAIN)
    assert client.post("/ka/account/email/", {"email": "new@example.org", "action_add": ""}).url.startswith(
        AGAIN
    )


def test_new_recovery_codes_replace_the_old(client, mails, django_capture_on_commit_callbacks):
    person = UserFactory()
    enrol(person)
    sign_in(client, person)
    old = recovery_code(person)
    assert client.get("/ka/account/2fa/recovery-codes/generate/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/ka/account/2fa/recovery-codes/generate/")
    assert recovery_code(person) != old
    assert actions() == ["accounts.recovery_codes_made"]
    assert recovery_code(person) in client.get("/ka/account/2fa/recovery-codes/download/").content.decode()


# --- marked views -----------------------------------------------------------------------------


@second_factor.second_factor_required
def marked(_request):
    return HttpResponse("other people's data")


def request_of(rf, client, user):
    request = rf.get("/somewhere/?page=2")
    request.session, request.user = client.session, user
    return request


def test_a_marked_view_leads_visitors_to_sign_in(rf, client):
    response = marked(request_of(rf, client, AnonymousUser()))
    assert "/account/login/?next=/somewhere/%3Fpage%3D2" in response.url


def test_a_marked_view_asks_everybody_and_opens(rf, client):
    person = UserFactory()
    sign_in(client, person, proven=False)
    assert "next=%2Fsomewhere%2F%3Fpage%3D2" in marked(request_of(rf, client, person)).url
    sign_in(client, person)
    assert marked(request_of(rf, client, person)).content == b"other people's data"


def test_the_proof_of_another_person_does_not_count(rf, client):
    sign_in(client, UserFactory())
    assert not second_factor.proven(request_of(rf, client, UserFactory()))
    assert not second_factor.proven(request_of(rf, client, AnonymousUser()))


def test_a_code_by_mail_is_no_second_factor(client, editor, mails):
    ask(client, editor.email)
    enter(client, mails.code)
    records = client.session["account_authentication_methods"]
    assert [record["method"] for record in records] == ["code"]
    assert not second_factor.proven(SimpleNamespace(session=client.session, user=editor))


def test_leading_a_script_is_refused(rf, client):
    request = request_of(rf, client, UserFactory())
    request.META["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"
    with pytest.raises(PermissionDenied):
        marked(request)
