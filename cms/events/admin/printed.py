"""Lists on paper: who signs at the door, and whom somebody has to ring."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.events.admin.date_views import DateView
from cms.events.presenters.printed import calls_of, sheet_of


class SheetView(DateView, TemplateView):
    """Everybody who has a seat, with a line to sign."""

    template_name = "cms_events/admin/sheet.html"
    title = _("Sign-in sheet")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the people."""
        return super().get_context_data(**kwargs) | {"sheet": sheet_of(self.object, self.request.user)}


class CallsView(DateView, TemplateView):
    """Everybody concerned who has no e-mail address, with a box to tick."""

    template_name = "cms_events/admin/calls.html"
    title = _("Call list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the people."""
        return super().get_context_data(**kwargs) | {"calls": calls_of(self.object, self.request.user)}
