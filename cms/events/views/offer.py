"""Answer an offer, or queue again after one has lapsed; declining is cancelling (`forms:withdraw`)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.core.arrival import arrived_at
from cms.events.domain import answer_offer
from cms.events.views.dates import registration_or_404
from cms.forms.domain.errors import FormsError, NotNowError
from cms.forms.views.back import page_of, person_of


@require_POST
def accept(request: HttpRequest, token: UUID) -> HttpResponse:
    """Take the seat that is offered; a repeat changes nothing."""
    submission = registration_or_404(request, token)
    try:
        answer_offer.accept_offer(submission=submission, by=person_of(request), arrived=arrived_at(request))
    except NotNowError:
        messages.error(
            request, _("This offer does not stand any more. What you see below is how things are now.")
        )
    except FormsError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("The seat is yours. We look forward to seeing you."))
    return redirect(page_of(submission))


@require_POST
def rejoin(request: HttpRequest, token: UUID) -> HttpResponse:
    """Join the end of the waiting list again; a repeat changes nothing."""
    submission = registration_or_404(request, token)
    try:
        answer_offer.rejoin(submission=submission, by=person_of(request))
    except NotNowError:
        messages.error(
            request,
            _("You cannot join the waiting list any more: it is full, or the date takes no more people."),
        )
    except FormsError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("You are on the waiting list again."))
    return redirect(page_of(submission))
