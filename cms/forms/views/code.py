"""Have a new code made with which somebody without a mailbox comes back."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cms.core.security.limits import limited
from cms.core.security.ring import Ring, UnreadableError
from cms.forms.domain.errors import FormsError
from cms.forms.domain.give_claim_code import give_claim_code, needs_code
from cms.forms.models import Submission
from cms.forms.views.access import submission_or_404
from cms.forms.views.back import page_of, person_of

SHOWN_NEXT = "cms.forms.views.code"
"""Session key: the code that the receipt shows next, and never again."""

RING = Ring("khidi.forms.code")
"""Whoever reads the table of sessions must not come in with what is waiting there."""


@require_POST
def code(request: HttpRequest, token: UUID) -> HttpResponse:
    """Make one and show it on the receipt; the one before is worth nothing from now on."""
    submission = submission_or_404(request, token)
    if limited(request, "forms.code", key=str(token)):
        return redirect(page_of(submission))
    try:
        offer_code(request, submission)
    except FormsError as error:
        messages.error(request, error.text)
        return redirect(page_of(submission))
    return redirect("forms:receipt", token=token)


def offer_code(request: HttpRequest, submission: Submission) -> None:
    """Make a code, to be shown once on the next receipt."""
    new = give_claim_code(submission=submission, by=person_of(request))
    request.session[SHOWN_NEXT] = {str(submission.token): RING.seal(new)}


def offer_first_code(request: HttpRequest, submission: Submission) -> None:
    """Make one for what was just sent, if nothing else leads back; sent twice it stays the first."""
    if needs_code(submission=submission):
        offer_code(request, submission)


def code_for(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """Return what the receipt shows: the new code, now and never again, or a button that makes one."""
    waiting = request.session.get(SHOWN_NEXT, {}).get(str(submission.token), "")
    new = ""
    if waiting and request.method == "GET":  # HEAD shows nothing.
        del request.session[SHOWN_NEXT]
        with suppress(UnreadableError):
            new = RING.unseal(waiting)
    return {"code": new, "offers_code": submission.owner_id is None}
