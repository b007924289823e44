"""Pages about one date, and editing it with a look at whom that concerns."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from cms.accounts.models import User
from cms.core.formats.numbers import number
from cms.core.text.listed import listed
from cms.events import told
from cms.events.domain.call_off import may_call_off
from cms.events.domain.save_date import Change, change_of
from cms.events.domain.tell_all import Telling
from cms.events.enums import OccurrenceStatus
from cms.events.models import Occurrence
from cms.events.presenters.date_form import DateForm
from cms.forms.domain.errors import FormsError

OURS = frozenset({"csrfmiddlewaretoken", "seen", "quietly"})
"""Fields of the preview itself; all others are those of the form, handed on."""


def seats_url(occurrence: Occurrence) -> str:
    """Return the page about the seats of a date."""
    return reverse("event_dates:seats", args=[occurrence.pk])


def in_words(telling: Telling) -> str:
    """Return "12 people will be told, 3 of them by telephone."."""
    if not telling.all:
        return gettext("Nobody has to be told.")
    words = {"number": number(telling.all), "calls": number(telling.calls)}
    if not telling.calls:
        return (
            ngettext(
                "%(number)s person will be told by mail.",
                "%(number)s people will be told by mail.",
                telling.all,
            )
            % words
        )
    return (
        ngettext(
            "%(number)s person will be told, by telephone.",
            "%(number)s people will be told, %(calls)s of them by telephone.",
            telling.all,
        )
        % words
    )


def named(occurrence: Occurrence) -> str:
    """Return "ECO26/3 · Wednesday, 25 November 2026, …", as people say it."""
    return f"{occurrence.code} · {told.when(occurrence)}"


class DateView(BaseObjectMixin, WagtailAdminTemplateMixin):
    """Base of pages about one date; the guard has made sure that the person runs its event."""

    model = Occurrence
    title: Any = ""
    object: Occurrence
    request: HttpRequest

    def get_base_object_queryset(self) -> Any:
        """Fetch what every page names."""
        return Occurrence.objects.select_related("event__unit", "event__form")

    @property
    def person(self) -> User:
        """Whoever asks; nobody gets here without signing in."""
        if not isinstance(self.request.user, User):
            raise Http404
        return self.request.user

    def get_page_title(self) -> str:
        """Return what the page is about."""
        return str(self.title)

    def get_page_subtitle(self) -> str:
        """Return the date."""
        return listed((self.object.event.name, told.when(self.object)))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the dates of the event and to the seats."""
        index = f"{reverse('event_dates:index')}?event={self.object.event_id}"
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("events_admin:index"), "label": gettext("Events")},
            {"url": index, "label": self.object.event.code},
            {"url": seats_url(self.object), "label": self.object.code},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the date."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "occurrence": self.object,
            "when": told.when(self.object),
            "back_url": seats_url(self.object),
        }


def buttons_of(occurrence: Occurrence) -> list[Button]:
    """Return the ways from the edit page of a date."""

    def url(name: str) -> str:
        return reverse(f"event_dates:{name}", args=[occurrence.pk])

    found = [Button(_("Seats and people"), url=url("seats"), icon_name="group", priority=5)]
    if may_call_off(occurrence, postpone=True):
        found.append(Button(_("Postpone"), url=url("postpone"), icon_name="time", priority=20))
    if may_call_off(occurrence):
        found.append(Button(_("Cancel the date"), url=url("cancel"), icon_name="cross", priority=30))
    return found


class DateEdit(generic.EditView):
    """Change a date; who has registered for it is counted and named before they are told."""

    preview_template_name = "cms_events/admin/moved.html"
    preview: Change | None = None
    object: Occurrence

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to its seats where nothing can be changed any more."""
        self.object = self.get_object()
        if self.object.status == OccurrenceStatus.CANCELLED:
            messages.warning(request, _("This date is cancelled; it stays as it was announced."))
            return redirect(seats_url(self.object))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        """Return the date as people say it."""
        return named(self.object)

    def get_success_message(self) -> str:
        """Name the date as its page does."""
        return gettext("%(object)s was saved.") % {"object": named(self.object)}

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer seats, putting off and cancelling."""
        return [*super().header_more_buttons, *buttons_of(self.object)]

    def form_valid(self, form: DateForm) -> HttpResponse:
        """Show whom the change concerns first; then save and tell them."""
        change = change_of(form.instance)
        mark = f"{change.telling.mails}.{change.telling.calls}"
        if change.registrations and self.request.POST.get("seen") != mark:
            self.preview, self.form, self.mark = change, form, mark
            return self.render_to_response(self.get_context_data())
        form.tell = "quietly" not in self.request.POST
        try:
            response: HttpResponse = super().form_valid(form)
        except FormsError as error:
            messages.error(self.request, error.text)
            return redirect(seats_url(self.object))
        return response

    def get_template_names(self) -> list[str]:
        """Return the preview's template where there is one to show."""
        names: list[str] = super().get_template_names()
        return [self.preview_template_name] if self.preview else names

    def get_success_url(self) -> str:
        """Lead to the seats."""
        return seats_url(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the change means."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.preview is None:
            return context
        before, after = self.preview.before, self.form.instance
        typed = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in OURS
            for value in values
        ]
        return context | {
            "typed": typed,
            "mark": self.mark,
            "told": in_words(self.preview.telling),
            "was": (told.when(before), told.where(before)),
            "will_be": (told.when(after), told.where(after)),
            "new_link": "online_link" in self.preview.fields,
        }
