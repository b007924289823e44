"""What Wagtail's generic views ask about calls, answered by our policy."""

from typing import Any

from django.db.models import Q, QuerySet

from cms.accounts.admin.policies import ManagedPolicy
from cms.accounts.models import RoleAssignment, User
from cms.accounts.policy import Person, roles_with
from cms.grants.policy import CALLS, calls_visible_to


class CallPolicy(ManagedPolicy):
    """Calls are made and changed, never deleted: applications refer to them, posters name them."""

    verb = CALLS

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the calls that `user` may change."""
        return calls_visible_to(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Return the people who may do one of these."""
        if self.actions.isdisjoint(actions):
            return User.objects.none()
        holders = RoleAssignment.objects.filter(role__in=roles_with(CALLS)).values("user_id")
        return User.objects.filter(Q(is_superuser=True) | Q(pk__in=holders), is_active=True)
