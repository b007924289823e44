from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as project
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cms.accounts import second_factor
from cms.accounts.enums import STAFF_ROLES, Role
from cms.audit.models import Entry
from tests.accounts.conftest import app_code, enrol, recovery_code, sign_in
from tests.accounts.factories import UserFactory, person_with
from tests.accounts.test_sign_in import actions, ask, client_class, enter, signed_in

pytestmark = pytest.mark.django_db

ACTIVATE = "/ka/account/2fa/totp/activate/"
PROVE = "/ka/account/2fa/authenticate/"
AGAIN = "/ka/account/2fa/reauthenticate/"


@pytest.fixture
def editor(office):
    return person_with(Role.EDITOR, office)


# --- every address of the admin ---------------------------------------------------------------

EXAMPLES = {
    "int": "1",
    "uuid": "12345678-1234-5678-1234-567812345678",
    "slug": "a",
    "str": "a",
    "path": "a/b",
}


def admin_paths():
    """Return an example of every address under /admin/, from the resolver."""

    def walk(patterns, prefix):
        for item in patterns:
            route = prefix + example(item.pattern)
            if isinstance(item, URLResolver):
                yield from walk(item.url_patterns, route)
            elif isinstance(item, URLPattern) and route.startswith("admin/"):
                yield f"/{route}"

    return sorted(set(walk(get_resolver().url_patterns, "")))


def example(pattern):
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = {"StringConverter": "str"}.get(
            type(converter).__name__, type(converter).__name__.removesuffix("Converter").lower()
        )
        route = route.replace(f"<{kind}:{name}>", EXAMPLES.get(kind, "1")).replace(f"<{name}>", "a")
    if pattern.regex.groups and "<" in route:
        route = ""
    return route.lstrip("^").rstrip("$").replace("\\", "")


def test_the_walk_finds_the_admin():
    paths = admin_paths()
    assert len(paths) > 200
    for known in (
        "/admin/",
        "/admin/pages/1/edit/",
        "/admin/users/edit/1/",
        "/admin/logout/",
        "/admin/units/",
    ):
        assert known in paths


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_second_factor_reach_no_admin_page(client, editor, method):
    sign_in(client, editor, proven=False)
    doors = {reverse(name) for name in second_factor.DOORS}
    reached = {}
    for path in admin_paths():
        if path in doors:
            continue
        response = getattr(client, method)(path)
        if not (response.status_code == 302 and response.url.startswith(ACTIVATE)):
            reached[path] = response.status_code
    assert {path: status for path, status in reached.items() if status != 404} == {}
    assert len(reached) < 10  # Nothing but addresses that do not exist at all.


def test_with_it_the_admin_opens(client, editor):
    sign_in(client, editor)
    assert client.get("/admin/").status_code == 200


def test_without_the_middleware_the_admin_would_be_open(client, editor, settings):
    """The control: it is the middleware that keeps people out."""
    settings.MIDDLEWARE = [name for name in project.MIDDLEWARE if "SecondFactor" not in name]
    sign_in(client, editor, proven=False)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_no_staff_role_is_exempt(client, office, role):
    sign_in(client, person_with(role, office), proven=False)
    assert client.get("/admin/").url == f"{ACTIVATE}?next=%2Fadmin%2F"


def test_the_question_is_asked_in_the_language_of_the_person(client, office):
    person = person_with(Role.EDITOR, office, user__preferred_language="ar")
    sign_in(client, person, proven=False)
    response = client.get("/admin/", headers={"accept-language": "en"})
    assert response.url.startswith("/ar/account/2fa/totp/activate/")


def test_a_superuser_is_not_exempt(client):
    sign_in(client, UserFactory(superuser=True), proven=False)
    assert client.get("/admin/users/").url == f"{ACTIVATE}?next=%2Fadmin%2Fusers%2F"


def test_admin_rights_without_a_role_are_not_exempt(client):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    sign_in(client, person, proven=False)
    assert client.get("/admin/").url.startswith(ACTIVATE)


def test_a_script_is_refused_instead_of_led(client, editor):
    sign_in(client, editor, proven=False)
    response = client.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/users/", "/admin/account/"])
@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.HELPER])
def test_whoever_has_no_access_is_told_nothing(client, office, path, role):
    person = person_with(role, office) if role else UserFactory()
    sign_in(client, person)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_visitors_are_led_to_our_sign_in(client):
    response = client.get("/admin/pages/")
    assert response.url == "/ka/account/login/?next=/admin/pages/"


# --- Wagtail's own doors ----------------------------------------------------------------------


def test_wagtails_sign_in_is_ours(client):
    assert client.get("/admin/login/?next=/admin/pages/").url == "/ka/account/login/?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/login/?next=https://evil.example/").url == "/ka/account/login/"
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 405


@pytest.mark.parametrize("proven", [True, False])
def test_a_link_to_sign_out_ends_nothing_and_a_button_does(client, editor, proven):
    sign_in(client, editor, proven=proven)
    assert client.get("/admin/logout/").url == "/ka/account/logout/"
    assert signed_in(client)
    assert client.post("/admin/logout/").url == "/ka/"
    assert not signed_in(client)


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/admin/password_reset/done/"])
def test_wagtail_resets_no_password(client, path):
    assert client.get(path).status_code == 404


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
    other = client_class(half_way)
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
    other = client_class(client)
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
