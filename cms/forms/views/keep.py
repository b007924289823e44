"""Put what this browser holds into the account that is signed in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.accounts.request import signed_in
from cms.forms.domain.errors import NotAllowedError
from cms.forms.domain.keep import keep as keep_in_account
from cms.forms.views.access import SignInError, held, submission_or_404


@require_POST
def keep(request: HttpRequest, token: UUID) -> HttpResponse:
    """Keep it there; only what this browser came to by a link or a code, or what is there already."""
    submission = submission_or_404(request, token)
    if request.user.is_anonymous:
        raise SignInError
    person = signed_in(request)
    if str(token) not in held(request) and submission.owner_id != person.pk:
        raise Http404
    try:
        keep_in_account(submission=submission, by=person)
    except NotAllowedError as error:
        raise Http404 from error
    messages.success(request, _("You find it in your account from now on."))
    return redirect("forms:mine")
