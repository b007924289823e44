"""Events of one's own units."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard
from cms.events.models import Event
from cms.events.policy import events_visible_to


class EventViewSet(ObjectGuard, ModelViewSet):
    """What takes place: its code, its form, who may come how."""

    model = Event
    name = "events"
    url_namespace = "events_admin"  # "events" are the pages on which people register.
    icon = "calendar"
    menu_label = _("Events")
    menu_order = 230
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("code", "name")
    search_backend_name = None
    form_fields = ("name",)

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the events of the person's units."""
        return events_visible_to(user)


events = EventViewSet()
