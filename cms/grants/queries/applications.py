"""Applications, one at a time and under lock."""

from django.db.models import Q, QuerySet

from cms.accounts.policy import Person
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
    # Who only begins an application, and so refers to the row, does not wait.
    return Call.objects.select_for_update(no_key=True).get(pk=key)


def sent_by(*, organisation_id: int, call: Call) -> QuerySet[Application]:
    """Return what an organisation has sent for a call and not withdrawn."""
    applications = Application.objects.exclude(state=ApplicationState.WITHDRAWN)
    return applications.filter(
        call=call,
        submission__organisation_id=organisation_id,
        submission__phase__in=sorted(SENT_PHASES),
    )


def mine(call: Call, user: Person, held: frozenset[str]) -> list[Application]:
    """Return what this person, or this browser, has begun or sent for a call, the newest first."""
    owned = Q(submission__owner_id=user.pk) if user.is_authenticated else Q(pk__in=())
    applications = Application.objects.filter(owned | Q(submission__token__in=held), call=call)
    return list(applications.select_related("submission").order_by("-submission__saved_at"))
