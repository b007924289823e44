"""What waits in the queue, on the first page of the admin."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.site_summary import SummaryItem

from cms.forms.admin.queue.filters import readable_kinds
from cms.forms.enums import Phase
from cms.forms.policy import visible_to
from cms.forms.queries.queue import overdue


class QueueItem(SummaryItem):
    """How many submissions wait for something, and the way to them."""

    template_name = "messages/admin/waiting.html"
    icon_name = ""
    label: str | Promise = ""
    query = ""

    def condition(self) -> Q:
        """Return which ones."""
        raise NotImplementedError

    def is_shown(self) -> bool:
        """Show it to people who read submissions."""
        return bool(readable_kinds(self.request.user))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Count."""
        return {
            "count": visible_to(self.request.user).filter(self.condition()).count(),
            "icon_name": self.icon_name,
            "label": self.label,
            "url": f"{reverse('submissions:index')}?{self.query}",
        }


class NewItem(QueueItem):
    """What nobody has begun to check."""

    order = 5
    icon_name = "clipboard-list"
    label = _("New submissions")
    query = f"phase={Phase.NEW}"

    def condition(self) -> Q:
        """Return the new ones."""
        return Q(phase=Phase.NEW)


class OverdueItem(QueueItem):
    """What should have been done by now."""

    order = 6
    icon_name = "warning"
    label = _("Overdue")
    query = "overdue=yes"

    def condition(self) -> Q:
        """Return the late ones."""
        return overdue()


def add_queue(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Put both on the page, before what waits elsewhere."""
    items += [NewItem(request), OverdueItem(request)]
