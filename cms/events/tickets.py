"""What a printed ticket carries: an address that leads staff to its registration, and nobody else.

The mark proves that the ticket is ours. It opens nothing by itself: staff sign in, and the registration
is theirs to read or it is not there.
"""

from base64 import b32encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.core.absolute import absolute
from cms.forms.models import Submission

SALT = "khidi.events.ticket"
LENGTH = 10
"""Fifty bits: nobody guesses one at the rate at which an admin answers, and the code stays coarse."""


def mark_of(submission: Submission) -> str:
    """Return the mark of a ticket: capital letters and digits, the same each time."""
    return _mark(submission, settings.SECRET_KEY)


def is_mark_of(submission: Submission, mark: str) -> bool:
    """Tell whether a ticket with this mark is one of ours; old keys of the site still count."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_mark(submission, secret), mark) for secret in secrets)


def ticket_url(submission: Submission) -> str:
    """Return the address behind the QR code: the door for staff."""
    return absolute(reverse("event_ticket", args=[submission.reference, mark_of(submission)]))


def _mark(submission: Submission, secret: str) -> str:
    value = f"{submission.reference}/{submission.token}"
    digest = salted_hmac(SALT, value, secret=secret, algorithm="sha256").digest()
    return b32encode(digest).decode("ascii")[:LENGTH]
