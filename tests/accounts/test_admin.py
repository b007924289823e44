import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from cms.accounts.admin.units import units
from cms.accounts.admin.users import PeopleViewSet
from cms.accounts.enums import Role
from cms.accounts.models import Unit, User
from cms.audit.models import Entry
from tests.accounts.conftest import enrol, sign_in
from tests.accounts.factories import RoleAssignmentFactory, UnitFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db

PEOPLE = "wagtailusers_users"


def url(name, *args):
    return reverse(f"{PEOPLE}:{name}", args=args)


@pytest.fixture
def hub_admin(hub):
    return person_with(Role.ADMIN, hub, name="Hub admin")


@pytest.fixture
def as_admin(client, admin):
    sign_in(client, admin)
    return client


@pytest.fixture
def as_hub_admin(client, hub_admin):
    sign_in(client, hub_admin)
    return client


@pytest.fixture
def as_root(client):
    sign_in(client, UserFactory(superuser=True, name="Root"))
    return client


def names(response):
    return {str(person) for person in response.context["object_list"]}


def data_of(person, **changes):
    """Return the form as the browser would send it back."""
    data = {"email": person.email, "name": person.name, "preferred_language": person.preferred_language}
    data |= {"is_active": "on"} if person.is_active else {}
    for unit_id, role in person.role_assignments.values_list("unit_id", "role"):
        data.setdefault(f"roles_{unit_id}", []).append(role)
    return {key: value for key, value in (data | changes).items() if value is not None}


# --- the list ---------------------------------------------------------------------------------


def test_the_list_shows_the_people_of_ones_units_only(as_hub_admin, hub, office, partner):
    person_with(Role.HELPER, hub, name="Colleague")
    person_with(Role.HELPER, office, name="Above")
    person_with(Role.HELPER, partner, name="Partner")
    UserFactory(name="Visitor")
    assert names(as_hub_admin.get(url("index"))) == {"Hub admin", "Colleague"}
    export = b"".join(as_hub_admin.get(url("index"), {"export": "csv"}).streaming_content).decode()
    assert "Colleague" in export
    assert "Above" not in export
    assert "Visitor" not in export
    for query in ("Above", "@example.org", '"', "\0", ""):
        found = as_hub_admin.get(url("index"), {"q": query})
        assert names(found) <= {"Hub admin", "Colleague"}


def test_the_list_is_filtered_by_role(as_admin, hub):
    person_with(Role.HELPER, hub, name="Helper")
    assert names(as_admin.get(url("index"), {"role": "helper"})) == {"Helper"}


def test_the_list_costs_the_same_with_one_person_and_twenty(as_admin, hub, django_assert_max_num_queries):
    as_admin.get(url("index"))
    with django_assert_max_num_queries(20) as few:
        as_admin.get(url("index"))
    for _number in range(15):
        person_with(Role.HELPER, hub)
    with django_assert_max_num_queries(20) as many:
        as_admin.get(url("index"))
    assert len(many) == len(few)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN, Role.HELPER, Role.REVIEWER}))
def test_other_staff_find_neither_people_nor_units(client, office, role):
    sign_in(client, person_with(role, office))
    for path in (url("index"), url("add"), reverse("units:index"), reverse("units:add")):
        response = client.get(path)
        assert response.status_code == 302  # Wagtail's "no permission", back to the start page
        assert response.url == "/admin/"


# --- every address with an object -------------------------------------------------------------


def object_paths(viewset_name, patterns, pk):
    for pattern in patterns:
        if "pk" in pattern.pattern.regex.groupindex:
            yield reverse(f"{viewset_name}:{pattern.name}", args=[pk])


@pytest.mark.parametrize("method", ["get", "post"])
def test_people_of_others_are_not_found_at_any_address(as_hub_admin, office, hub, partner, mails, method):
    patterns = PeopleViewSet(PEOPLE, url_prefix="users").get_urlpatterns()
    strangers = [
        person_with(Role.HELPER, office),
        person_with(Role.HELPER, partner),
        UserFactory(),
        UserFactory(superuser=True),
    ]
    tried = 0
    for stranger in strangers:
        for path in object_paths(PEOPLE, patterns, stranger.pk):
            assert getattr(as_hub_admin, method)(path).status_code == 404, path
            tried += 1
    assert tried == 4 * len([item for item in patterns if "pk" in item.pattern.regex.groupindex])
    assert tried >= 4 * 5


@pytest.mark.parametrize("method", ["get", "post"])
def test_units_of_others_are_not_found_at_any_address(as_hub_admin, office, sibling, partner, method):
    for stranger in (office, sibling, partner):
        for path in object_paths("units", units.get_urlpatterns(), stranger.pk):
            assert getattr(as_hub_admin, method)(path).status_code == 404, path


@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_wagtails_bulk_actions_on_people_do_not_exist(client, admin, office, action):
    victim = person_with(Role.HELPER, office)
    for person in (admin, UserFactory(superuser=True)):
        sign_in(client, person)
        path = f"/admin/bulk/cms_accounts/user/{action}/?id={victim.pk}&next=/admin/"
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert User.objects.filter(pk=victim.pk, is_active=True).exists()


def test_nobody_deletes_a_person_or_a_unit(as_root, hub):
    person = person_with(Role.HELPER, hub)
    as_root.post(url("delete", person.pk))
    as_root.post(reverse("units:delete", args=[hub.pk]))
    assert User.objects.filter(pk=person.pk).exists()
    assert Unit.objects.filter(pk=hub.pk).exists()


def test_groups_belong_to_superusers(as_admin):
    group = Group.objects.first()
    for path in ("/admin/groups/", "/admin/groups/new/", f"/admin/groups/edit/{group.pk}/"):
        assert as_admin.get(path).status_code in {302, 404}


# --- inviting ---------------------------------------------------------------------------------


def test_inviting_gives_a_confirmed_address_and_roles_and_no_password(as_admin, hub):
    page = as_admin.get(url("add"))
    assert page.status_code == 200
    assert not {"password1", "is_superuser", "groups", "is_active"} & set(page.context["form"].fields)
    data = {
        "email": "New@example.org",
        "name": "New",
        "preferred_language": "it",
        f"roles_{hub.pk}": ["editor"],
    }
    assert as_admin.post(url("add"), data).status_code == 302
    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert person.emailaddress_set.get().verified
    assert set(person.groups.values_list("name", flat=True)) == {"editor:hub"}


def test_inviting_somebody_who_is_here_adds_roles(as_admin, hub):
    person = UserFactory(name="Here")
    data = {"email": person.email, "name": "Other", "preferred_language": "it", f"roles_{hub.pk}": ["helper"]}
    as_admin.post(url("add"), data)
    person.refresh_from_db()
    assert person.name == "Here"
    assert person.role_assignments.get().role == Role.HELPER


@pytest.mark.parametrize("extra", [{}, {"is_superuser": "on"}, {"groups": ["1"]}, {"password1": "x"}])
def test_an_invitation_needs_a_role_and_takes_nothing_else(as_hub_admin, office, extra):
    data = {
        "email": "new@example.org",
        "name": "",
        "preferred_language": "ka",
        f"roles_{office.pk}": ["admin"],
    }
    response = as_hub_admin.post(url("add"), data | extra)
    assert response.status_code == 200  # The office's row is not the hub administrator's to fill in.
    assert not User.objects.filter(email="new@example.org").exists()


def test_extra_keys_of_an_invitation_do_nothing(as_hub_admin, hub, office):
    data = {
        "email": "new@example.org",
        "name": "",
        "preferred_language": "ka",
        f"roles_{hub.pk}": ["helper"],
        f"roles_{office.pk}": ["admin"],
        "is_superuser": "on",
        "groups": [str(Group.objects.first().pk)],
    }
    as_hub_admin.post(url("add"), data)
    person = User.objects.get(email="new@example.org")
    assert not person.is_superuser
    assert list(person.role_assignments.values_list("unit__code", "role")) == [("hub", "helper")]
    assert not person.groups.exists()


# --- changing ---------------------------------------------------------------------------------


def test_an_administrator_changes_their_people(as_admin, hub):
    person = person_with(Role.HELPER, hub)
    assert as_admin.get(url("edit", person.pk)).status_code == 200
    data = data_of(person, name="Changed", preferred_language="de", is_active=None)
    data[f"roles_{hub.pk}"] = ["editor", "officer"]
    assert as_admin.post(url("edit", person.pk), data).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.preferred_language, person.is_active) == ("Changed", "de", False)
    assert set(person.role_assignments.values_list("role", flat=True)) == {"editor", "officer"}


def test_of_somebody_who_works_elsewhere_only_ones_own_roles_change(as_hub_admin, hub, office):
    person = person_with(Role.HELPER, hub)
    RoleAssignmentFactory(user=person, unit=office, role=Role.EDITOR)
    data = data_of(person, name="Taken over", email="mine@example.org", is_active=None)
    data[f"roles_{hub.pk}"] = ["reviewer"]
    data[f"roles_{office.pk}"] = []
    as_hub_admin.post(url("edit", person.pk), data)
    before = (person.name, person.email)
    person.refresh_from_db()
    assert (person.name, person.email) == before
    assert person.is_active
    assert set(person.role_assignments.values_list("unit__code", "role")) == {
        ("hub", "reviewer"),
        ("office", "editor"),
    }


def test_nobody_makes_superusers_but_superusers(client, admin, hub):
    person = person_with(Role.HELPER, hub)
    for by, expected in ((admin, False), (UserFactory(superuser=True), True)):
        sign_in(client, by)
        client.post(url("edit", person.pk), data_of(person, is_superuser="on"))
        person.refresh_from_db()
        assert person.is_superuser is expected


def test_nobody_locks_themselves_out(as_admin, admin, office):
    as_admin.post(url("edit", admin.pk), data_of(admin, is_active=None, **{f"roles_{office.pk}": []}))
    admin.refresh_from_db()
    assert admin.is_active
    assert admin.role_assignments.get().role == Role.ADMIN


def test_an_address_of_somebody_else_is_refused(as_admin, hub):
    person, other = person_with(Role.HELPER, hub), UserFactory()
    response = as_admin.post(url("edit", person.pk), data_of(person, email=other.email.upper()))
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"email"}


# --- resetting a second factor ----------------------------------------------------------------


def test_a_second_factor_is_reset_after_a_question(as_admin, admin, hub, mails):
    enrol(admin)
    person = person_with(Role.HELPER, hub)
    enrol(person)
    path = url("reset_second_factor", person.pk)
    assert path in as_admin.get(url("edit", person.pk)).content.decode()
    assert as_admin.get(path).status_code == 200
    assert Authenticator.objects.filter(user=person).exists()
    assert as_admin.post(path).url == url("edit", person.pk)
    assert not Authenticator.objects.filter(user=person).exists()
    assert mails.templates == ["account/email/second_factor_reset"]


def test_a_reset_asks_for_a_code_first(client, admin, hub, monkeypatch):
    enrol(admin)
    person = person_with(Role.HELPER, hub)
    sign_in(client, admin)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    response = client.post(url("reset_second_factor", person.pk))
    assert response.url.startswith("/ka/account/2fa/reauthenticate/?next=")


def test_nobody_resets_who_works_elsewhere_or_themselves(as_hub_admin, hub_admin, hub, office, mails):
    colleague = person_with(Role.HELPER, hub)
    RoleAssignmentFactory(user=colleague, unit=office, role=Role.EDITOR)
    for person in (colleague, hub_admin):
        enrol(person)
        session = as_hub_admin.session
        as_hub_admin.post(url("reset_second_factor", person.pk))
        assert Authenticator.objects.filter(user=person).count() == 2
        assert (
            url("reset_second_factor", person.pk)
            not in as_hub_admin.get(url("edit", person.pk)).content.decode()
        )
        assert session.session_key


# --- units ------------------------------------------------------------------------------------


def unit_data(**changes):
    return {"name": "New", "code": "new", "kind": "hub", "parent": "", "email": "", **changes}


def test_an_administrator_makes_a_hub_of_their_office(as_admin, office):
    assert as_admin.get(reverse("units:add")).status_code == 200
    assert as_admin.post(reverse("units:add"), unit_data(parent=office.pk)).status_code == 302
    assert Unit.objects.get(code="new").parent == office


@pytest.mark.parametrize("parent", ["", "partner", "hub"])
def test_an_administrator_makes_no_unit_elsewhere(as_admin, partner, hub, parent):
    keys = {"partner": partner.pk, "hub": hub.pk, "": ""}
    response = as_admin.post(reverse("units:add"), unit_data(parent=keys[parent]))
    assert response.status_code == 200
    assert not Unit.objects.filter(code="new").exists()


def test_units_are_made_and_changed_on_record(as_admin, admin, office):
    as_admin.post(reverse("units:add"), unit_data(parent=office.pk))
    as_admin.post(reverse("units:edit", args=[office.pk]), unit_data(name="Renamed", kind="office"))
    made, changed = Entry.objects.filter(target_type="cms_accounts.unit").order_by("pk")
    assert (made.action, changed.action) == ("accounts.unit_made", "accounts.unit_changed")
    assert (changed.actor_id, changed.unit_id) == (admin.pk, office.pk)
    assert changed.details == {"fields": ["name"]}


def test_only_superusers_say_where_a_unit_writes(client, admin, office):
    root = Page.get_first_root_node()
    data = unit_data(name="Office", code="office", kind="office", root_page=root.pk)
    for by, expected in ((admin, None), (UserFactory(superuser=True), root.pk)):
        sign_in(client, by)
        client.post(reverse("units:edit", args=[office.pk]), data)
        office.refresh_from_db()
        assert office.root_page_id == expected


def test_a_hub_does_not_leave_its_office(as_hub_admin, hub, office):
    path = reverse("units:edit", args=[hub.pk])
    data = unit_data(name="Renamed", code="other", kind="office", parent="")
    assert as_hub_admin.post(path, data).status_code == 302
    hub.refresh_from_db()
    assert (hub.name, hub.code, hub.kind, hub.parent) == ("Renamed", "hub", "hub", office)


def test_the_list_of_units_shows_ones_own(as_hub_admin, hub, office, partner):
    assert set(as_hub_admin.get(reverse("units:index")).context["object_list"]) == {hub}


def test_a_third_level_is_refused(as_root, hub):
    response = as_root.post(reverse("units:add"), unit_data(parent=hub.pk))
    assert response.status_code == 200
    assert not Unit.objects.filter(code="new").exists()


def test_units_are_found_by_name(as_root):
    UnitFactory(name="Batumi")
    found = as_root.get(reverse("units:index"), {"q": 'Batu"mi'})
    assert found.status_code == 200
