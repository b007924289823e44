"""What pages share, in the admin: lists, people, contacts, hours, notices.

These are content, and content is not scoped by unit: every editor may change them.
"""

from typing import Any, NoReturn

from django import forms
from django.db import transaction
from django.db.models import Case, IntegerField, ProtectedError, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.admin.ui.tables import BooleanColumn, Column, LocaleColumn, UpdatedAtColumn
from wagtail.models import Locale
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import CreateView, DeleteView, SnippetViewSet, SnippetViewSetGroup

from cms.core.formats import dates
from cms.core.languages import fallbacks
from cms.events.models import Series, Venue
from cms.pages.models import (
    Audience,
    Contact,
    OpeningHours,
    Place,
    PublicOrganisation,
    PublicPerson,
    SiteNotice,
    Topic,
)

LANGUAGE = LocaleColumn(label=_("Language"))  # Wagtail's own word is translated when it is imported.


def own_language_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Order rows by the editor's language, then by those that stand in for it, then as the model says."""
    languages = [get_language() or "", *fallbacks(get_language() or "")]
    places = [When(locale__language_code=code, then=Value(place)) for place, code in enumerate(languages)]
    rank = Case(*places, default=Value(len(languages)), output_field=IntegerField())
    return rows.order_by(rank, *rows.model._meta.ordering, "pk")


class ChooserFilterForm(LocaleFilterMixin, BaseFilterForm):
    """Language and words; the words by the fields of the listing, as Wagtail's search needs an index."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Keep rows that contain what was typed."""
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching, self.search_query = True, words
            found = Q()
            for field in objects.model.snippet_viewset.search_fields:
                found |= Q(**{f"{field}__icontains": words})
            objects = objects.filter(found)
        filtered: QuerySet[Any] = super().filter(objects)
        return filtered


class OwnLanguageFirst:
    """A chooser's list in the order of an editor, with a search."""

    filter_form_class = ChooserFilterForm
    model: Any

    def get_object_list(self) -> QuerySet[Any]:
        """Return all rows, those in the editor's language first."""
        return own_language_first(self.model.objects.all())


class Choose(OwnLanguageFirst, ChooseView):
    """The chooser."""


class ChooseResults(OwnLanguageFirst, ChooseResultsView):
    """Its list, when somebody searches or turns a page."""


class Create(SnippetCreateView):
    """Nothing is made in passing: Wagtail breaks where a chooser has no form for it."""

    def dispatch(self, *_request: object) -> NoReturn:
        """Answer as if it did not exist."""
        raise Http404


class Chooser(SnippetChooserViewSet):
    """The window in which editors choose a snippet."""

    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    create_view_class = Create


def refuse(request: HttpRequest, address: str) -> HttpResponse:
    """Say why something was not deleted, and lead back."""
    text = _("This is still needed: other entries lie in it. Change or delete those first.")
    messages.error(request, text)
    return redirect(address)


class Add(CreateView):
    """A new entry is in the editor's language unless they choose another; Wagtail takes the site's first."""

    def get_locale(self) -> Locale | None:
        """Return the language of the new entry."""
        own = Locale.objects.filter(language_code=get_language())
        asked: Locale | None = super().get_locale()
        return asked if "locale" in self.request.GET else own.first() or asked


class Delete(DeleteView):
    """Refuse to delete what others hang on; Wagtail's own view breaks there."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete, or say why not."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().post(request, *args, **kwargs)
        except ProtectedError:
            return refuse(request, reverse(self.index_url_name))
        return response


class DeleteSeveral(DeleteBulkAction):
    """The same for several at once."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Delete all, or none and say why."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            return refuse(self.request, self.next_url)
        return response


class Shared(SnippetViewSet):
    """What the snippets have in common: plain search, own language first, usage, no copying."""

    chooser_viewset_class = Chooser
    add_view_class = Add
    delete_view_class = Delete
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None  # Wagtail's search on SQLite breaks at a quotation mark.
    search_fields: tuple[str, ...] = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:  # noqa: ARG002 - Wagtail's signature
        """Return the rows as an editor expects them."""
        return own_language_first(self.model.objects.all())


class TopicViewSet(Shared):
    """What pages are about."""

    model = Topic
    icon = "tag"
    list_display = ("name", "slug", LANGUAGE)
    search_fields = ("name", "slug")


class AudienceViewSet(Shared):
    """Whom things are for."""

    model = Audience
    icon = "group"
    list_display = ("name", "slug", LANGUAGE)
    search_fields = ("name", "slug")


class PlaceViewSet(Shared):
    """Where things are."""

    model = Place
    icon = "site"
    list_display = ("name", "kind", "part_of", "slug", LANGUAGE)
    list_filter = ("kind",)
    search_fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch what a place lies in with it."""
        return super().get_queryset(request).select_related("part_of")


class VenueViewSet(Shared):
    """Where events take place."""

    model = Venue
    icon = "home"
    list_display = ("name", "address", "city", BooleanColumn("step_free", label=_("Step-free")), LANGUAGE)
    search_fields = ("name", "address")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch the towns along."""
        return super().get_queryset(request).select_related("city")


class SeriesViewSet(Shared):
    """Names of rows of events."""

    model = Series
    icon = "list-ol"
    list_display = ("name", LANGUAGE)


class PersonViewSet(Shared):
    """People whom texts name."""

    model = PublicPerson
    icon = "user"
    list_display = ("name", LANGUAGE, UpdatedAtColumn(label=_("Updated")))


class OrganisationViewSet(Shared):
    """Organisations that texts name."""

    model = PublicOrganisation
    icon = "group"
    list_display = ("name", "short_name", "kind", LANGUAGE)
    list_filter = ("kind",)
    search_fields = ("name", "short_name")


class ContactViewSet(Shared):
    """How to reach somebody."""

    model = Contact
    icon = "mail"
    list_display = ("label", "phone", "email", LANGUAGE)
    search_fields = ("label", "email", "phone", "address")


class OpeningHoursViewSet(Shared):
    """When somebody is there."""

    model = OpeningHours
    icon = "time"
    list_display = ("label", BooleanColumn("by_appointment", label=_("By appointment only")), LANGUAGE)
    search_fields = ("label",)


class MomentColumn(Column):
    """Day and time; Wagtail's own column calls whatever is still to come "just now"."""

    def get_value(self, instance: Any) -> str:
        """Return the moment as people write it, or nothing."""
        moment = super().get_value(instance)
        return f"{dates.short(moment)}, {dates.clock(moment)}" if moment else ""


class NoticeViewSet(Shared):
    """What everybody has to know for some days."""

    model = SiteNotice
    icon = "warning"
    menu_order = 220
    add_to_admin_menu = True
    list_display = (
        "text",
        BooleanColumn("urgent", label=_("Urgent"), sort_key="urgent"),
        MomentColumn("begins", label=_("Shown from"), sort_key="begins"),
        MomentColumn("ends", label=_("Shown until"), sort_key="ends"),
        LANGUAGE,
    )
    list_filter = ("urgent",)
    search_fields = ("text",)


class SharedLists(SnippetViewSetGroup):
    """Lists by which readers filter."""

    menu_label = _("Shared lists")
    menu_icon = "list-ul"
    menu_order = 200
    items = (TopicViewSet, AudienceViewSet, PlaceViewSet, VenueViewSet, SeriesViewSet)


class PeopleAndContacts(SnippetViewSetGroup):
    """Whom texts name, and how and when to reach them."""

    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 210
    items = (PersonViewSet, OrganisationViewSet, ContactViewSet, OpeningHoursViewSet)
