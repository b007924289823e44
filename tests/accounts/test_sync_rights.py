import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, Locale, Page
from wagtail.permissions import policy_registry

from cms.accounts import rights
from cms.accounts.domain.sync_rights import check_rights, sync_rights
from cms.accounts.enums import STAFF_ROLES, Role
from cms.accounts.jobs import check_all_rights
from cms.accounts.models import User
from cms.audit.models import Entry
from tests.accounts.factories import RoleAssignmentFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


def groups(user):
    return set(user.groups.values_list("name", flat=True))


@pytest.fixture
def pages(office, hub, partner):
    """A page and a collection a unit, side by side; returns the pages by code."""
    root, collections = Page.get_first_root_node(), Collection.get_first_root_node()
    made = {}
    for unit in (office, hub, partner):
        made[unit.code] = unit.root_page = root.add_child(instance=Page(title=unit.code, slug=unit.code))
        unit.collection = collections.add_child(instance=Collection(name=unit.code))
        unit.save()
    return made


ALL_RIGHTS = [
    rights.STAFF_RIGHTS,
    *rights.RIGHTS.values(),
    *rights.TOP_UNIT_RIGHTS.values(),
    *rights.PAGE_RIGHTS.values(),
    *rights.COLLECTION_RIGHTS.values(),
]


@pytest.mark.parametrize("name", sorted(set().union(*ALL_RIGHTS)))
def test_every_right_in_the_tables_exists(name):
    app, codename = name.split(".")
    assert Permission.objects.filter(content_type__app_label=app, codename=codename).count() == 1


@pytest.mark.parametrize("role", Role)
def test_staff_roles_open_the_admin_and_no_others(hub, role):
    person = person_with(role, hub)
    assert fresh(person).has_perm("wagtailadmin.access_admin") is (role in STAFF_ROLES)
    assert groups(person) == ({f"{role.value}:hub"} if role in STAFF_ROLES else set())


def test_rights_go_with_the_role(hub):
    assignment = RoleAssignmentFactory(unit=hub, role=Role.EDITOR)
    assignment.delete()
    assert not groups(assignment.user)
    assert not fresh(assignment.user).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(("code", "held"), [("office", True), ("hub", False), ("partner", False)])
def test_jobs_and_audit_log_belong_to_administrators_of_a_main_office(office, hub, partner, code, held):
    units = {"office": office, "hub": hub, "partner": partner}
    person = fresh(person_with(Role.ADMIN, units[code]))
    for name in ("cms_jobs.view_job", "cms_jobs.retry_job", "cms_audit.view_entry"):
        assert person.has_perm(name) is held
    assert not fresh(person_with(Role.EDITOR, office)).has_perm("cms_audit.view_entry")


@pytest.mark.parametrize(
    ("code", "written"), [("office", {"office", "hub"}), ("hub", {"hub"}), ("partner", {"partner"})]
)
def test_editors_write_the_pages_of_their_unit_and_those_below(pages, office, hub, partner, code, written):
    units = {"office": office, "hub": hub, "partner": partner}
    editor = fresh(person_with(Role.EDITOR, units[code]))
    policy = policy_registry.get_by_type(Page)
    assert {
        name
        for name, page in pages.items()
        if policy.user_has_permission_for_instance(editor, "publish", page)
    } == written
    assert not policy.user_has_permission_for_instance(editor, "add", Page.get_first_root_node())


def test_editors_keep_images_in_their_own_collection(pages, office, hub):
    editor = fresh(person_with(Role.EDITOR, hub))
    held = {
        (row.collection.name, row.permission.codename)
        for row in editor.groups.get().collection_permissions.all()
    }
    assert held == {
        ("hub", f"{verb}_{kind}") for verb in ("add", "change", "choose") for kind in ("image", "document")
    }


@pytest.mark.parametrize("role", sorted(STAFF_ROLES - {Role.EDITOR}))
def test_others_write_no_page(pages, office, role):
    group = person_with(role, office).groups.get()
    assert not group.page_permissions.exists()
    assert not group.collection_permissions.exists()


def test_rights_follow_a_unit_to_other_pages(pages, hub):
    group = person_with(Role.EDITOR, hub).groups.get()
    hub.root_page = pages["partner"]
    hub.collection = None
    hub.save()
    assert {row.page for row in group.page_permissions.all()} == {pages["partner"]}
    assert not group.collection_permissions.exists()


def test_rights_follow_a_new_unit_below(pages, office, partner):
    group = person_with(Role.EDITOR, office).groups.get()
    assert "partner" not in {row.page.title for row in group.page_permissions.all()}
    partner.parent = office
    partner.save()
    assert "partner" in {row.page.title for row in group.page_permissions.all()}


def test_a_second_time_changes_nothing(pages, office, django_assert_max_num_queries):
    person = person_with(Role.EDITOR, office)
    before = list(Group.objects.values_list("pk", "permissions"))
    assert sync_rights(person) is False
    assert list(Group.objects.values_list("pk", "permissions")) == before
    assert check_rights() == 0


def test_a_group_given_by_hand_is_taken_and_other_groups_stay(office):
    editors = person_with(Role.EDITOR, office).groups.get()
    other = Group.objects.create(name="Choir")
    person = UserFactory()
    person.groups.add(editors, other)
    assert sync_rights(person) is True
    assert groups(person) == {"Choir"}


def test_the_nightly_check_repairs_and_says_so(pages, office):
    person = person_with(Role.EDITOR, office)
    group = person.groups.get()
    group.permissions.clear()
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    group.page_permissions.all().delete()
    intruder = UserFactory()
    intruder.groups.add(group)
    Group.objects.create(name="editor:long-gone")
    check_all_rights()
    assert fresh(person).has_perm("wagtailadmin.access_admin")
    assert not fresh(person).has_perm("cms_accounts.delete_user")
    assert group.page_permissions.exists()
    assert not groups(intruder)
    assert not Group.objects.filter(name="editor:long-gone").exists()
    entry = Entry.objects.get(action="accounts.rights_repaired")
    assert entry.details == {"repaired": 3}
    check_all_rights()
    assert Entry.objects.filter(action="accounts.rights_repaired").count() == 1


def test_somebody_closed_out_has_no_rights_left(office):
    person = person_with(Role.EDITOR, office)
    person.is_active = False
    person.save()
    assert not fresh(person).has_perm("wagtailadmin.access_admin")


def test_who_writes_a_page_writes_its_translations(pages, hub):
    person = person_with(Role.EDITOR, hub)
    german = Locale.objects.get_or_create(language_code="de")[0]
    there = pages["hub"].copy_for_translation(german, copy_parents=True)
    elsewhere = pages["partner"].copy_for_translation(german, copy_parents=True)
    person = fresh(person)
    assert there.permissions_for_user(person).can_edit()
    assert not elsewhere.permissions_for_user(person).can_edit()
