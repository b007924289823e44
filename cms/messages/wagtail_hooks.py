"""Doors to the Wagtail admin: the policy first, then viewsets and the bulk action."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.messages.admin.bulk import ResendDeadLetters
from cms.messages.admin.calls import call_viewset
from cms.messages.admin.home import add_waiting
from cms.messages.admin.messages import message_viewset
from cms.messages.admin.permissions import MessagePolicy
from cms.messages.models import Message

register_permission_policy(Message, MessagePolicy(Message))


class MessagesGroup(ViewSetGroup):
    """What people are told."""

    menu_label = _("Messages")
    menu_icon = "mail"
    menu_order = 300
    items = (call_viewset, message_viewset)


@hooks.register("register_admin_viewset")
def messages_group() -> MessagesGroup:
    """Put messages and calls into the menu."""
    return MessagesGroup()


hooks.register("register_bulk_action", ResendDeadLetters)

hooks.register("construct_homepage_summary_items", add_waiting)
