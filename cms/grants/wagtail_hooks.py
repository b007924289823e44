"""Doors to the Wagtail admin: the policy first, then the viewset."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.grants.admin.calls import CallViewSet, calls
from cms.grants.admin.permissions import CallPolicy
from cms.grants.models import Call

register_permission_policy(Call, CallPolicy(Call))


@hooks.register("register_admin_viewset")
def register_calls() -> CallViewSet:
    """Show calls to those who announce them."""
    return calls
