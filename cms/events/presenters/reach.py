"""How somebody hears of an offer: by a call, by a mail that has not gone out yet, or not at all."""

from collections.abc import Container
from enum import StrEnum

from cms.events.models import Registration


class Reach(StrEnum):
    """What has to happen until the person knows."""

    CALL = "call"
    MAIL = "mail"
    NONE = "none"


def reach_of(registration: Registration, calls: Container[int]) -> Reach:
    """Return how its person hears of something; `calls` are the submissions about which a call is open.

    Nobody can ring whoever left no telephone, also where a call is noted because a mail came back.
    """
    submission = registration.submission
    if submission.email and submission.pk not in calls:
        return Reach.MAIL
    return Reach.CALL if submission.phone else Reach.NONE
