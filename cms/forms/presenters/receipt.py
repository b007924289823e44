"""The receipt: everything about what was sent that stands on one sheet of paper."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.forms import kinds
from cms.forms.models import Submission
from cms.forms.queries.own import last_sent


def zone_of(submission: Submission) -> str:
    """Return the zone in which moments about it are told: that of what it was handed in for."""
    moment = submission.received_at or submission.saved_at
    return kinds.of(submission).acceptance(submission, moment).zone or settings.TIME_ZONE


def receipt_of(submission: Submission) -> dict[str, Any]:
    """Return what `forms/receipt.html` shows."""
    kind = kinds.of(submission)
    sent = last_sent(submission)
    facts = [
        (kind.label, kind.subject(submission).told),
        (_("Title"), submission.title),
        (_("Organisation"), submission.organisation.name if submission.organisation else ""),
        (_("Name"), submission.person_name),
    ]
    return {
        "submission": submission,
        "received_at": submission.received_at,
        "zone": zone_of(submission),
        "steps": kind.next_steps(submission),
        "facts": [(label, value) for label, value in facts if value],
        "sent_url": reverse("forms:sent", args=[submission.token, sent.number]) if sent else "",
        "own_template": kind.own_template,
        "title": kind.plain_state(submission).label if kind.short else _("We have received it"),
    }
