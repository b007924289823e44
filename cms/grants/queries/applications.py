"""Applications, one at a time and under lock."""

from django.db.models import QuerySet

from cms.forms.enums import SENT_PHASES
from cms.forms.models import Submission
from cms.grants.enums import ApplicationState
from cms.grants.models import Application, Call


def locked(submission: Submission) -> Application:
    """Return the application of a submission, locked, with its call as it is now."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call")
    return rows.get(submission_id=submission.pk)


def locked_call(key: int) -> Call:
    """Return a call, locked: what counts its applications happens one after another."""
    return Call.objects.select_for_update().get(pk=key)


def sent_by(*, organisation_id: int, call: Call) -> QuerySet[Application]:
    """Return what an organisation has sent for a call and not withdrawn."""
    applications = Application.objects.exclude(state=ApplicationState.WITHDRAWN)
    return applications.filter(
        call=call,
        submission__organisation_id=organisation_id,
        submission__phase__in=sorted(SENT_PHASES),
    )
