"""The answers as they were sent, to read and to print."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.forms.presenters.sent import sent_page
from cms.forms.queries.own import sent_version
from cms.forms.views.access import submission_or_404


@require_safe
def sent(request: HttpRequest, token: UUID, number: int) -> HttpResponse:
    """Show what was sent for the n-th time, in the words of the form as it was then.

    Raises:
        Http404: it was not sent so often.

    """
    submission = submission_or_404(request, token)
    version = sent_version(submission, number)
    if version is None:
        raise Http404
    return render(request, "forms/sent.html", sent_page(submission, version))
