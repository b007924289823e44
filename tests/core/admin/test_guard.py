import io

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, include, path, reverse
from openpyxl import load_workbook
from wagtail.admin.views.generic import IndexView

from cms.accounts.enums import Role, UnitKind
from cms.accounts.models import RoleAssignment, Unit, User
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from tests.core.admin import probe
from tests.core.admin.probe import GuardedViewSet, OpenViewSet, Touch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.admin.probe")]

OBJECT_URLS = ("edit", "delete", "history", "history_results", "usage", "inspect", "copy")


@pytest.fixture
def own():
    unit = Unit.objects.create(code="tbilisi", name="Tbilisi", kind=UnitKind.OFFICE)
    user = User.objects.create_user("nino@khidi.example", name="Nino")
    return RoleAssignment.objects.create(user=user, unit=unit, role=Role.OFFICER)


@pytest.fixture
def foreign():
    unit = Unit.objects.create(code="batumi", name="Batumi", kind=UnitKind.OFFICE)
    user = User.objects.create_user("gio@khidi.example", name="Gio")
    return RoleAssignment.objects.create(user=user, unit=unit, role=Role.OFFICER)


@pytest.fixture
def officer(own, client, settings):
    """A client of somebody with every model permission, whose objects are those of one unit."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "second_factor" not in name]
    rights = Permission.objects.filter(content_type__app_label="cms_accounts")
    own.user.user_permissions.add(*rights, Permission.objects.get(codename="access_admin"))
    client.force_login(own.user)
    return client


def object_urls(name):
    """Walk the resolver for every URL of a viewset that takes an object."""
    _, resolver = get_resolver("tests.core.admin.probe").namespace_dict[name]
    return [pattern.name for pattern in resolver.url_patterns if pattern.pattern.regex.groups]


def test_the_walk_meets_every_url_with_an_object():
    assert object_urls("guarded") == object_urls("open") == list(OBJECT_URLS)


@pytest.mark.parametrize("name", OBJECT_URLS)
@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_a_foreign_object_is_not_found(officer, foreign, name, method):
    answer = getattr(officer, method)(reverse(f"guarded:{name}", args=[foreign.pk]))

    assert answer.status_code == 404
    foreign.refresh_from_db()


@pytest.mark.parametrize("name", OBJECT_URLS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_own_object_is_found(officer, own, name, method):
    answer = getattr(officer, method)(reverse(f"guarded:{name}", args=[own.pk]))

    # What only shows refuses a POST by its method; nothing says "not found".
    assert answer.status_code in ({200} if method == "get" else {200, 302, 405})


@pytest.mark.parametrize("name", OBJECT_URLS)
def test_without_the_guard_a_foreign_object_leaks(officer, foreign, name):
    """Negative control: Wagtail's own viewset shows every object to whoever may see one."""
    assert officer.get(reverse(f"open:{name}", args=[foreign.pk])).status_code == 200


def test_without_the_guard_a_foreign_object_is_deleted(officer, foreign):
    officer.post(reverse("open:delete", args=[foreign.pk]))

    assert not RoleAssignment.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("key", ["0", "99999999999999999999999999"])
def test_no_object_is_not_found(officer, key):
    assert officer.get(f"/admin/guarded/edit/{key}/").status_code == 404


def exported(answer, kind):
    """Return the ids of an exported listing."""
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        rows = [line.split(",") for line in content.decode().splitlines()]
    else:
        rows = [[str(cell.value) for cell in row] for row in load_workbook(io.BytesIO(content)).active.rows]
    return [row[0] for row in rows[1:]]


@pytest.mark.parametrize("query", ["", "?q=officer", "?ordering=-unit_id"])
@pytest.mark.parametrize("name", ["index", "index_results"])
def test_the_listing_shows_own_objects_only(officer, own, foreign, name, query):
    shown = officer.get(reverse(f"guarded:{name}") + query).context["object_list"]
    leaking = officer.get(reverse(f"open:{name}") + query).context["object_list"]

    assert list(shown) == [own]
    assert set(leaking) == {own, foreign}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_own_objects_only(officer, own, foreign, kind):
    assert exported(officer.get(f"/admin/guarded/?export={kind}"), kind) == [str(own.pk)]
    assert len(exported(officer.get(f"/admin/open/?export={kind}"), kind)) == 2


# --- Bulk actions ------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def untouched():
    Touch.touched.clear()


@pytest.mark.parametrize("chosen", ["id=all", "id={own}&id={foreign}", "id={own}"])
def test_a_bulk_action_reaches_own_objects_only(officer, own, foreign, chosen):
    url = f"/admin/touch/?next=/admin/guarded/&{chosen.format(own=own.pk, foreign=foreign.pk)}"

    assert [shown["item"] for shown in officer.get(url).context["items"]] == [own]
    assert officer.post(url).status_code == 302
    assert Touch.touched == [own.pk]


@pytest.mark.parametrize("chosen", ["id={foreign}", "id=x", "", "id=99999999999999999999"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bulk_action_with_nothing_own_is_not_found(officer, foreign, chosen, method):
    answer = getattr(officer, method)(f"/admin/touch/?next=/admin/&{chosen.format(foreign=foreign.pk)}")

    assert answer.status_code == 404
    assert Touch.touched == []


def test_a_bulk_action_leaves_out_what_the_person_may_not_touch(officer, own):
    kept = RoleAssignment.objects.create(user=own.user, unit=own.unit, role=Role.REVIEWER)

    page = officer.get("/admin/touch/?next=/admin/&id=all")
    officer.post("/admin/touch/?next=/admin/&id=all")

    assert page.context["items_with_no_access"] == [kept]
    assert Touch.touched == [own.pk]


# --- Mistakes stop the server from starting ----------------------------------------------------


def test_an_index_that_shows_everything_is_refused():
    class Careless(GuardedViewSet):
        index_view_class = IndexView

    with pytest.raises(ImproperlyConfigured, match="VisibleIndex"):
        Careless().on_register()


@pytest.mark.parametrize(
    "pattern", [path("x/<int:other>/", probe.bulk), path("x/", include(([path("y/", probe.bulk)], "x")))]
)
def test_a_url_that_nobody_can_guard_is_refused(pattern):
    class More(OpenViewSet):
        def get_urlpatterns(self):
            return [*super().get_urlpatterns(), pattern]

    class Careless(ObjectGuard, More):
        pass

    with pytest.raises(ImproperlyConfigured, match=r"guard|pk"):
        Careless().get_urlpatterns()


def test_a_visible_index_without_a_guard_shows_nothing(rf, own):
    view = VisibleIndex(model=RoleAssignment)
    view.setup(rf.get("/"))

    with pytest.raises(ImproperlyConfigured):
        view.get_base_queryset()


def test_a_guard_without_an_answer_lets_nobody_through(own):
    request = RequestFactory().get("/")
    request.user = own.user

    with pytest.raises(NotImplementedError):
        ObjectGuard().guarded(lambda _request, _pk: HttpResponse())(request, own.pk)


def test_a_key_in_the_arguments_is_checked_too(own, foreign):
    request = RequestFactory().get("/")
    request.user = own.user
    view = GuardedViewSet().guarded(lambda _request, _pk: HttpResponse())

    assert view(request, str(own.pk)).status_code == 200
    for key in (foreign.pk, "no number", ""):
        with pytest.raises(Http404):
            view(request, key)
