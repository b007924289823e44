"""Rules by which dates of an event come again and again."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.accounts.policy import Person
from cms.core.admin.guard import ObjectGuard
from cms.core.formats.numbers import number
from cms.core.text.listed import listed
from cms.events import recurrence as rules_of_time
from cms.events.admin.of_event import OfEventAdd, OfEventFilterSet, OfEventIndex, Refusing
from cms.events.domain.recur import Recurred, rule_of
from cms.events.models import Recurrence
from cms.events.policy import rules_visible_to
from cms.events.presenters.rule_form import RuleForm


def in_words(recurrence: Recurrence) -> str:
    """Return "Every week: Tuesday, Thursday, 9:00–12:00"."""
    return rules_of_time.told(rule_of(recurrence))


def tell_done(request: HttpRequest, done: Recurred) -> None:
    """Say what the rule has done, and name the dates that it had to leave as they are."""
    made = len(done.made)
    text = ngettext("%(number)s date was made.", "%(number)s dates were made.", made)
    messages.success(request, text % {"number": number(made)})
    if done.changed or done.gone:
        text = _("Changed: %(changed)s. Taken away, as nobody had registered: %(gone)s.")
        messages.info(request, text % {"changed": number(len(done.changed)), "gone": number(done.gone)})
    if done.kept:
        names = listed(date.code for date in done.kept)
        text = _("These dates do not follow the rule, and stay because people have registered: %(dates)s")
        messages.warning(request, text % {"dates": names})


class RuleFilterSet(OfEventFilterSet):
    """Keep the rules of one event."""

    class Meta:
        model = Recurrence
        fields = ("event",)


class RuleIndex(OfEventIndex):
    """Rules in words."""

    filterset_class = RuleFilterSet

    def get_base_queryset(self) -> QuerySet[Any]:
        """Fetch the events along."""
        found: QuerySet[Any] = super().get_base_queryset()
        return found.select_related("event")


class Done:
    """Mixin: go on to the dates and say what was done."""

    object: Recurrence
    form: RuleForm
    request: HttpRequest

    def get_success_url(self) -> str:
        """Lead to the dates of the event."""
        tell_done(self.request, self.form.done)
        return f"{reverse('event_dates:index')}?event={self.object.event_id}&time=ahead"

    def get_success_message(self, instance: Recurrence | None = None) -> str:
        """Return the rule in words; Wagtail names the object only where one is made."""
        return in_words(instance or self.object)


class RuleAdd(Done, OfEventAdd):
    """Say how dates repeat."""


class RuleEdit(Refusing, Done, generic.EditView):
    """Change how dates repeat from now on."""

    def get_page_subtitle(self) -> str:
        """Return the rule in words."""
        return in_words(self.object)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Offer nothing more: a rule ends by its last day."""
        return []


class RuleViewSet(ObjectGuard, ModelViewSet):
    """How dates repeat."""

    model = Recurrence
    name = "event_rules"
    icon = "history"
    menu_label = gettext_lazy("Rules for dates")
    menu_order = 120
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = RuleIndex
    add_view_class = RuleAdd
    edit_view_class = RuleEdit
    search_fields = ("event__code", "event__name")
    search_backend_name = None
    ordering = ("event__code", "pk")
    list_display = [
        TitleColumn(
            "rule",
            label=gettext_lazy("Rule"),
            url_name="event_rules:edit",
            accessor=in_words,
            get_title_id=lambda rule: f"rule_{rule.pk}_title",
        ),
        Column("event", label=gettext_lazy("Event"), accessor="event"),
    ]

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the rules of events of the person's units."""
        return rules_visible_to(user)

    def get_form_class(self, for_update: bool = False) -> type[RuleForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return the one form for both."""
        return RuleForm
