"""Give roles and take them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment, Unit, User
from cms.accounts.policy import MANAGE_PEOPLE, can, forget
from cms.audit.domain.record import record


@transaction.atomic
def assign(*, user: User, unit: Unit, role: Role, by: User | None) -> RoleAssignment:
    """Give `user` a role in `unit`; a role held already stays as it was. `by` is None for the system.

    Raises:
        PermissionDenied: `by` does not manage the people of this unit.

    """
    refuse_unless_managing(by=by, unit=unit)
    assignment, created = RoleAssignment.objects.get_or_create(
        user=user, unit=unit, role=role, defaults={"given_by": by}
    )
    if created:
        forget(user)
        record(
            "accounts.role_given", target=user, actor=by, unit_id=unit.pk, details={"role": Role(role).value}
        )
    return assignment


@transaction.atomic
def revoke(*, user: User, unit: Unit, role: Role, by: User | None) -> None:
    """Take a role from `user`; nothing happens if it is not held.

    Raises:
        PermissionDenied: `by` does not manage the people of this unit.

    """
    refuse_unless_managing(by=by, unit=unit)
    assignment = RoleAssignment.objects.filter(user=user, unit=unit, role=role).first()
    if assignment is None:
        return
    assignment.delete()
    forget(user)
    record("accounts.role_taken", target=user, actor=by, unit_id=unit.pk, details={"role": Role(role).value})


def refuse_unless_managing(*, by: User | None, unit: Unit) -> None:
    """Let the system and those pass who manage the people of `unit`.

    Raises:
        PermissionDenied: `by` does not.

    """
    if by is not None and not can(by, MANAGE_PEOPLE, unit):
        raise PermissionDenied


@transaction.atomic
def set_roles(*, user: User, unit: Unit, roles: Iterable[Role], by: User | None) -> None:
    """Let `user` hold exactly `roles` in `unit`.

    Raises:
        PermissionDenied: `by` does not manage the people of this unit.

    """
    wanted = {Role(role) for role in roles}
    held = {Role(role) for role in user.role_assignments.filter(unit=unit).values_list("role", flat=True)}
    for role in sorted(wanted - held):
        assign(user=user, unit=unit, role=role, by=by)
    for role in sorted(held - wanted):
        revoke(user=user, unit=unit, role=role, by=by)
