"""Tell everybody whom a date concerns, and say beforehand how many that is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cms.core.i18n import in_locale
from cms.events import told
from cms.events.domain.tell import tell_about
from cms.events.enums import CONCERNED, RegistrationState
from cms.events.models import Occurrence, Registration
from cms.forms.domain.receipt import recipient_of

CONFIRMED = frozenset({RegistrationState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Telling:
    """How many registrations are told, and how many of them by telephone."""

    mails: int = 0
    calls: int = 0

    @property
    def all(self) -> int:
        """Return both together."""
        return self.mails + self.calls


def concerned(
    occurrence: Occurrence, states: Iterable[RegistrationState] = CONCERNED
) -> QuerySet[Registration]:
    """Return the registrations that a change of a date concerns, the first to come first."""
    found = Registration.objects.filter(occurrence=occurrence.pk, state__in=sorted(states))
    return found.select_related("submission__owner", "submission__unit").order_by("pk")


def telling(registrations: Iterable[Registration]) -> Telling:
    """Return how many mails and calls it takes to tell them."""
    addresses = [bool(recipient_of(registration.submission).email) for registration in registrations]
    return Telling(mails=sum(addresses), calls=len(addresses) - sum(addresses))


def tell_moved(before: Occurrence, after: Occurrence, registrations: Iterable[Registration]) -> Telling:
    """Tell what it was and what it is, in the words of each person; the link only who has a seat."""
    known: dict[str, tuple[str, str]] = {}
    told_to = list(registrations)
    for registration in told_to:
        submission = registration.submission
        submission.registration = registration
        if submission.language not in known:
            with in_locale(submission.language):
                known[submission.language] = (told.when(before), told.where(before))
        was_when, was_where = known[submission.language]
        tell_about(
            occurrence=after,
            submission=submission,
            template="moved",
            link=registration.state == RegistrationState.CONFIRMED,
            was_when=was_when,
            was_where=was_where,
        )
    return telling(told_to)
