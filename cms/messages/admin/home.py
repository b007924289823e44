"""What waits for staff, on the first page of the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.site_summary import SummaryItem

from cms.accounts.policy import can
from cms.messages.enums import MessageState
from cms.messages.policy import VIEW, visible_to


class WaitingItem(SummaryItem):
    """How many messages of the person's units are in one state, and the way to them."""

    template_name = "messages/admin/waiting.html"
    state: MessageState
    icon_name = ""
    label: str | Promise = ""
    url_name = ""
    query = ""

    def is_shown(self) -> bool:
        """Show it to people who read messages."""
        return can(self.request.user, VIEW)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Count."""
        return {
            "count": visible_to(self.request.user).filter(state=self.state).count(),
            "icon_name": self.icon_name,
            "label": self.label,
            "url": reverse(self.url_name) + self.query,
        }


class CallsItem(WaitingItem):
    """Calls that nobody has made yet."""

    order = 10
    state = MessageState.OPEN
    icon_name = "mobile-alt"
    label = _("People to ring")
    url_name = "calls:index"


class FailedMailsItem(WaitingItem):
    """Mails that did not leave."""

    order = 20
    state = MessageState.DEAD
    icon_name = "warning"
    label = _("Failed mails")
    url_name = "messages:index"
    query = f"?state={MessageState.DEAD}"


def add_waiting(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Put both on the page."""
    items += [CallsItem(request), FailedMailsItem(request)]
