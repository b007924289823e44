"""The audit log in the admin: read, filter, export; nothing else."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, DateFromToRangeFilter, NumberFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from cms.audit.models import Entry
from cms.core.admin.read_only import ReadOnlyViewSet


class EntryFilters(WagtailFilterSet):
    """Narrow the log by what, whose and when."""

    action = CharFilter(label=_("Action"), lookup_expr="startswith")
    at = DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    unit_id = NumberFilter(label=_("Number of the unit"))
    actor_id = NumberFilter(label=_("Number of the person"))
    target_id = CharFilter(label=_("Number of the object"))

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()


class EntryViewSet(ReadOnlyViewSet):
    """Who did what; open to people with the permission `cms_audit.view_entry`."""

    model = Entry
    name = "audit"
    icon = "history"
    menu_label = _("Audit log")
    menu_order = 900
    add_to_settings_menu = True
    ordering = "-id"
    list_per_page = 50
    list_display = (
        "action",
        DateColumn("at", label=_("When"), sort_key="id"),
        Column("target", label=_("Object")),
        Column("unit_id", label=_("Unit")),
        Column("actor_id", label=_("Person")),
    )
    filterset_class = EntryFilters
    list_export = ("id", "at", "action", "target_type", "target_id", "unit_id", "actor_id")
    inspect_view_fields = (
        "id",
        "at",
        "action",
        "target_type",
        "target_id",
        "unit_id",
        "actor_id",
        "details",
    )

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002, ARG002 - Wagtail's signature
        """Return none: there is nothing to fill in."""
        return None


entries = EntryViewSet()
