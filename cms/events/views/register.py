"""Register for a date: what it is about and the first questions on one page; opening it begins nothing."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.core.arrival import arrived_at
from cms.core.security.limits import limited
from cms.core.security.once import key_of
from cms.events.domain.begin_registration import begin_registration, not_begun
from cms.events.models import Occurrence
from cms.events.presenters import register as pages
from cms.events.views.dates import date_or_404
from cms.forms.domain.errors import FormsError, NotAllowedError, NotNowError
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.forms.presenters.step import step_url
from cms.forms.views.access import held, hold
from cms.forms.views.back import person_of
from cms.forms.views.saving import Saving

NOT_UNDERSTOOD, FORBIDDEN, CONFLICT, TOO_MANY = 400, 403, 409, 429


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show date, seats and the first questions; a POST begins a registration with what was typed."""
    occurrence = date_or_404(code, number)
    if request.method == "POST":
        return begin(request, occurrence)
    page = pages.register_page(
        occurrence, journey_of(request, occurrence), person=request.user, held=held(request)
    )
    return render(request, "cms_events/register.html", page)


def begin(request: HttpRequest, occurrence: Occurrence) -> HttpResponse:
    """Begin it, keep what was typed and the seats it needs, and lead on.

    The same page sent twice leads to the same registration.

    Raises:
        BadRequest: the form carries no key.

    """
    key = key_of(request)
    if key is None:
        raise BadRequest
    if sign_in := pages.sign_in_url(occurrence, request.user):
        reason = _("Please sign in first. Copy your text before you do.")
        return unsaved(request, occurrence, reason, FORBIDDEN, sign_in, _("Sign in"))
    if limited(request, "begin"):
        reason = _("Very many registrations have been begun from here. Please try again in some minutes.")
        return unsaved(request, occurrence, reason, TOO_MANY)
    try:
        submission = _begun(request, occurrence, key)
    except NotAllowedError:
        reason = _("This page is too old to be sent. Please open it anew and copy your text from here.")
        return unsaved(request, occurrence, reason, NOT_UNDERSTOOD)
    except FormsError as error:
        return unsaved(request, occurrence, error.text, CONFLICT)
    return keep(request, occurrence, submission)


def keep(request: HttpRequest, occurrence: Occurrence, submission: Submission) -> HttpResponse:
    """Keep the first questions as they were answered, right or wrong, and seats for so many people."""
    if not submission.is_draft:
        return redirect("forms:receipt", token=submission.token)
    form = occurrence.event.form
    known = form.current if form and form.current_id == submission.version_id else None
    journey = Journey(submission, version=known)
    saving = Saving(request, journey, journey.steps[0].key)
    if answered := saving.answer():
        return answered
    for error in (error for errors in saving.wrong.values() for error in errors):
        messages.error(request, " ".join(error.messages))
    if not saving.form.complete:
        return redirect(f"{step_url(submission, saving.step)}?missing")
    further = journey.steps[1:]
    if further:
        return redirect(step_url(submission, further[0].key))
    return redirect("forms:check", token=submission.token)


def journey_of(request: HttpRequest, occurrence: Occurrence) -> Journey | None:
    """Return the questions of a registration that has not been begun; None where the form is not ready."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        return Journey(not_begun(occurrence=occurrence, owner=person_of(request), language=language))
    except NotNowError:
        return None


def unsaved(
    request: HttpRequest, occurrence: Occurrence, reason: str, status: int, url: str = "", label: str = ""
) -> HttpResponse:
    """Show everything that was typed and could not be kept."""
    page = pages.unsaved(journey_of(request, occurrence), request.POST, reason)
    here = reverse("events:register", args=[occurrence.event.code, occurrence.number])
    page |= {"next_url": url or here, "next_label": label or _("Back to the registration")}
    return render(request, "forms/unsaved.html", page, status=status)


def _begun(request: HttpRequest, occurrence: Occurrence, key: UUID) -> Submission:
    owner = person_of(request)
    submission = begin_registration(
        occurrence=occurrence,
        owner=owner,
        language=get_language() or settings.LANGUAGE_CODE,
        key=key,
        arrived=arrived_at(request),
        people=pages.people_named(journey_of(request, occurrence), request.POST),
    )
    if owner is None:
        hold(request, submission)
    return submission
