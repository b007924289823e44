"""Events of one's own units."""

from functools import cached_property
from typing import Any

import django_filters
from django.db import IntegrityError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.accounts.policy import Person
from cms.core import clock
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.events.admin.of_event import Refusing
from cms.events.admin.rows import Facts, fact, facts_of_events
from cms.events.enums import EventKind, EventState
from cms.events.models import Event
from cms.events.policy import events_visible_to
from cms.events.presenters.event_form import EventForm
from cms.events.queries.staff import with_next
from cms.forms.domain.errors import FormsError


def dates_url(event: Event) -> str:
    """Return the list of the dates of an event."""
    return f"{reverse('event_dates:index')}?event={event.pk}"


class EventFilterSet(WagtailFilterSet):
    """Narrow the list down."""

    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("of an event", "State"), choices=EventState.options
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EventKind.options)

    class Meta:
        model = Event
        fields = ("state", "kind")


class EventIndex(Facts, VisibleIndex):
    """Events with their next date, and how many people come and wait."""

    filterset_class = EventFilterSet

    def get_base_queryset(self) -> QuerySet[Any]:
        """Reckon the next date in the same query."""
        events: QuerySet[Any] = super().get_base_queryset()
        return with_next(events, clock.now())

    def facts_of(self, rows: list[Any]) -> dict[int, Any]:
        """Return next date and seats."""
        return facts_of_events(rows)

    def get_list_more_buttons(self, instance: Event) -> list[Button]:
        """Offer the way to the dates."""
        buttons: list[Button] = super().get_list_more_buttons(instance)
        return [*buttons, Button(_("Dates"), url=dates_url(instance), icon_name="calendar-alt", priority=5)]


class EventEdit(Refusing, generic.EditView):
    """What belongs to no language and to no single date."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer the way to dates and rules."""
        buttons: list[Button] = super().header_more_buttons
        rules = f"{reverse('event_rules:index')}?event={self.object.pk}"
        return [
            *buttons,
            Button(_("Dates"), url=dates_url(self.object), icon_name="calendar-alt", priority=5),
            Button(_("Rules for dates"), url=rules, icon_name="history", priority=6),
        ]


class EventAdd(Refusing, generic.CreateView):
    """Make an event, then go on to its dates."""

    success_message = _("“%(object)s” was made. Now add its dates.")

    def get_success_url(self) -> str:
        """Lead to the dates."""
        return dates_url(self.object)

    def reason(self, form: Any, error: FormsError | IntegrityError) -> tuple[str | None, Any]:
        """Say that there is one with this code: somebody sent the page twice at the same moment."""
        there = Event.objects.filter(code=form.instance.code).exists()
        if isinstance(error, IntegrityError) and there:
            return "code", form.instance.unique_error_message(Event, ("code",))
        return super().reason(form, error)


class EventViewSet(ObjectGuard, ModelViewSet):
    """What takes place: its code, its form, who may come how."""

    model = Event
    name = "events"
    url_namespace = "events_admin"  # "events" are the pages on which people register.
    icon = "calendar"
    menu_label = _("Events")
    menu_order = 100
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = EventIndex
    add_view_class = EventAdd
    edit_view_class = EventEdit
    search_fields = ("code", "name")
    search_backend_name = None
    ordering = ("code",)
    list_display = [
        TitleColumn(
            "name",
            label=_("Event"),
            url_name="events_admin:edit",
            accessor=str,
            get_title_id=lambda event: f"event_{event.pk}_title",
            sort_key="name",
        ),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("state", label=pgettext_lazy("of an event", "State"), accessor="get_state_display"),
        Column("next", label=_("Next date"), accessor=fact("next"), sort_key="next_at"),
        Column("seats", label=_("Seats taken"), accessor=fact("seats")),
        Column("waiting", label=_("Waiting"), accessor=fact("waiting")),
        Column("unit", label=_("Unit")),
    ]

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the events of the person's units."""
        return events_visible_to(user)

    def get_form_class(self, for_update: bool = False) -> type[EventForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return the one form for both."""
        return EventForm
