"""What comes next, on the first page of the admin of those who run events."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.accounts.policy import can
from cms.core import clock
from cms.events.admin.rows import DateFacts, facts_of_dates
from cms.events.models import Occurrence
from cms.events.policy import MANAGE, dates_visible_to
from cms.events.queries.staff import next_dates


class Row(NamedTuple):
    """One date of the panel."""

    occurrence: Occurrence
    facts: DateFacts


class DatesPanel(Component):
    """The next dates, with who has a seat and who waits."""

    name = "next_dates"
    template_name = "cms_events/admin/dates_panel.html"
    order = 110
    most = 6

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Find them."""
        found = list(next_dates(dates_visible_to(self.request.user), clock.now())[: self.most])
        facts = facts_of_dates(found)
        url = f"{reverse('event_dates:index')}?time=ahead"
        return {"rows": [Row(date, facts[date.pk]) for date in found], "url": url}


def add_dates(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panel on the page of those who run events."""
    if can(request.user, MANAGE):
        panels.append(DatesPanel(request))
