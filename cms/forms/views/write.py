"""Write a line to the office."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.core.security.limits import limited
from cms.core.security.once import key_for
from cms.forms.domain.errors import FormsError
from cms.forms.domain.write import write as write_line
from cms.forms.presenters.status import LineForm
from cms.forms.views.access import submission_or_404
from cms.forms.views.back import person_of
from cms.forms.views.status import show_status


@require_POST
def write(request: HttpRequest, token: UUID) -> HttpResponse:
    """Keep the line, however often it comes; what is not right yet is shown again."""
    submission = submission_or_404(request, token)
    if submission.is_draft:
        return redirect("forms:tasks", token=token)
    form = LineForm(request.POST)
    if form.is_valid() and limited(request, "forms.write", key=str(token)):
        form.add_error(None, _("You have written a lot in a short time. Please wait an hour."))
    if not form.is_valid():
        return show_status(request, submission, form)
    try:
        write_line(
            submission=submission, text=form.cleaned_data["text"], by=person_of(request), key=key_for(request)
        )
    except FormsError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("We have received your message."))
    return redirect("forms:status", token=token)
