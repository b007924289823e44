"""Our policy about forms in the words of Wagtail's permission policies."""

from typing import Any

from django.db.models import Q, QuerySet

from cms.accounts.admin.policies import ManagedPolicy
from cms.accounts.models import RoleAssignment, User
from cms.accounts.policy import Person, roles_with
from cms.forms.policy import DEFINE, TRANSLATE, definitions_visible_to, forms_visible_to


class BuildersPolicy(ManagedPolicy):
    """What is asked by a verb that several roles hold."""

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Return the people who may do one of these."""
        if self.actions.isdisjoint(actions):
            return User.objects.none()
        staff = RoleAssignment.objects.filter(role__in=roles_with(self.verb)).values("user_id")
        return User.objects.filter(Q(is_superuser=True) | Q(pk__in=staff), is_active=True)


class FormPolicy(BuildersPolicy):
    """Forms are made and changed; people have filled them in, so none is ever deleted."""

    verb = DEFINE

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the forms that `user` may change."""
        return forms_visible_to(user)


class DefinitionPolicy(BuildersPolicy):
    """Texts of forms are written and published; each is made with its form or by translating it."""

    verb = TRANSLATE
    actions = frozenset({"change", "view", "publish"})

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the texts that `user` may write."""
        return definitions_visible_to(user)
