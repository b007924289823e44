"""The ticket of a registration, and its date for a calendar program."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.events.calendar.ics import calendar_response
from cms.events.enums import CONCERNED, RegistrationState
from cms.events.presenters.own_calendar import own_calendar_of
from cms.events.presenters.ticket import ticket_of
from cms.events.views.dates import registration_or_404
from cms.forms.views.back import page_of


@require_safe
def ticket(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show it to be printed; without a seat there is none, and the page that says why is shown."""
    submission = registration_or_404(request, token)
    if submission.registration.state != RegistrationState.CONFIRMED:
        messages.warning(request, _("There is a ticket as soon as you have a seat."))
        return redirect(page_of(submission))
    return render(
        request, "cms_events/ticket.html", {"submission": submission, "ticket": ticket_of(submission)}
    )


@require_safe
def own_calendar(request: HttpRequest, token: UUID) -> HttpResponse:
    """Hand out the date as a calendar file, with the way into an online meeting for those who have a seat."""
    submission = registration_or_404(request, token)
    if submission.registration.state not in CONCERNED:
        return redirect(page_of(submission))
    occurrence = submission.registration.occurrence
    return calendar_response(own_calendar_of(submission), f"{occurrence.event.code}-{occurrence.number}.ics")
