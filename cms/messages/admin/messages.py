"""All messages of one's units."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn

from cms.accounts.models import Unit
from cms.accounts.models.user import languages
from cms.accounts.policy import Person, units_where
from cms.core.admin.guard import ObjectGuard, VisibleIndex
from cms.core.admin.read_only import ReadOnlyViewSet
from cms.messages.admin.actions import BounceView, ResendView
from cms.messages.admin.columns import StateColumn
from cms.messages.admin.inspect import MessageInspect, PreviewView
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from cms.messages.policy import VIEW, visible_to


def own_units(request: HttpRequest | None) -> QuerySet[Unit]:
    """Return the units to choose from in the filter."""
    return units_where(request.user, VIEW) if request else Unit.objects.none()


SEARCHED = ("subject", "name", "email")


def searched(messages: QuerySet[Message], text: str) -> QuerySet[Message]:
    """Return the messages that the list shows for what was typed into its search."""
    found = Q()
    for field in SEARCHED if text and "\0" not in text else ():
        found |= Q(**{f"{field}__icontains": text.strip()})
    return messages.filter(found)


class MessageFilterSet(WagtailFilterSet):
    """Narrow the list down."""

    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.options)
    state = django_filters.ChoiceFilter(label=_("State"), choices=MessageState.options)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=languages)
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=own_units)

    class Meta:
        model = Message
        fields = ("channel", "state", "language", "unit")


class MessageIndex(VisibleIndex):
    """The newest first; texts are not even read from the database."""

    template_name = "messages/admin/index.html"
    filterset_class = MessageFilterSet

    def get_base_queryset(self) -> QuerySet[Any]:
        """Fetch what the columns show in as many queries for three rows as for two hundred."""
        messages = super().get_base_queryset()
        return messages.defer("body", "sealed", "note").select_related("unit").prefetch_related("about")


class MessageViewSetBase(ReadOnlyViewSet):
    """What messages and calls share: the page of a message and its preview."""

    model = Message
    inspect_view_class = MessageInspect
    inspect_view_fields = [
        "channel",
        "state",
        "name",
        "email",
        "phone",
        "language",
        "unit",
        "about",
        "template",
        "created_at",
        "sent_at",
        "reached_at",
        "expires_at",
        "attempts",
        "error",
        "note",
        "message_id",
        "resend_of",
    ]

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002, ARG002 - Wagtail's signature
        """Return none: there is nothing to fill in."""
        return None

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the page where its preview is."""
        common: dict[str, Any] = super().get_inspect_view_kwargs(
            preview_url_name=self.get_url_name("preview"), **kwargs
        )
        return common

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add the preview."""
        preview = path("preview/<int:pk>/", self.construct_view(PreviewView), name="preview")
        return [*super().get_urlpatterns(), preview]


class MessageRoutes(MessageViewSetBase):
    """The routes of the messages, before the guard puts its check in front of them."""

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Add what staff can do."""
        return [
            *super().get_urlpatterns(),
            path("resend/<int:pk>/", self.construct_view(ResendView), name="resend"),
            path("bounced/<int:pk>/", self.construct_view(BounceView), name="bounced"),
        ]


class MessageViewSet(ObjectGuard, MessageRoutes):
    """Mails and calls, found by subject, name or address."""

    name = "messages"
    icon = "mail"
    menu_label = _("All messages")
    menu_order = 200
    index_view_class = MessageIndex
    search_fields = SEARCHED
    list_display = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="message"),
        TitleColumn(
            "title",
            label=_("Subject"),
            url_name="messages:inspect",
            get_title_id=lambda message: f"message_{message.pk}_title",
        ),
        Column(
            "recipient",
            label=pgettext_lazy("recipient of a message", "To"),
            accessor=lambda message: message.name or message.email,
        ),
        Column("channel", label=_("Channel"), accessor="get_channel_display"),
        StateColumn("state", label=_("State"), sort_key="state"),
        Column("error", label=_("Last error")),
        Column("about", label=_("About")),
        Column("unit", label=_("Unit")),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
    ]

    def visible_to(self, user: Person) -> QuerySet[Message]:
        """Return the messages of the person's units."""
        return visible_to(user)


message_viewset = MessageViewSet()
