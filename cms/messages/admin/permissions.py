"""What Wagtail's generic views ask about messages, answered by our policy."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.accounts.models import User
from cms.accounts.policy import Person, can, roles_with
from cms.messages.policy import VIEW


class MessagePolicy(BasePermissionPolicy):
    """Messages are read and acted upon; nobody adds, edits or deletes one by hand."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        """Tell whether `user` reads the messages of any unit."""
        return action == "view" and can(user, VIEW)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Return the people who read messages, if reading is asked about."""
        if "view" not in actions:
            return User.objects.none()
        staff = User.objects.filter(is_active=True, role_assignments__role__in=roles_with(VIEW))
        return (staff | User.objects.filter(is_active=True, is_superuser=True)).distinct()
