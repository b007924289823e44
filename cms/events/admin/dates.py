"""Dates of events of one's own units."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.accounts.policy import Person
from cms.core import clock
from cms.core.admin.guard import ObjectGuard
from cms.events.admin import calling_off, people, printed
from cms.events.admin.date_views import DateEdit, named
from cms.events.admin.of_event import OfEventAdd, OfEventFilterSet, OfEventIndex
from cms.events.admin.rows import Facts, fact, facts_of_dates
from cms.events.admin.seats import CapacityView, SeatsView
from cms.events.models import Occurrence
from cms.events.policy import dates_visible_to
from cms.events.presenters.date_form import DateForm

AHEAD, OVER = "ahead", "over"


class DateFilterSet(OfEventFilterSet):
    """Keep the dates of one event, those that are ahead, or those that are over."""

    time = django_filters.ChoiceFilter(
        label=_("When"), choices=[(AHEAD, _("Ahead")), (OVER, _("Over"))], method="at_that_time"
    )

    class Meta:
        model = Occurrence
        fields = ("event",)

    def at_that_time(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what is ahead, or what is over."""
        now = clock.now()
        return queryset.filter(ends_at__lte=now) if value == OVER else queryset.filter(ends_at__gt=now)


class DateIndex(Facts, OfEventIndex):
    """When, where, how many come and how many wait."""

    filterset_class = DateFilterSet

    def get_base_queryset(self) -> QuerySet[Any]:
        """Fetch the events along."""
        dates: QuerySet[Any] = super().get_base_queryset()
        return dates.select_related("event")

    def facts_of(self, rows: list[Any]) -> dict[int, Any]:
        """Return time, place and seats."""
        return facts_of_dates(rows)


class DateAdd(OfEventAdd):
    """Make a date; its number comes by itself."""

    def get_success_message(self, instance: Occurrence) -> str:
        """Name the date as its page does."""
        return str(super().get_success_message(named(instance)))


class DateRoutes(ModelViewSet):
    """The routes, before the guard puts its check in front of them."""

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add what is done with one date."""
        views = {
            "seats": SeatsView,
            "capacity": CapacityView,
            "postpone": calling_off.PostponeView,
            "cancel": calling_off.CancelView,
            "sheet": printed.SheetView,
            "calls": printed.CallsView,
        }
        of_people = {"accept": people.AcceptView, "lapse": people.LapseView, "priority": people.PriorityView}
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in views.items()
            ),
            *(
                path(f"{name}/<int:pk>/<int:registration>/", self.construct_view(view), name=name)
                for name, view in of_people.items()
            ),
        ]


class DateViewSet(ObjectGuard, DateRoutes):
    """When and where something takes place, and how many may come."""

    model = Occurrence
    name = "event_dates"
    icon = "calendar-alt"
    menu_label = _("Dates")
    menu_order = 110
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = DateIndex
    add_view_class = DateAdd
    edit_view_class = DateEdit
    search_fields = ("event__code", "event__name")
    search_backend_name = None
    ordering = ("starts_at",)
    list_display = [
        TitleColumn(
            "when",
            label=_("When"),
            url_name="event_dates:seats",
            accessor=fact("when"),
            get_title_id=lambda date: f"date_{date.pk}_title",
            sort_key="starts_at",
        ),
        Column("code", label=pgettext_lazy("of an event", "Date"), accessor="code"),
        Column("event", label=_("Event"), accessor="event.name"),
        Column("where", label=_("Where"), accessor=fact("where")),
        Column("standing", label=_("Now"), accessor=fact("standing")),
        Column("seats", label=_("Seats taken"), accessor=fact("seats")),
        Column("waiting", label=_("Waiting"), accessor=fact("waiting")),
    ]

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the dates of the person's units."""
        return dates_visible_to(user)

    def get_form_class(self, for_update: bool = False) -> type[DateForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return the one form for both."""
        return DateForm
