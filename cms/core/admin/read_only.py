"""Listings of records that nobody edits by hand: jobs, audit entries, messages."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import URLPattern, URLResolver
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Only viewing is ever allowed, by the model's `view` permission; a superuser adds nothing."""

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        """Refuse every action but viewing."""
        return action == "view" and bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: list[str]) -> object:
        """Return the people who may view, if viewing is among the actions."""
        return super().users_with_any_permission([action for action in actions if action == "view"])


class ReadOnlyViewSet(ModelViewSet):
    """A listing and a page an object; the other doors are not only locked but missing.

    Register `ReadOnlyPolicy` for the model at the top of the room's `wagtail_hooks.py`.
    """

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    routes = frozenset({"index", "index_results", "inspect"})

    def register_admin_url_finder(self) -> None:
        """Register nothing: there is no edit page that anything could link to."""

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Forget the names of routes that do not exist."""
        missing = ("add", "edit", "delete", "history", "usage")
        common: dict[str, object] = super().get_common_view_kwargs(
            **{f"{name}_url_name": None for name in missing if name not in self.routes}, **kwargs
        )
        return common

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Keep the routes for reading."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.routes]
