"""Units in the admin: one's own, with their sub-units."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from cms.accounts.models import Unit
from cms.accounts.policy import Person, units_visible_to
from cms.accounts.presenters import UnitForm
from cms.core.admin.guard import ObjectGuard


class UnitViewSet(ObjectGuard, ModelViewSet):
    """Offices, hubs and partners."""

    model = Unit
    name = "units"
    icon = "group"
    menu_label = _("Units")
    menu_order = 610
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ("name", "code", "kind", "parent")
    search_fields = ("name", "code")
    search_backend_name = None
    ordering = ("name",)

    def visible_to(self, user: Person) -> QuerySet[Unit]:
        """Return the units one manages."""
        return units_visible_to(user).select_related("parent")

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return the one form for both."""
        return UnitForm


units = UnitViewSet()
