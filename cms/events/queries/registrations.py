"""Registrations, one at a time and under lock, or all of a date."""

from django.db.models import Q, QuerySet

from cms.accounts.policy import Person
from cms.events.enums import RegistrationState
from cms.events.models import Occurrence, Registration
from cms.forms.models import Submission


def locked(submission: Submission) -> Registration:
    """Return the registration of a submission, locked, with its date and event as they are now."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("occurrence__event")
    return rows.get(submission_id=submission.pk)


def mine(occurrence: Occurrence, user: Person, held: frozenset[str]) -> list[Registration]:
    """Return what this person, or this browser, has begun or sent for a date, the newest first."""
    owned = Q(submission__owner_id=user.pk) if user.is_authenticated else Q(pk__in=())
    found = Registration.objects.filter(owned | Q(submission__token__in=held), occurrence=occurrence)
    return list(found.select_related("submission").order_by("-submission__saved_at"))


def of_occurrence(occurrence: Occurrence) -> QuerySet[Registration]:
    """Return everything that was sent for a date, with the people who come."""
    sent = occurrence.registrations.exclude(state=RegistrationState.DRAFT)
    return sent.select_related("submission__unit").prefetch_related("attendees")
