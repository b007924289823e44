"""Take back what was sent, after a question."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.forms import kinds
from cms.forms.domain.errors import FormsError
from cms.forms.domain.withdraw import may_withdraw
from cms.forms.domain.withdraw import withdraw as take_back
from cms.forms.views.access import submission_or_404
from cms.forms.views.back import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: UUID) -> HttpResponse:
    """Ask whether it is meant, then do it; a repeat changes nothing."""
    submission = submission_or_404(request, token)
    if request.method == "POST":
        try:
            take_back(submission=submission, by=person_of(request))
        except FormsError as error:
            messages.error(request, error.text)
        else:
            messages.success(request, kinds.of(submission).taking_back.done)
        return redirect("forms:status", token=token)
    if not may_withdraw(submission):
        return redirect("forms:status", token=token)
    kind = kinds.of(submission)
    context = {"submission": submission, "subject": kind.subject(submission), "words": kind.taking_back}
    return render(request, "forms/withdraw.html", context)
