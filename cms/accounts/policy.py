"""The one policy: who may do what, asked by views, templates, exports, the API and search.

A room names its verbs in its own `policy.py` and lists here which roles hold them; a role counts
in the unit it was given for and in that unit's sub-units. Refusal is answered with 404.
"""

from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet

from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment, Unit, User

Person = User | AnonymousUser

_roles_of_verb: dict[str, frozenset[Role]] = {}


class OwnedByUnit(Protocol):
    """Anything that belongs to a unit."""

    unit_id: int | None


def allow(verb: str, *roles: Role) -> str:
    """Declare which roles hold `verb` (as in "messages.resend") and return it."""
    known = _roles_of_verb.setdefault(verb, frozenset(roles))
    if known != frozenset(roles):
        message = f"{verb!r} is declared twice with different roles."
        raise ImproperlyConfigured(message)
    return verb


def units_where(user: Person, verb: str) -> QuerySet[Unit]:
    """Return the units in which `user` may do `verb`: all of them for a superuser."""
    if not user.is_active:  # AnonymousUser is never active.
        return Unit.objects.none()
    if user.is_superuser:
        return Unit.objects.all()
    held = RoleAssignment.objects.filter(user_id=user.pk, role__in=_roles_of_verb[verb]).values("unit_id")
    return Unit.objects.filter(Q(pk__in=held) | Q(parent_id__in=held))


def can(user: Person, verb: str, thing: OwnedByUnit | None = None) -> bool:
    """Tell whether `user` may do `verb` to `thing`, or to anything at all without one.

    A thing of no unit is for superusers only.
    """
    units = units_where(user, verb)
    if thing is None:
        return bool(user.is_superuser and user.is_active) or units.exists()
    if thing.unit_id is None:
        return bool(user.is_superuser and user.is_active)
    return units.filter(pk=thing.unit_id).exists()
