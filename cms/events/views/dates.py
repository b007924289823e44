"""Dates by their address, and registrations by theirs."""

from uuid import UUID

from django.http import Http404, HttpRequest

from cms.events import queries
from cms.events.kinds import RegistrationKind
from cms.events.models import Occurrence
from cms.forms.models import Submission
from cms.forms.views.access import submission_or_404


def date_or_404(code: str, number: int) -> Occurrence:
    """Return a date of an announced event for which people register, whether or not they can now.

    Raises:
        Http404: there is none, it is still being prepared, or nobody has to register.

    """
    occurrence = queries.announced_occurrence(code, number)
    if occurrence is None or occurrence.event.form_id is None:
        raise Http404
    return occurrence


def registration_or_404(request: HttpRequest, token: UUID) -> Submission:
    """Return a registration that this person, or this browser, may see.

    Raises:
        Http404: there is none, it is not theirs, or it is no registration: the three look alike.
        SignInError: nobody is signed in.
        ProofError: a helper has not proved a second factor in this session.

    """
    submission = submission_or_404(request, token)
    if submission.kind != RegistrationKind.code:
        raise Http404
    return submission
