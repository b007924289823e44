"""What is open once more: what was asked, what was sent, what would be sent now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core import typed
from cms.core.formats.bidi import told_in
from cms.core.renderer import Form
from cms.forms import kinds
from cms.forms.domain.send_again import ABSENT, Comparison, compare
from cms.forms.journey import Journey, StepForm
from cms.forms.models import Reopening, Submission
from cms.forms.presenters.answers import ShownLine, shown
from cms.forms.presenters.receipt import zone_of
from cms.forms.presenters.status import LONGEST_LINE, asked_of
from cms.forms.questions import Question

LARGEST = 2**31 - 1


class ChangeForm(Form):
    """The reopening that stood on the page."""

    number = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)


class AnswerForm(ChangeForm):
    """The same for a question of the office, with what somebody writes beside the answers."""

    text = typed.LongTextField(
        label=gettext_lazy("Do you want to say something about it?"),
        help_text=gettext_lazy("If your answers were right as they are, say so here."),
        max_characters=LONGEST_LINE,
        required=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One open question; without `after` nothing has changed yet. Without `url` nothing can."""

    label: str
    url: str
    before: list[ShownLine] = field(default_factory=list)
    after: list[ShownLine] = field(default_factory=list)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The open questions of one step, and what is wrong with them."""

    title: str
    changes: list[Change]
    messages: Sequence[str]


def answer_of(
    journey: Journey,
    opened: Reopening,
    form: ChangeForm,
    problems: Mapping[str, Sequence[str]],
    arrived: datetime,
) -> dict[str, Any]:
    """Return what `forms/answer.html` shows."""
    submission = journey.submission
    kind = kinds.of(submission)
    compared = compare(journey, opened.before)
    over = opened.is_amendment and not kind.may_amend(submission, arrived)
    parts = [
        Part(
            told_in(step.title, step.language),
            [_change(submission, step.key, item, compared, over=over) for item in step.items if item.key],
            problems.get(step.key, ()) if compared.changed else (),
        )
        for step in journey.steps
    ]
    return {
        "menu": None,
        "submission": submission,
        "subject": kind.subject(submission),
        "asked": None if opened.is_amendment else asked_of(opened),
        "over": over,
        "form_language": journey.language,
        "parts": parts,
        "whole": problems.get("", ()) if compared.changed else (),
        "changed": bool(compared.changed),
        "form": form,
        "zone": zone_of(submission),
    }


def form_of(opened: Reopening) -> ChangeForm:
    """Return what is sent with a reopening: words go along with an answer to the office only."""
    made = ChangeForm if opened.is_amendment else AnswerForm
    return made(initial={"number": opened.pk})


def step_page(journey: Journey, form: StepForm, opened: Reopening, *, serial: int) -> dict[str, Any]:
    """Return what `forms/answer_step.html` shows: the open questions of one step and no others."""
    submission = journey.submission
    return {
        "menu": None,
        "submission": submission,
        "form": form,
        "step": journey.step(form.key),
        "asked": None if opened.is_amendment else asked_of(opened),
        "number": opened.pk,
        "form_language": journey.language,
        "serial": serial,
        "step_url": step_url(submission, form.key),
        "answer_url": reverse("forms:answer", args=[submission.token]),
    }


def instead(submission: Submission, step: str) -> dict[str, str]:
    """Return the addresses that pages about a draft's step have here."""
    back = reverse("forms:answer", args=[submission.token])
    return {"step_url": step_url(submission, step), "tasks_url": back}


def step_url(submission: Submission, step: str) -> str:
    """Return the address on which the open questions of a step are changed."""
    return reverse("forms:answer_step", args=[submission.token, step])


def _change(
    submission: Submission, step: str, question: Question, compared: Comparison, *, over: bool
) -> Change:
    before, after = compared.before.get(question.key, ABSENT), compared.after.get(question.key, ABSENT)
    changed = question.key in compared.changed
    return Change(
        label=question.worded(question.label),
        url="" if over else f"{step_url(submission, step)}#id_{step}-{question.key}",
        before=_lines(submission, question, before),
        after=_lines(submission, question, after) if changed else [],
        changed=changed,
    )


def _lines(submission: Submission, question: Question, answer: Any) -> list[ShownLine]:
    if answer is ABSENT:
        return [ShownLine(_("Not asked"))]
    return shown(question.display(answer), submission) or [ShownLine(_("Not answered"))]
