"""Our policy in the words of Wagtail's permission policies."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment, User
from cms.accounts.policy import (
    MANAGE_PEOPLE,
    MANAGE_UNITS,
    Person,
    can,
    people_visible_to,
    units_visible_to,
)


class ManagedPolicy(BasePermissionPolicy):
    """Add, change and view by one verb, over what is visible; nothing is ever deleted."""

    verb: str
    actions = frozenset({"add", "change", "view"})

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the objects that `user` may see."""
        raise NotImplementedError

    def user_has_permission(self, user: Person, action: str) -> bool:
        """Tell whether `user` may do this anywhere."""
        return action in self.actions and can(user, self.verb)

    def user_has_any_permission(self, user: Person, actions: list[str]) -> bool:
        """Tell whether `user` may do one of these anywhere."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Model) -> bool:
        """Tell whether `user` may do this to the object."""
        return (
            self.user_has_permission(user, action) and self.visible_to(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user: Person, actions: list[str]) -> QuerySet[Any]:
        """Return the objects to which `user` may do one of these."""
        visible = self.visible_to(user)
        return visible if self.user_has_any_permission(user, actions) else visible.none()

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Return the people who may do one of these."""
        if self.actions.isdisjoint(actions):
            return User.objects.none()
        admins = RoleAssignment.objects.filter(role=Role.ADMIN).values("user_id")
        return User.objects.filter(Q(is_superuser=True) | Q(pk__in=admins), is_active=True)


class PeoplePolicy(ManagedPolicy):
    """People are invited, changed and closed out, never deleted."""

    verb = MANAGE_PEOPLE

    def visible_to(self, user: Person) -> QuerySet[User]:
        """Return the people whom `user` manages."""
        return people_visible_to(user)


class UnitPolicy(ManagedPolicy):
    """Units own too much to be deleted."""

    verb = MANAGE_UNITS

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the units that `user` manages."""
        return units_visible_to(user)
