"""What the page about the seats of a date reads: as many questions for three people as for three hundred."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, QuerySet

from cms.accounts.policy import Person
from cms.events.enums import CONCERNED
from cms.events.models import Hold, Occurrence, Registration
from cms.forms.models import Submission
from cms.forms.policy import visible_to
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message


def present(occurrence: Occurrence, user: Person) -> list[Registration]:
    """Return the registrations that count, with the people who come, as far as `user` may read them."""
    read = visible_to(user).values("pk")
    found = Registration.objects.filter(
        occurrence=occurrence, state__in=sorted(CONCERNED), submission__in=read
    )
    return list(found.select_related("submission", "occurrence").prefetch_related("attendees").order_by("pk"))


def with_open_calls(registrations: list[Registration]) -> set[int]:
    """Return the keys of submissions about which somebody still has to ring."""
    kind = ContentType.objects.get_for_model(Submission)
    calls = Message.objects.filter(
        about_type=kind,
        about_id__in=[registration.submission_id for registration in registrations],
        channel=Channel.CALL,
        state=MessageState.OPEN,
    )
    return {key for key in calls.values_list("about_id", flat=True) if key is not None}


def kept_until(occurrence: Occurrence, at: datetime) -> datetime | None:
    """Return until when seats are kept for people who are writing, the last of them."""
    holds: QuerySet[Hold] = Hold.objects.filter(occurrence=occurrence, expires_at__gt=at)
    until: datetime | None = holds.aggregate(until=Max("expires_at"))["until"]
    return until


def of_date(occurrence: Occurrence, key: int) -> Registration | None:
    """Return one registration of a date, with what its page names."""
    found = Registration.objects.filter(occurrence=occurrence, pk=key)
    return found.select_related("submission__unit", "occurrence__event").first()
