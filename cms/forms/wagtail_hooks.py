"""Doors to the Wagtail admin: the policies first, then forms, their texts, and the queue."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.forms.admin.definitions import DefinitionViewSet, NoBulkDelete, without_unpublish
from cms.forms.admin.forms import FormViewSet
from cms.forms.admin.history import viewable_by_user
from cms.forms.admin.policies import DefinitionPolicy, FormPolicy
from cms.forms.admin.queue.bulk import bulk_actions
from cms.forms.admin.queue.home import add_queue, add_work
from cms.forms.admin.queue.permissions import SubmissionPolicy
from cms.forms.admin.queue.viewset import QueueViewSet, queue_viewset
from cms.forms.models import Form, FormDefinition, Submission

register_permission_policy(Form, FormPolicy(Form))
register_permission_policy(FormDefinition, DefinitionPolicy(FormDefinition))
register_permission_policy(Submission, SubmissionPolicy(Submission))


class FormsGroup(SnippetViewSetGroup):
    """What people fill in."""

    menu_label = _("Forms")
    menu_icon = "form"
    menu_order = 160
    items = (FormViewSet, DefinitionViewSet)


register_snippet(FormsGroup)


@hooks.register("register_admin_viewset")
def queue() -> QueueViewSet:
    """Put the queue into the menu."""
    return queue_viewset


for action in bulk_actions():
    hooks.register("register_bulk_action", action)

hooks.register("construct_homepage_summary_items", add_queue)
hooks.register("construct_homepage_panels", add_work)

hooks.register("register_bulk_action", NoBulkDelete, order=200)  # After all others, in their place.
hooks.register("construct_snippet_action_menu", without_unpublish)

ModelLogEntryManager.viewable_by_user = viewable_by_user  # There is no hook for whose entries are read.
