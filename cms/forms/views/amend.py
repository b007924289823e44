"""Begin a change of what was sent, and drop it; in between the pages of an answer are used."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.core.arrival import arrived_at
from cms.forms.domain.amend import begin_amendment, drop_amendment
from cms.forms.domain.errors import FormsError
from cms.forms.views.access import submission_or_404
from cms.forms.views.back import person_of


@require_POST
def amend(request: HttpRequest, token: UUID) -> HttpResponse:
    """Open all questions once more and lead to them; a repeat leads there, too."""
    submission = submission_or_404(request, token)
    try:
        begin_amendment(submission=submission, by=person_of(request), arrived=arrived_at(request))
    except FormsError as error:
        messages.error(request, error.text)
        return redirect("forms:status", token=token)
    return redirect("forms:answer", token=token)


@require_POST
def drop(request: HttpRequest, token: UUID) -> HttpResponse:
    """Let everything be as it was sent."""
    submission = submission_or_404(request, token)
    try:
        drop_amendment(submission=submission, by=person_of(request))
    except FormsError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Nothing has been changed. What you sent before counts."))
    return redirect("forms:status", token=token)
