"""The page about the seats of one date, and changing their number with a look at what that means."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.core.formats.numbers import number
from cms.events.admin.date_views import DateView, buttons_of, in_words, seats_url
from cms.events.domain.change_seats import Preview, preview
from cms.events.domain.confirm_seats import confirm_seats, mark_of
from cms.events.domain.tell_all import telling
from cms.events.enums import OccurrenceStatus
from cms.events.policy import may_help, may_work_at
from cms.events.presenters.seats_page import seats_of
from cms.forms.domain.errors import FormsError

MOST_SEATS = 100_000


class CapacityForm(forms.Form):
    """How many seats there are."""

    capacity = forms.IntegerField(
        label=_("Number of seats"),
        min_value=0,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Empty: as many as come. Before anything happens you see what it means."),
        widget=forms.NumberInput(attrs={"class": "khidi-number"}),
    )


class SeatsView(DateView, TemplateView):
    """Who has a seat, who waits, and what can be done about it."""

    template_name = "cms_events/admin/seats.html"
    title = _("Seats")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the page."""
        user, event = self.request.user, self.object.event
        form = CapacityForm(initial={"capacity": self.object.capacity})
        registers = event.form_id and self.object.status == OccurrenceStatus.SCHEDULED
        return super().get_context_data(**kwargs) | {
            "page": seats_of(self.object, user),
            "capacity_form": form,
            "cancelled": self.object.status == OccurrenceStatus.CANCELLED,
            "works": may_work_at(user, event),
            "registers": registers and may_help(user, event),
            "links": buttons_of(self.object)[1:],
        }


class CapacityView(DateView, TemplateView):
    """Show what another number of seats means; then do it."""

    template_name = "cms_events/admin/capacity.html"
    title = _("Change the number of seats")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back where no number was given that could be one."""
        self.form = CapacityForm(request.POST if request.method == "POST" else request.GET)
        if self.object.status == OccurrenceStatus.CANCELLED or not self.form.is_valid():
            messages.error(request, _("Enter a whole number of seats, or nothing."))
            return redirect(seats_url(self.object))
        self.capacity: int | None = self.form.cleaned_data["capacity"]
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Do what was seen; if it means something else by now, show that instead."""
        try:
            fresh = confirm_seats(
                occurrence=self.object,
                capacity=self.capacity,
                seen=request.POST.get("seen", ""),
                by=self.person,
            )
        except FormsError as error:
            messages.error(request, error.text)
            return redirect(seats_url(self.object))
        if fresh is not None:
            return self.render_to_response(self.get_context_data(fresh=fresh))
        messages.success(request, _("The number of seats was changed."))
        return redirect(seats_url(self.object))

    def get_context_data(self, fresh: Preview | None = None, **kwargs: Any) -> dict[str, Any]:
        """Say what the number means."""
        shown = fresh or preview(occurrence=self.object, capacity=self.capacity)
        return super().get_context_data(**kwargs) | {
            "capacity": "" if self.capacity is None else self.capacity,
            "was": self.object.capacity,
            "preview": shown,
            "mark": mark_of(shown),
            "again": fresh is not None,
            "told": in_words(telling(shown.offers)),
            "means": what_it_means(shown),
        }


def what_it_means(shown: Preview) -> list[str]:
    """Return whole sentences about the people whom a number of seats concerns."""
    sentences = []
    if shown.over:
        text = ngettext(
            "%(number)s more person has a seat than there will be seats. Nobody loses theirs.",
            "%(number)s more people have a seat than there will be seats. Nobody loses theirs.",
            shown.over,
        )
        sentences.append(text % {"number": number(shown.over)})
    if not shown.offers:
        sentences.append(gettext("Nobody gets an offer."))
    if shown.still_waiting:
        text = ngettext(
            "%(number)s person goes on waiting.", "%(number)s people go on waiting.", shown.still_waiting
        )
        sentences.append(text % {"number": number(shown.still_waiting)})
    if shown.stuck:
        text = ngettext(
            "Of these, %(number)s waits in a group larger than all seats: please speak with the group.",
            "Of these, %(number)s wait in groups larger than all seats: please speak with them.",
            shown.stuck,
        )
        sentences.append(text % {"number": number(shown.stuck)})
    return [*sentences, *_kept(shown)]


def _kept(shown: Preview) -> list[str]:
    """Return what becomes of seats that are kept; they come and go, so nobody has to look at them again."""
    sentences = []
    if shown.kept_beyond:
        text = ngettext(
            "%(number)s seat beyond those is kept for somebody who is writing: theirs if they send in time.",
            "%(number)s seats beyond those are kept for people who are writing: theirs if they send in time.",
            shown.kept_beyond,
        )
        sentences.append(text % {"number": number(shown.kept_beyond)})
    if shown.kept_from_list:
        text = ngettext(
            "%(number)s seat is kept for somebody who is writing, and may still go to the list.",
            "%(number)s seats are kept for people who are writing, and may still go to the list.",
            shown.kept_from_list,
        )
        sentences.append(text % {"number": number(shown.kept_from_list)})
    return sentences
