"""Turn roles into what Wagtail and Django understand: groups with permissions."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts import rights
from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment, Unit, User

Pair = tuple[int, int]


def group_name(role: Role | str, unit: Unit) -> str:
    """Return the name of the group of a role in a unit, as "editor:tbilisi"."""
    return f"{Role(role).value}:{unit.code}"


def role_groups() -> QuerySet[Group]:
    """Return the groups that belong to this module; all others are left alone."""
    ours = Q(pk__in=[])
    for role in Role:
        ours |= Q(name__startswith=f"{role.value}:")
    return Group.objects.filter(ours)


@transaction.atomic
def sync_rights(user: User) -> bool:
    """Give `user` the groups of the roles held, take all others of ours; tell whether it changed."""
    assignments = RoleAssignment.objects.filter(user=user, role__in=rights.ROLES_WITH_GROUPS)
    wanted: set[int] = set()
    changed = False
    for assignment in assignments.select_related("unit"):
        group, group_changed = _sync_group(Role(assignment.role), assignment.unit)
        wanted.add(group.pk)
        changed |= group_changed
    held = set(role_groups().filter(user=user).values_list("pk", flat=True))
    user.groups.remove(*held - wanted)
    user.groups.add(*wanted - held)
    if changed or held != wanted:
        _forget_permissions(user)
        return True
    return False


@transaction.atomic
def sync_unit(*, unit: Unit) -> bool:
    """Bring the groups of `unit` and of the unit above it up to date; tell whether they changed."""
    units = [unit, unit.parent] if unit.parent else [unit]
    changed = False
    for concerned in units:
        held = RoleAssignment.objects.filter(unit=concerned, role__in=rights.ROLES_WITH_GROUPS)
        for role in held.values_list("role", flat=True).distinct():
            changed |= _sync_group(Role(role), concerned)[1]
    return changed


@transaction.atomic
def check_rights() -> int:
    """Repair everybody's groups, drop groups of roles that nobody has; return the repairs."""
    concerned = Q(role_assignments__isnull=False) | Q(groups__in=role_groups())
    people = User.objects.filter(concerned).distinct().order_by("pk")
    repaired = sum(sync_rights(user) for user in people.iterator(chunk_size=500))
    empty = role_groups().filter(user=None)
    repaired += empty.count()
    empty.delete()
    return repaired


def _sync_group(role: Role, unit: Unit) -> tuple[Group, bool]:
    """Make the group of a role in a unit hold exactly what the tables in `rights` say."""
    Unit.objects.select_for_update().get(pk=unit.pk)  # Two at once would add the same rights twice.
    group, changed = Group.objects.get_or_create(name=group_name(role, unit))
    wanted = _permissions(_rights_of(role, unit))
    held = set(group.permissions.values_list("pk", flat=True))
    if held != wanted:
        group.permissions.set(wanted)
        changed = True
    units = [unit, *unit.children.all()]
    pages = _in_all_languages({part.root_page_id for part in units if part.root_page_id})
    collections = {part.collection_id for part in units if part.collection_id}
    changed |= _sync_pages(group, _pairs(pages, rights.PAGE_RIGHTS.get(role, ())))
    changed |= _sync_collections(group, _pairs(collections, rights.COLLECTION_RIGHTS.get(role, ())))
    return group, changed


def _in_all_languages(pages: set[int]) -> set[int]:
    """Return the keys of pages and of their translations: whoever writes a page translates it, too."""
    keys = Page.objects.filter(pk__in=pages).values("translation_key")
    return set(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))


def _rights_of(role: Role, unit: Unit) -> frozenset[str]:
    """Return the permissions of a role that hang on no page and no collection."""
    named = rights.STAFF_RIGHTS | rights.RIGHTS.get(role, frozenset())
    return named | rights.TOP_UNIT_RIGHTS.get(role, frozenset()) if unit.at_the_top else named


def _permissions(names: Iterable[str]) -> set[int]:
    """Return the keys of permissions named "app.codename"; a missing one is a test's business."""
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return set(Permission.objects.filter(wanted).values_list("pk", flat=True))


def _pairs(objects: set[int], names: Iterable[str]) -> set[Pair]:
    """Return (object, permission) for each of both."""
    if not objects:
        return set()
    return {(pk, permission) for pk in objects for permission in _permissions(names)}


def _sync_pages(group: Group, wanted: set[Pair]) -> bool:
    """Make the group's page permissions equal `wanted`; tell whether they were not."""
    held = GroupPagePermission.objects.filter(group=group)
    rows = {(row.page_id, row.permission_id): row.pk for row in held}
    GroupPagePermission.objects.filter(pk__in=[rows[pair] for pair in rows.keys() - wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in wanted - rows.keys()
    )
    return rows.keys() != wanted


def _sync_collections(group: Group, wanted: set[Pair]) -> bool:
    """Make the group's collection permissions equal `wanted`; tell whether they were not."""
    held = GroupCollectionPermission.objects.filter(group=group)
    rows = {(row.collection_id, row.permission_id): row.pk for row in held}
    GroupCollectionPermission.objects.filter(pk__in=[rows[pair] for pair in rows.keys() - wanted]).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=permission)
        for collection, permission in wanted - rows.keys()
    )
    return rows.keys() != wanted


def _forget_permissions(user: User) -> None:
    """Drop what Django and Wagtail remember on this object."""
    for name in [name for name in vars(user) if name.endswith("_cache") and "perm" in name]:
        delattr(user, name)
