"""All answers on one page, before they are sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.formats.bidi import told_in
from cms.forms import kinds
from cms.forms.journey import Journey, Step
from cms.forms.presenters.answers import Part, Row, row_of
from cms.forms.presenters.crossing import on_check
from cms.forms.presenters.receipt import zone_of


@dataclass(frozen=True, slots=True)
class Problem:
    """What still stands in the way of sending, with the way there."""

    label: str
    url: str
    messages: Sequence[str]


def check_of(journey: Journey, arrived: datetime, problems: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return what `forms/check.html` shows; `problems` by step, "" for the whole."""
    submission = journey.submission
    kind = kinds.of(submission)
    acceptance = kind.acceptance(submission, arrived)
    found = list(_problems(journey, problems))
    return {
        "menu": None,
        "title": _("Check your answers before you send them"),
        "crossing": on_check(journey),
        "parts": [
            Part(told_in(step.title, step.language), list(_rows(journey, step))) for step in journey.steps
        ],
        "form_language": journey.language,
        "problems": found,
        "problem_count": sum(len(problem.messages) or 1 for problem in found),
        "ready": acceptance.open and not found,
        "open": acceptance.open,
        "reason": acceptance.reason,
        "deadline": acceptance.deadline,
        "zone": zone_of(submission),
        "privacy": journey.version.texts.get(journey.language, {}).get("privacy", ""),
        "tasks_url": reverse("forms:tasks", args=[submission.token]),
        "back": back_of(journey),
        "check_url": reverse("forms:check", args=[submission.token]),
        "send_label": _("Send it now"),
        "beside_template": kind.beside_template,
        "submission": submission,
    }


def back_of(journey: Journey) -> tuple[str, str]:
    """Return address and words of the way back: the list of parts, or the last part of a short form."""
    token = journey.submission.token
    if kinds.of(journey.submission).short and journey.steps:
        return reverse("forms:step", args=[token, journey.steps[-1].key]), _("Back to your answers")
    return reverse("forms:tasks", args=[token]), _("Back to all parts")


def _rows(journey: Journey, step: Step) -> Iterator[Row]:
    answers = journey.answers()
    page = reverse("forms:step", args=[journey.submission.token, step.key])
    for question in step.items:
        if question.key in answers:
            anchor = f"#id_{step.key}-{question.key}"
            yield row_of(question, answers[question.key], journey.submission, f"{page}{anchor}")


def _problems(journey: Journey, problems: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    for step in journey.steps:
        if step.key in problems:
            page = reverse("forms:step", args=[journey.submission.token, step.key])
            title = told_in(step.title, step.language)
            yield Problem(title, f"{page}?missing", problems[step.key])
    if "" in problems:
        yield Problem(
            _("The form as a whole"), reverse("forms:tasks", args=[journey.submission.token]), problems[""]
        )
