"""What Wagtail's generic views ask about submissions, answered by our policy."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.accounts.models import User
from cms.accounts.policy import Person, can, roles_with
from cms.forms import kinds


class SubmissionPolicy(BasePermissionPolicy):
    """Submissions are read and acted upon; nobody adds, edits or deletes one by hand."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        """Tell whether `user` reads submissions of any kind in any unit."""
        return action == "view" and any(can(user, kind.view) for kind in kinds.every())

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Return the people who read submissions, if reading is asked about."""
        if "view" not in actions:
            return User.objects.none()
        roles = frozenset[str]().union(*(roles_with(kind.view) for kind in kinds.every()))
        staff = User.objects.filter(is_active=True, role_assignments__role__in=roles)
        return (staff | User.objects.filter(is_active=True, is_superuser=True)).distinct()
