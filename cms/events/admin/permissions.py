"""What Wagtail's generic views ask about events and dates, answered by our policy."""

from typing import Any

from django.db.models import Q, QuerySet

from cms.accounts.admin.policies import ManagedPolicy
from cms.accounts.models import RoleAssignment, User
from cms.accounts.policy import Person, roles_with
from cms.events.policy import MANAGE, dates_visible_to, events_visible_to, rules_visible_to


class EventPolicy(ManagedPolicy):
    """Events are made and changed, never deleted: registrations refer to them, posters name them."""

    verb = MANAGE

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the events that `user` may change."""
        return events_visible_to(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Return the people who may do one of these."""
        if self.actions.isdisjoint(actions):
            return User.objects.none()
        holders = RoleAssignment.objects.filter(role__in=roles_with(self.verb)).values("user_id")
        return User.objects.filter(Q(is_superuser=True) | Q(pk__in=holders), is_active=True)


class DatePolicy(EventPolicy):
    """Dates are called off, never deleted: calendars have taken them over."""

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the dates that `user` may change."""
        return dates_visible_to(user)


class RulePolicy(EventPolicy):
    """Rules end by their last day, never by deleting: their dates remember them."""

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the rules that `user` may change."""
        return rules_visible_to(user)
