"""People to ring."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.messages.admin.actions import GivenUpView, MissedView, ReachedView
from cms.messages.admin.columns import CallButtonsColumn, LanguageColumn, PhoneColumn, SpokenColumn
from cms.messages.admin.messages import MessageViewSetBase
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from cms.messages.policy import visible_to


class CallIndex(VisibleIndex):
    """Open tasks only, who has waited longest first."""

    page_title = _("People to ring")
    default_ordering = "created_at"

    @cached_property
    def no_results_message(self) -> str:
        """Say that there is nothing to do, unless a search found nothing."""
        if self.is_searching or self.is_filtering:
            return str(super().no_results_message)
        return gettext("Nobody is waiting for a call.")

    def get_base_queryset(self) -> QuerySet[Any]:
        """Leave out what is done."""
        return super().get_base_queryset().filter(state=MessageState.OPEN).select_related("unit")


class CallRoutes(MessageViewSetBase):
    """The routes of the calls, before the guard puts its check in front of them."""

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add the three ends of a call."""
        return [
            *super().get_urlpatterns(),
            path("reached/<int:pk>/", self.construct_view(ReachedView), name="reached"),
            path("missed/<int:pk>/", self.construct_view(MissedView), name="missed"),
            path("given-up/<int:pk>/", self.construct_view(GivenUpView), name="given_up"),
        ]


class CallViewSet(ObjectGuard, CallRoutes):
    """Call tasks with the text to read out."""

    name = "calls"
    icon = "mobile-alt"
    menu_label = _("People to ring")
    menu_order = 100
    index_view_class = CallIndex
    search_fields = ["name", "phone", "subject"]
    list_display = [
        TitleColumn("who", label=_("Name"), url_name="calls:inspect", accessor="name"),
        PhoneColumn("phone", label=_("Phone")),
        LanguageColumn("language", label=_("Language"), sort_key="language"),
        SpokenColumn("body", label=_("What to say")),
        DateColumn("created_at", label=_("Since"), sort_key="created_at"),
        Column("attempts", label=_("Attempts"), sort_key="attempts"),
        Column("unit", label=_("Unit")),
        CallButtonsColumn("outcome", label=_("Outcome")),
    ]

    def visible_to(self, user: Person) -> QuerySet[Message]:
        """Return the call tasks of the person's units."""
        return visible_to(user).filter(channel=Channel.CALL)


call_viewset = CallViewSet()
