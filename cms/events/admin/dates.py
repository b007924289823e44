"""Dates of events of one's own units."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard
from cms.events.admin.seats import SeatsView
from cms.events.models import Occurrence
from cms.events.policy import dates_visible_to


class DateRoutes(ModelViewSet):
    """The routes, before the guard puts its check in front of them."""

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add what is done with one date."""
        return [
            *super().get_urlpatterns(),
            path("seats/<int:pk>/", self.construct_view(SeatsView), name="seats"),
        ]


class DateViewSet(ObjectGuard, DateRoutes):
    """When and where something takes place, and how many may come."""

    model = Occurrence
    name = "event_dates"
    icon = "calendar-alt"
    menu_label = _("Dates of events")
    add_to_admin_menu = False
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    form_fields = ("capacity",)

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the dates of the person's units."""
        return dates_visible_to(user)


dates = DateViewSet()
