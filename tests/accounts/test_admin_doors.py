import pytest
from django.conf import settings as project
from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.log_actions import log
from wagtail.models import Page

from cms.accounts import second_factor
from cms.accounts.enums import STAFF_ROLES, Role
from tests.accounts.conftest import sign_in
from tests.accounts.factories import UserFactory, person_with
from tests.accounts.journeys import signed_in

pytestmark = pytest.mark.django_db

ACTIVATE = "/ka/account/2fa/totp/activate/"


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


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_the_site_history_names_nobody_whose_work_one_may_not_see(client, office, role):
    root = UserFactory(superuser=True, name="Elsewhere")
    log(instance=Page.objects.last(), action="wagtail.edit", user=root)
    sign_in(client, person_with(role, office))
    response = client.get(reverse("wagtailadmin_reports:site_history"))
    assert response.status_code == 200
    assert "Elsewhere" not in response.content.decode()
    sign_in(client, root)
    assert "Elsewhere" in client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
