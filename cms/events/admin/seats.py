"""The page about the seats of one date."""

from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from cms.events.models import Occurrence


class SeatsView(BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who has a seat, who waits, and what can be done about it."""

    model = Occurrence
    template_name = "cms_events/admin/seats.html"

    def get_page_title(self) -> str:
        """Return the code of the date."""
        return self.object.code
