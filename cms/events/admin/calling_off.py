"""Put a date off, or cancel it: one page, one reason, one button."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from cms.events.admin.date_views import DateView, in_words, seats_url
from cms.events.domain.call_off import call_off, may_call_off
from cms.events.domain.tell_all import concerned, telling
from cms.forms.domain.errors import FormsError, NotAllowedError, NotNowError
from cms.forms.presenters.staff import ReasonForm


class CancelView(DateView, FormView[ReasonForm]):
    """Cancel a date for good."""

    template_name = "cms_events/admin/call_off.html"
    form_class = ReasonForm
    postpone = False
    title = _("Cancel the date")
    explanation = _("Every registration ends with it, and nobody moves up. This cannot be taken back.")
    button = _("Cancel the date and tell everybody")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back where it is not possible any more."""
        if request.method == "GET" and not may_call_off(self.object, postpone=self.postpone):
            return self.too_late()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """Do it and say how many are told."""
        reason = form.cleaned_data["reason"]
        try:
            done = call_off(occurrence=self.object, by=self.person, reason=reason, postpone=self.postpone)
        except NotAllowedError as error:
            raise Http404 from error
        except FormsError as error:
            return self.too_late(error.text)
        messages.success(self.request, in_words(done))
        return redirect(seats_url(self.object))

    def too_late(self, text: str = "") -> HttpResponse:
        """Lead to the date as it is now."""
        messages.warning(self.request, text or NotNowError().text)
        return redirect(seats_url(self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count whom it concerns."""
        return super().get_context_data(**kwargs) | {
            "told": in_words(telling(concerned(self.object))),
            "explanation": self.explanation,
            "button": self.button,
        }


class PostponeView(CancelView):
    """Put a date off to a day that is not known yet."""

    postpone = True
    title = _("Postpone")
    explanation = _("Everybody stays registered. Once you enter the new day, everybody is told again.")
    button = _("Postpone and tell everybody")
