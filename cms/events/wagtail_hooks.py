"""Doors to the Wagtail admin: the policies first, then the viewsets."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.events.admin.dates import DateViewSet, dates
from cms.events.admin.events import EventViewSet, events
from cms.events.admin.permissions import DatePolicy, EventPolicy
from cms.events.models import Event, Occurrence

register_permission_policy(Event, EventPolicy(Event))
register_permission_policy(Occurrence, DatePolicy(Occurrence))


@hooks.register("register_admin_viewset")
def register_events() -> list[EventViewSet | DateViewSet]:
    """Show events and their dates to those who run them."""
    return [events, dates]
