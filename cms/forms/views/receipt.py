"""What somebody gets for what they sent: a reference, the moment, and what happens next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.forms.presenters.receipt import receipt_of
from cms.forms.views.access import submission_or_404
from cms.forms.views.code import code_for


@require_safe
def receipt(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show it; a draft has none yet."""
    submission = submission_or_404(request, token)
    if submission.is_draft:
        return redirect("forms:tasks", token=token)
    return render(request, "forms/receipt.html", receipt_of(submission) | code_for(request, submission))
