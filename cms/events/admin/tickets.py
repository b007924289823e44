"""The door behind the QR code of a ticket: it leads staff to the registration."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cms.events.kinds import RegistrationKind
from cms.events.tickets import is_mark_of
from cms.forms.policy import visible_to


@require_safe
def ticket(request: HttpRequest, reference: str, mark: str) -> HttpResponse:
    """Lead to the registration in the queue.

    Raises:
        Http404: the ticket is not ours, or its registration is nothing for this person to read.

    """
    if "\0" in reference:
        raise Http404
    found = visible_to(request.user).filter(kind=RegistrationKind.code, reference=reference).first()
    if found is None or not is_mark_of(found, mark):
        raise Http404
    return redirect("submissions:inspect", found.pk)
