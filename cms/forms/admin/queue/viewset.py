"""Routes of the queue, and the guard before each of them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard
from cms.core.admin.read_only import ReadOnlyViewSet
from cms.forms.admin.queue import actions, columns
from cms.forms.admin.queue.files import FileView
from cms.forms.admin.queue.index import QueueIndex
from cms.forms.admin.queue.inspect import SpecialInspect, SubmissionInspect
from cms.forms.models import Submission
from cms.forms.policy import visible_to


class QueueRoutes(ReadOnlyViewSet):
    """The routes, before the guard puts its check in front of them."""

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002, ARG002 - Wagtail's signature
        """Return none: there is nothing to fill in."""
        return None

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add what staff can do, and the files."""
        verbs = {
            "assign": actions.AssignView,
            "take": actions.TakeView,
            "note": actions.NoteView,
            "write": actions.WriteView,
            "ask": actions.AskView,
            "take_back": actions.TakeBackView,
        }
        special = self.construct_view(SpecialInspect, **self.get_inspect_view_kwargs())
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name.replace('_', '-')}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in verbs.items()
            ),
            path("move/<int:pk>/<str:verb>/", self.construct_view(actions.MoveView), name="move"),
            path("special/<int:pk>/", special, name="special"),
            path("file/<int:pk>/<uuid:file>/", self.construct_view(FileView), name="file"),
        ]


class QueueViewSet(ObjectGuard, QueueRoutes):
    """Applications, registrations and requests, found by whatever stands in them."""

    model = Submission
    name = "submissions"
    icon = "clipboard-list"
    menu_label = _("Submissions")
    menu_order = 250
    add_to_admin_menu = True
    list_per_page = 50
    index_view_class = QueueIndex
    inspect_view_class = SubmissionInspect
    list_display = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="submission"),
        columns.ReferenceColumn("reference", label=_("Submission"), sort_key="reference"),
        columns.SenderColumn("sender", label=pgettext_lazy("who sent a submission", "From")),
        columns.SubjectColumn("subject", label=pgettext_lazy("what a submission is handed in for", "For")),
        columns.StateColumn("state", label=_("State"), sort_key="phase"),
        Column("unit", label=_("Unit"), sort_key="unit__name"),
        columns.ReceivedColumn("received", label=_("Received"), sort_key="received_at"),
        columns.WorkColumn("work", label=_("Assigned to"), sort_key="due_on"),
    ]

    def visible_to(self, user: Person) -> QuerySet[Submission]:
        """Return what was sent to the person's units; never a draft."""
        return visible_to(user)


queue_viewset = QueueViewSet()
