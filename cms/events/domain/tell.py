"""Tell whoever registered something about their date: by mail, or by a call task."""

from typing import Any

from cms.core.i18n import in_locale
from cms.events import told
from cms.events.models import Occurrence
from cms.events.transitions import ENDING
from cms.forms.domain.tell import tell
from cms.forms.models import Submission
from cms.messages.domain.drop import drop_calls
from cms.messages.models import Message

STANDS = ("events/offer", "events/waiting", "events/lapsed", "events/accepted", "events/confirmed")
"""What says where a registration stands: each step of it overtakes them all."""

CHANGES = ("events/moved", "events/postponed")
"""What says of a date that it has changed: nobody needs it whose registration has ended."""


def tell_about(
    *, occurrence: Occurrence, submission: Submission, template: str, link: bool = False, **more: Any
) -> Message:
    """Write the message in the transaction of the caller, with event, time and place in the person's words.

    Only with `link` does it carry the address of an online meeting: for people who have a seat.
    """
    with in_locale(submission.language):
        facts = {
            "event": occurrence.event.title,
            "when": told.when(occurrence),
            "where": told.where(occurrence),
            "people": submission.registration.seats,
            "online_link": occurrence.online_link if link else "",
        }
    return tell(submission=submission, template=f"events/{template}", context=facts | more)


def drop_outdated(*, submission: Submission, verb: str) -> None:
    """Close the calls that this step of a registration has overtaken; those about it come afterwards."""
    drop_calls(about=submission, templates=STANDS + CHANGES if verb in ENDING else STANDS)
