"""The audit log in Wagtail's menu."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.audit.admin.entries import EntryViewSet, entries
from cms.audit.models import Entry
from cms.core.admin.read_only import ReadOnlyPolicy

register_permission_policy(Entry, ReadOnlyPolicy(Entry))


@hooks.register("register_admin_viewset")
def register_entries() -> EntryViewSet:
    """Show the log to those who may read it."""
    return entries
