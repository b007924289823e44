"""The list of parts of one form."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.forms.journey import Journey
from cms.forms.presenters.tasks import tasks_of
from cms.forms.views.access import submission_or_404


@require_safe
def tasks(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show it; what was sent has a status instead."""
    submission = submission_or_404(request, token)
    if not submission.is_draft:
        return redirect("forms:status", token=token)
    return render(request, "forms/tasks.html", tasks_of(Journey(submission), request.user))
