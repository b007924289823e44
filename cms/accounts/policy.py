"""The one policy: who may do what, asked by views, templates, exports, the API and search.

A room names its verbs in its own `policy.py` and lists there which roles hold them; a role counts
in the unit it was given for and in that unit's sub-units. Refusal is answered with 404.

The roles of a person are read once a user object, that is once a request: a listing of any length
costs one query. Whoever changes roles and goes on with the same object calls `forget`.
"""

from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet

from cms.accounts.enums import SECOND_FACTOR_ROLES, STAFF_ROLES, WRITING_ROLES, OrganisationKind, Role
from cms.accounts.models import Organisation, RoleAssignment, Unit, User

Person = User | AnonymousUser | AbstractBaseUser
Reach = dict[Role, frozenset[int]]

_roles_of_verb: dict[str, frozenset[Role]] = {}


class OwnedByUnit(Protocol):
    """Anything that belongs to a unit."""

    @property
    def unit_id(self) -> int | None:
        """The key of the unit."""


def allow(verb: str, *roles: Role) -> str:
    """Declare which roles hold `verb` (as in "messages.resend") and return it.

    Raises:
        ImproperlyConfigured: the verb was declared with other roles.

    """
    known = _roles_of_verb.setdefault(verb, frozenset(roles))
    if known != frozenset(roles):
        raise ImproperlyConfigured(f"{verb!r} is declared twice with different roles.")
    return verb


def roles_with(verb: str) -> frozenset[Role]:
    """Return the roles that hold `verb`.

    Raises:
        ImproperlyConfigured: nobody declared this verb; a mistyped verb must never mean "yes" or
            quietly mean "no".

    """
    try:
        return _roles_of_verb[verb]
    except KeyError:
        raise ImproperlyConfigured(f"Nobody declared the verb {verb!r}.") from None


MANAGE_PEOPLE = allow("accounts.manage_people", Role.ADMIN)
MANAGE_UNITS = allow("accounts.manage_units", Role.ADMIN)


def reach(user: Person) -> Reach:
    """Return the keys of the units in which each role of `user` counts; nobody inactive has any."""
    if not user.is_active or user.is_anonymous:
        return {}
    known: Reach | None = user.__dict__.get("_reach")
    if known is None:
        units: dict[Role, set[int]] = {}
        held = RoleAssignment.objects.filter(user_id=user.pk)
        for role, unit_id, child_id in held.values_list("role", "unit_id", "unit__children__pk"):
            units.setdefault(Role(role), set()).update({unit_id, child_id} - {None})
        known = {role: frozenset(ids) for role, ids in units.items()}
        user.__dict__["_reach"] = known
    return known


def forget(user: Person) -> None:
    """Read the roles of `user` anew next time, because they have changed."""
    user.__dict__.pop("_reach", None)


def all_powerful(user: Person) -> bool:
    """Tell whether `user` is a superuser who may sign in."""
    return bool(user.is_active and getattr(user, "is_superuser", False))


def units_where(user: Person, verb: str) -> QuerySet[Unit]:
    """Return the units in which `user` may do `verb`: all of them for a superuser."""
    roles = roles_with(verb)
    if all_powerful(user):
        return Unit.objects.all()
    reached = _reached(user, roles)
    return Unit.objects.filter(pk__in=reached) if reached else Unit.objects.none()


def can(user: Person, verb: str, thing: OwnedByUnit | Unit | None = None) -> bool:
    """Tell whether `user` may do `verb` to `thing`, or anywhere at all without one.

    A thing of no unit is for superusers only. A unit itself is a thing of its own.
    """
    roles = roles_with(verb)
    if all_powerful(user):
        return True
    reached = _reached(user, roles)
    if thing is None:
        return bool(reached)
    return (thing.pk if isinstance(thing, Unit) else thing.unit_id) in reached


def has_role(user: Person, *roles: Role) -> bool:
    """Tell whether `user` holds one of the roles in any unit."""
    return not reach(user).keys().isdisjoint(roles)


def is_staff(user: Person) -> bool:
    """Tell whether `user` works in the admin."""
    return all_powerful(user) or has_role(user, *STAFF_ROLES)


def must_prove_second_factor(user: Person) -> bool:
    """Tell whether `user` sees other people's data, so that a code by mail is not enough."""
    return all_powerful(user) or has_role(user, *SECOND_FACTOR_ROLES)


def people_visible_to(user: Person) -> QuerySet[User]:
    """Return the people with a role in a unit whose people `user` manages: everybody for a superuser."""
    if all_powerful(user):
        return User.objects.all()
    units = units_where(user, MANAGE_PEOPLE)
    return User.objects.filter(pk__in=RoleAssignment.objects.filter(unit__in=units).values("user_id"))


def manages_wholly(user: Person, person: User) -> bool:
    """Tell whether `user` may change who `person` is: address, sign-in, second factor.

    Roles in one's own units are not enough: an administrator of a hub could otherwise take over
    the account of somebody who also works for the office. Nor is a role enough for an account that
    somebody made themselves: whoever gives one to a citizen would own what the citizen wrote.
    """
    if all_powerful(user):
        return True
    if not person.invited:
        return False
    managed = _reached(user, roles_with(MANAGE_PEOPLE))
    units = set(RoleAssignment.objects.filter(user_id=person.pk).values_list("unit_id", flat=True))
    return not person.is_superuser and bool(units) and units <= managed


def units_visible_to(user: Person) -> QuerySet[Unit]:
    """Return the units that `user` manages."""
    return units_where(user, MANAGE_UNITS)


def organisations_of(user: Person) -> QuerySet[Organisation]:
    """Return the organisations for which `user` acts; being staff makes nobody act for one."""
    if not user.is_active or user.is_anonymous:
        return Organisation.objects.none()
    return Organisation.objects.filter(Q(members__user_id=user.pk))


def hosts_for(user: Person) -> QuerySet[Organisation]:
    """Return what `user` may name as the host of a group: what they act for and is none itself."""
    return organisations_of(user).exclude(kind=OrganisationKind.GROUP)


def may_act_for(user: Person, organisation: Organisation) -> bool:
    """Tell whether `user` is a member of the organisation, in whatever role."""
    return organisations_of(user).filter(pk=organisation.pk).exists()


def may_change_organisation(user: Person, organisation: Organisation) -> bool:
    """Tell whether `user` may write what is known of the organisation."""
    return organisations_to_change(user).filter(pk=organisation.pk).exists()


def organisations_to_change(user: Person) -> QuerySet[Organisation]:
    """Return the organisations that `user` may change."""
    return organisations_of(user).filter(Q(members__user_id=user.pk, members__role__in=sorted(WRITING_ROLES)))


def _reached(user: Person, roles: frozenset[Role]) -> frozenset[int]:
    """Return the keys of the units in which one of the roles counts."""
    held = reach(user)
    return frozenset[int]().union(*(held[role] for role in roles & held.keys()))
