"""What dates and rules have in common: each is made for one event, which the address names."""

from typing import Any

import django_filters
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic

from cms.core.admin.guard import VisibleIndex
from cms.events.models import Event
from cms.events.policy import events_visible_to
from cms.forms.domain.errors import FormsError


def event_named(request: HttpRequest) -> Event | None:
    """Return the event that the address names, if the person runs it."""
    key = request.GET.get("event", "")
    if not (key.isascii() and key.isdecimal() and len(key) < len("9" * 10)):
        return None
    return events_visible_to(request.user).filter(pk=int(key)).first()


def own_events(request: HttpRequest | None) -> QuerySet[Event]:
    """Return the events to choose from."""
    return Event.objects.none() if request is None else events_visible_to(request.user)


class OfEventFilterSet(WagtailFilterSet):
    """Keep those of one event."""

    event = django_filters.ModelChoiceFilter(label=_("Event"), queryset=own_events, empty_label=_("All"))


class OfEventIndex(VisibleIndex):
    """A list that is narrowed down to one event."""

    @cached_property
    def event(self) -> Event | None:
        """Return the event."""
        return event_named(self.request)

    @cached_property
    def add_url(self) -> str | None:
        """Return where one is made for this event; without an event nobody knows for which."""
        url = self.get_add_url()
        return f"{url}?event={self.event.pk}" if url and self.event else None

    def get_page_subtitle(self) -> str:
        """Return the event."""
        return str(self.event or "")


class Refusing:
    """Mixin for forms: what the domain refuses at the last moment stands above what was typed."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save, or show the form again with the reason."""
        try:
            response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]  # of the view
        except (FormsError, IntegrityError) as error:
            field, text = self.reason(form, error)
            form.add_error(field, text)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # as above
            response = self.form_invalid(form)  # type: ignore[attr-defined]  # as above
        return response

    def reason(self, form: Any, error: FormsError | IntegrityError) -> tuple[str | None, Any]:  # noqa: ARG002 - for who overrides it
        """Return the field that a refusal belongs to, None for the whole, and what to say.

        Raises:
            IntegrityError: nobody has foreseen what the database refuses.

        """
        if isinstance(error, IntegrityError):
            raise error
        return None, error.text


class OfEventAdd(Refusing, generic.CreateView):
    """Make one for the event of the address."""

    request: HttpRequest

    @cached_property
    def event(self) -> Event | None:
        """Return the event."""
        return event_named(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form, if the address names an event."""
        response: HttpResponseBase = super().get(request, *args, **kwargs) if self.event else self.back()
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save, if the address names an event."""
        response: HttpResponseBase = super().post(request, *args, **kwargs) if self.event else self.back()
        return response

    def back(self) -> HttpResponseBase:
        """Lead to the events where none is named, or none of one's own."""
        messages.warning(self.request, _("Choose the event first."))
        return redirect("events_admin:index")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from a row of this event."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"instance": self.model(event=self.event)}

    def get_add_url(self) -> str:
        """Keep the event in the address."""
        return f"{super().get_add_url()}?event={self.event.pk if self.event else ''}"

    def get_page_subtitle(self) -> str:
        """Return the event."""
        return str(self.event)
