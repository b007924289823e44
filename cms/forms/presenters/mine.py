"""What somebody has begun and sent, as lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.accounts.policy import Person
from cms.core import clock
from cms.core.controls import TextBox
from cms.core.renderer import Form
from cms.forms import kinds
from cms.forms.models import Submission


class FindForm(Form):
    """The reference that somebody was given, and the code that came with it."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=60,
        widget=TextBox({"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label=_("Code"), max_length=60, widget=TextBox({"dir": "ltr", "autocomplete": "off"})
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list."""

    url: str
    subject: str
    note: str
    title: str
    state: Any
    kind: str
    reference: str
    saved_at: datetime
    deadline: datetime | None
    zone: str
    keep_url: str


def entries_of(submissions: Iterable[Submission], person: Person) -> dict[str, list[Entry]]:
    """Return what `forms/mine.html` lists: drafts, and what was sent."""
    lists: dict[str, list[Entry]] = {"drafts": [], "sent": []}
    for submission in submissions:
        lists["drafts" if submission.is_draft else "sent"].append(_entry(submission, person))
    return lists


def _entry(submission: Submission, person: Person) -> Entry:
    kind = kinds.of(submission)
    plain = kind.plain_state(submission)
    acceptance = kind.acceptance(submission, clock.now())
    page = "forms:tasks" if submission.is_draft else "forms:status"
    homeless = submission.owner_id is None and submission.helper_id != person.pk
    keep = homeless and not person.is_anonymous
    subject = kind.subject(submission)
    return Entry(
        url=reverse(page, args=[submission.token]),
        subject=subject.told,
        note=subject.note,
        title=submission.title or submission.person_name,
        state=plain.label,
        kind=plain.tag,
        reference=submission.reference,
        saved_at=submission.saved_at,
        deadline=acceptance.deadline if submission.is_draft else None,
        zone=acceptance.zone or settings.TIME_ZONE,
        keep_url=reverse("forms:keep", args=[submission.token]) if keep else "",
    )
