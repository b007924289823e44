"""Doors to the Wagtail admin: the policies first, then events, dates and rules, then tickets."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.events.admin.dates import DateViewSet
from cms.events.admin.events import EventViewSet
from cms.events.admin.home import add_dates
from cms.events.admin.permissions import DatePolicy, EventPolicy, RulePolicy
from cms.events.admin.rules import RuleViewSet
from cms.events.admin.tickets import ticket
from cms.events.models import Event, Occurrence, Recurrence

register_permission_policy(Event, EventPolicy(Event))
register_permission_policy(Occurrence, DatePolicy(Occurrence))
register_permission_policy(Recurrence, RulePolicy(Recurrence))


class EventsGroup(ViewSetGroup):
    """What takes place, and when."""

    menu_label = _("Events")
    menu_icon = "calendar"
    menu_order = 230
    items = (EventViewSet, DateViewSet, RuleViewSet)


@hooks.register("register_admin_viewset")
def register_events() -> EventsGroup:
    """Show events, their dates and their rules to those who run them."""
    return EventsGroup()


@hooks.register("register_admin_urls")
def ticket_urls() -> list[URLPattern]:
    """Route what the QR codes of tickets say."""
    return [path("events/ticket/<str:reference>/<str:mark>/", ticket, name="event_ticket")]


hooks.register("construct_homepage_panels", add_dates)
