"""Check all answers, and send them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.accounts.models import User
from cms.core.arrival import arrived_at
from cms.forms.domain.errors import BusyError, IncompleteError, NotOpenError
from cms.forms.domain.submit import submit
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.forms.presenters.check import check_of
from cms.forms.views.access import submission_or_404
from cms.forms.views.code import offer_first_code


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show every answer with the way back to it; a POST sends them, however often it comes."""
    submission = submission_or_404(request, token)
    if request.method == "POST":
        return _send(request, submission)
    if not submission.is_draft:
        return redirect("forms:receipt", token=token)
    journey = Journey(submission)
    page = check_of(journey, arrived_at(request), journey.problems())
    return render(request, "forms/check.html", page)


def _send(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Send it; what stands in the way is shown with everything that was written."""
    by = request.user if isinstance(request.user, User) else None
    try:
        submit(submission=submission, arrived=arrived_at(request), by=by)
    except NotOpenError as error:
        messages.error(request, error.text)
        return redirect("forms:check", token=submission.token)
    except IncompleteError as error:
        page = check_of(Journey(submission), arrived_at(request), error.problems)
        return render(request, "forms/check.html", page, status=422)
    except BusyError as error:
        messages.error(request, error.text)
        page = check_of(Journey(submission), arrived_at(request), {})
        return render(request, "forms/check.html", page, status=503)
    offer_first_code(request, submission)
    return redirect("forms:receipt", token=submission.token)
