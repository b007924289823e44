"""Send new links to an address, for everything that is filled in with it and kept in no account."""

from django.db import transaction

from cms.forms import kinds
from cms.forms.domain.send_link import send_link
from cms.forms.queries.links import reached_by

MOST = 5
"""So many, the latest: nobody's mailbox is flooded by a form that anybody can send."""


@transaction.atomic
def send_links(*, email: str) -> int:
    """Mail a link for each of the latest; return how many, which the asker must never learn.

    What belongs to an account is left out: people reach it by signing in, with the same mailbox.
    """
    found = reached_by(email, related=kinds.related())[:MOST]
    for submission in found:
        send_link(submission=submission, email=submission.email)
    return len(found)
