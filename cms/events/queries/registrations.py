"""Registrations, one at a time and under lock, or all of a date."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

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


@dataclass(frozen=True, slots=True)
class Before:
    """Who is served before somebody: registrations, and the people on them."""

    registrations: int
    people: int


def before_in_queue(registration: Registration) -> Before:
    """Return how many wait before a registration that waits, in the order of the list.

    Groups larger than all seats together are passed over: nobody waits for them.
    """
    mine = registration
    capacity = mine.occurrence.capacity
    later = Q(queued_at__gt=mine.queued_at) | Q(queued_at=mine.queued_at, pk__gte=mine.pk)
    waiting = Registration.objects.filter(
        occurrence=mine.occurrence_id, state=RegistrationState.WAITLISTED, priority__gte=mine.priority
    )
    if capacity:
        waiting = waiting.filter(seats__lte=capacity)
    found = waiting.exclude(later, priority=mine.priority).aggregate(number=Count("pk"), people=Sum("seats"))
    return Before(found["number"], found["people"] or 0)
