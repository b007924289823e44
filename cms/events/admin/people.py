"""What staff do with one registration on the page of the seats."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages

from cms.core.arrival import arrived_at
from cms.events.admin.date_views import DateView, seats_url
from cms.events.domain.answer_offer import accept_offer, lapse_offer
from cms.events.domain.prioritise import HIGHEST, prioritise
from cms.events.enums import RegistrationState
from cms.events.models import Registration
from cms.events.policy import may_work_at
from cms.events.queries.seats_page import of_date
from cms.forms.domain.errors import FormsError, NotAllowedError
from cms.forms.policy import may_work_on


class PersonView(DateView):
    """Base: the registration is one of this date, and the person works on it; otherwise it is not there."""

    registration: Registration

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find it."""
        found = of_date(self.object, kwargs["registration"])
        if found is None or not may_work_at(request.user, self.object.event):
            raise Http404
        if not may_work_on(request.user, found.submission):
            raise Http404
        self.registration = found
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class AnswerView(PersonView, View):
    """Write down what somebody has said on the telephone, or that nobody could be reached."""

    http_method_names = ["post"]
    done: Any = ""

    def answer(self) -> None:
        """Do it.

        Raises:
            FormsError: it is not possible any more.

        """
        raise NotImplementedError

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Do it and lead back."""
        try:
            self.answer()
        except NotAllowedError as error:
            raise Http404 from error
        except FormsError as error:
            messages.warning(request, error.text)
        else:
            messages.success(request, self.done)
        return redirect(seats_url(self.object))


class AcceptView(AnswerView):
    """They accept."""

    done = _("The seat is theirs.")

    def answer(self) -> None:
        """Confirm it."""
        submission = self.registration.submission
        accept_offer(submission=submission, by=self.person, arrived=arrived_at(self.request))


class LapseView(AnswerView):
    """They could not be reached, or do not answer."""

    done = _("The seat goes on to the next in the list.")

    def answer(self) -> None:
        """Let the offer lapse."""
        lapse_offer(submission=self.registration.submission, by=self.person)


class PriorityForm(forms.Form):
    """How far up or down, and why."""

    priority = forms.IntegerField(
        label=_("Priority"),
        min_value=-HIGHEST,
        max_value=HIGHEST,
        help_text=_("0 is the usual one. 1 to 9: before the others. -1 to -9: after them."),
        widget=forms.NumberInput(attrs={"class": "khidi-number"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("Colleagues read it; it is kept with your name."),
        error_messages={"required": _("A priority needs a reason")},
    )


class PriorityView(PersonView, FormView[PriorityForm]):
    """Let somebody who waits come earlier, or later."""

    template_name = "cms_events/admin/priority.html"
    form_class = PriorityForm
    title = _("Priority on the waiting list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, as long as they wait."""
        if self.registration.state != RegistrationState.WAITLISTED:
            messages.warning(request, _("They do not wait any more."))
            return redirect(seats_url(self.object))
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Start from what holds now."""
        return {"priority": self.registration.priority, "reason": self.registration.priority_reason}

    def form_valid(self, form: PriorityForm) -> HttpResponse:
        """Set it and lead back."""
        try:
            prioritise(submission=self.registration.submission, by=self.person, **form.cleaned_data)
        except NotAllowedError as error:
            raise Http404 from error
        except FormsError as error:
            messages.warning(self.request, error.text)
        else:
            messages.success(self.request, _("The order of the list has changed."))
        return redirect(seats_url(self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the registration."""
        return super().get_context_data(**kwargs) | {"registration": self.registration}
