"""Register somebody who cannot do it alone: the helper's door, and the desk of those who run the event."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.accounts.request import signed_in
from cms.accounts.second_factor import second_factor_required
from cms.core.arrival import arrived_at
from cms.core.security.limits import limited
from cms.core.security.once import key_of
from cms.events.domain.begin_registration import help_to_register
from cms.events.models import Occurrence
from cms.events.policy import may_help, may_work_at, units_of_helper
from cms.events.presenters.help import help_page
from cms.events.views.dates import date_or_404
from cms.forms.domain.errors import FormsError, NotAllowedError
from cms.forms.domain.start import Person
from cms.forms.journey import Journey
from cms.forms.presenters.help import HelpForm
from cms.forms.presenters.step import step_url
from cms.forms.views.back import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def help_somebody(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Let helpers and the people of the desk in, once they have proved a second factor.

    Raises:
        Http404: whoever asks neither helps nor works at this event.

    """
    occurrence = date_or_404(code, number)
    if request.user.is_authenticated and not may_help(request.user, occurrence.event):
        raise Http404
    return asked(request, occurrence)


@second_factor_required
def asked(request: HttpRequest, occurrence: Occurrence) -> HttpResponse:
    """Ask for whom; begin a draft in that person's name."""
    desk = may_work_at(request.user, occurrence.event)
    units = units_of_helper(request.user, occurrence.event)
    form = HelpForm(request.POST or None, units=units, must_reach=not desk)
    if request.method == "POST" and form.is_valid():
        return begin(request, occurrence, form)
    return shown(request, occurrence, form)


def shown(
    request: HttpRequest, occurrence: Occurrence, form: HelpForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Show the form, with what stood in the way."""
    context = {"form": form, "page": help_page(occurrence, request.user), "problem": problem}
    return render(request, "cms_events/help.html", context, status=status)


def begin(request: HttpRequest, occurrence: Occurrence, form: HelpForm) -> HttpResponse:
    """Begin a draft for the person and lead to its first questions.

    Raises:
        BadRequest: the form carries no key, or one of somebody else.

    """
    key, helper = key_of(request), signed_in(request)
    if key is None:
        raise BadRequest
    if limited(request, "begin"):
        return render(request, "429.html", status=429)
    cleaned = form.cleaned_data
    try:
        submission = help_to_register(
            occurrence=occurrence,
            helper=helper,
            unit=cleaned["unit"],
            person=Person(**{name: cleaned[name] for name in ("name", "email", "phone")}),
            language=cleaned["language"],
            key=key,
            arrived=arrived_at(request),
            desk=may_work_at(helper, occurrence.event),
        )
    except NotAllowedError as error:
        raise BadRequest from error
    except FormsError as error:
        return shown(request, occurrence, form, problem=error.text, status=409)
    if not submission.is_draft:
        return redirect(page_of(submission))
    return redirect(step_url(submission, Journey(submission).steps[0].key))
