"""Answers as they were sent, for whoever sent them."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.formats.bidi import told_in
from cms.forms import kinds
from cms.forms.answers import Answered, State, answers_for, owner
from cms.forms.models import Submission, SubmissionVersion
from cms.forms.presenters.answers import Part, Row, shown
from cms.forms.presenters.receipt import zone_of


def sent_page(submission: Submission, version: SubmissionVersion) -> dict[str, Any]:
    """Return what `forms/sent.html` shows; questions that were not asked are left out."""
    steps = answers_for(owner(), version, language=get_language() or version.language)
    parts = [
        Part(
            told_in(step.title, step.language),
            [_row(answer, submission) for answer in step.answers if answer.state != State.NOT_ASKED],
        )
        for step in steps
    ]
    return {
        "submission": submission,
        "subject": kinds.of(submission).subject(submission),
        "received_at": version.received_at,
        "zone": zone_of(submission),
        "form_language": next((step.language for step in steps), ""),
        "parts": [part for part in parts if part.rows],
    }


def _row(answer: Answered, submission: Submission) -> Row:
    lines = shown(answer.lines, submission)
    erased = answer.state == State.ERASED
    words = "" if lines else (_("Has been deleted") if erased else _("Not answered"))
    return Row(label=answer.question.worded(answer.label), lines=lines, words=words)
