"""Calls of one's own units."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.core.zones import moment
from cms.grants import queries
from cms.grants.enums import CallState
from cms.grants.models import Call
from cms.grants.policy import calls_visible_to
from cms.grants.presenters.call_form import CallForm


class CallFilterSet(WagtailFilterSet):
    """Narrow the list down."""

    state = django_filters.ChoiceFilter(label=pgettext_lazy("call", "State"), choices=CallState.options)

    class Meta:
        model = Call
        fields = ("state",)


class CallIndex(VisibleIndex):
    """Calls with how many have begun and sent something."""

    filterset_class = CallFilterSet

    def get_base_queryset(self) -> QuerySet[Any]:
        """Count in the same query."""
        calls: QuerySet[Any] = super().get_base_queryset()
        return queries.counted(calls)


def closes(call: Call) -> str:
    """Return the deadline in the zone of the call."""
    return moment(call.closes_at, call.zone) if call.closes_at else str(_("At any time"))


class CallViewSet(ObjectGuard, ModelViewSet):
    """When, for what and how much somebody may apply."""

    model = Call
    name = "grant_calls"
    icon = "calendar-alt"
    menu_label = _("Calls for applications")
    menu_order = 220
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = CallIndex
    search_fields = ("code", "name")
    search_backend_name = None
    ordering = ("-closes_at", "code")
    list_display = [
        TitleColumn(
            "name",
            label=pgettext_lazy("for applications", "Call"),
            url_name="grant_calls:edit",
            accessor=str,
            get_title_id=lambda call: f"call_{call.pk}_title",
            sort_key="name",
        ),
        Column("standing", label=pgettext_lazy("call", "Now"), accessor=lambda call: call.told().label),
        Column("closes", label=_("Deadline"), accessor=closes, sort_key="closes_at"),
        Column("drafts", label=_("Drafts"), accessor="drafts"),
        Column("sent", label=_("Applications"), accessor="sent"),
        Column("unit", label=_("Unit"), accessor="unit"),
    ]

    def visible_to(self, user: Person) -> QuerySet[Call]:
        """Return the calls of the person's units."""
        return calls_visible_to(user)

    def get_form_class(self, for_update: bool = False) -> type[CallForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return the one form for both."""
        return CallForm


calls = CallViewSet()
