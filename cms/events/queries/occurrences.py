"""Dates, for whoever wants to come and for the clock."""

import re
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.events.deadlines import GRACE
from cms.events.enums import EventState, OccurrenceStatus, RegistrationState
from cms.events.models import Hold, Occurrence, Registration
from cms.events.models.event import SHAPE

MOST_DATES = 9999

ANNOUNCED = Q(event__state=EventState.LIVE, status=OccurrenceStatus.SCHEDULED)
"""Of which offers are made and run out."""


def announced_occurrence(code: str, number: int) -> Occurrence | None:
    """Return a date by its code, once its event is announced, with the form and the version in use."""
    if not re.fullmatch(SHAPE, code) or number > MOST_DATES:
        return None  # What cannot be a code is not asked for: no database takes every text.
    dates = Occurrence.objects.filter(event__state=EventState.LIVE, event__code=code, number=number)
    return dates.select_related("event__unit", "event__form__current").first()


def with_due_work(at: datetime) -> QuerySet[Occurrence]:
    """Return the dates at which the clock has something to do: an offer or a hold has run out.

    A date that has begun lets go of every offer, also of those that never reached anybody.
    """
    offers = Registration.objects.filter(occurrence=OuterRef("pk"), state=RegistrationState.OFFERED)
    holds = Hold.objects.filter(occurrence=OuterRef("pk"), expires_at__lte=at)
    over = at - GRACE
    begun = Q(begins=None, ends_at__lte=over) | Q(begins__isnull=False, starts_at__lte=over)
    run_out = Q(Exists(offers.filter(offer_ends_at__lte=over))) | Q(Exists(offers)) & begun
    return Occurrence.objects.filter(Q(Exists(holds)) | run_out & ANNOUNCED).order_by("pk")


def with_people_waiting(at: datetime) -> QuerySet[Occurrence]:
    """Return the dates ahead on whose waiting list somebody stands."""
    waiting = Registration.objects.filter(occurrence=OuterRef("pk"), state=RegistrationState.WAITLISTED)
    return Occurrence.objects.filter(ANNOUNCED, Exists(waiting), ends_at__gt=at).order_by("pk")
