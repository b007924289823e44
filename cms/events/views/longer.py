"""Keep a seat for longer, for somebody who is still writing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.events import told
from cms.events.domain.keep_seats import keep_longer
from cms.events.views.dates import registration_or_404
from cms.forms.domain.errors import FormsError, NotNowError
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.forms.presenters.step import step_url
from cms.forms.views.back import page_of
from cms.forms.views.saving import Saving


@require_POST
def longer(request: HttpRequest, token: UUID) -> HttpResponse:
    """Keep it for as long again, an hour at most, and lead back to where somebody writes.

    The button of a step brings along what is typed there: it is saved first.
    """
    submission = registration_or_404(request, token)
    if not submission.is_draft:
        return redirect(page_of(submission))
    journey, step = Journey(submission), request.POST.get("step", "")
    if journey.step(step) is None:
        keep(request, submission)
        return redirect("forms:check", token=token)
    if answered := Saving(request, journey, step).answer():
        return answered
    keep(request, submission)
    return redirect(step_url(submission, step))


def keep(request: HttpRequest, submission: Submission) -> None:
    """Keep the seats and say until when."""
    try:
        hold = keep_longer(submission=submission)
    except NotNowError:
        messages.warning(
            request, _("No seat is kept for you any more. Go on all the same: seats are given when you send.")
        )
    except FormsError as error:
        messages.error(request, error.text)
    else:
        time = told.clock_at(hold.expires_at, submission.registration.occurrence)
        last = hold.expires_at >= hold.ends_at
        text = (
            _("Your seat is kept until %(time)s. It cannot be kept any longer than that.")
            if last
            else _("Your seat is kept until %(time)s.")
        )
        messages.success(request, text % {"time": time})
