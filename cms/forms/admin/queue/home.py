"""What waits in the queue, on the first page of the admin."""

from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from cms.forms import kinds
from cms.forms.admin.queue.columns import is_overdue, state_of
from cms.forms.admin.queue.filters import ME, readable_kinds
from cms.forms.enums import Phase
from cms.forms.models import Submission
from cms.forms.policy import visible_to
from cms.forms.queries.queue import first_due, overdue, with_row


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


class Row(NamedTuple):
    """One submission of the panel."""

    submission: Submission
    state: Any
    late: bool


class WorkPanel(Component):
    """What is assigned to oneself, what is due first on top."""

    name = "work"
    template_name = "forms/admin/work_panel.html"
    order = 100
    most = 6

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Find them."""
        mine = visible_to(self.request.user).filter(assignee_id=self.request.user.pk)
        found = first_due(with_row(mine, related=kinds.related()))[: self.most]
        rows = [Row(submission, state_of(submission), is_overdue(submission)) for submission in found]
        return {"rows": rows, "url": f"{reverse('submissions:index')}?assignee={ME}"}


def add_work(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel on the page of those who read submissions."""
    if readable_kinds(request.user):
        panels.append(WorkPanel(request))
