"""Where something stands that was sent, for whoever sent it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.forms.models import Submission
from cms.forms.presenters.status import LineForm, status_of
from cms.forms.views.access import submission_or_404


@require_safe
def status(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show it; a draft has a list of parts instead."""
    submission = submission_or_404(request, token)
    if submission.is_draft:
        return redirect("forms:tasks", token=token)
    return show_status(request, submission)


def show_status(request: HttpRequest, submission: Submission, form: LineForm | None = None) -> HttpResponse:
    """Show the page; `form` holds a line that was not right yet."""
    return render(request, "forms/status.html", status_of(submission, form))
