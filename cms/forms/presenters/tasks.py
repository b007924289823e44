"""The list of parts: what is there, what is missing, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.accounts.policy import Person
from cms.core import clock
from cms.core.formats.bidi import quoting, told_in
from cms.core.text.listed import listed
from cms.forms import kinds
from cms.forms.journey import Journey, Step, StepState
from cms.forms.presenters.crossing import on_tasks
from cms.forms.presenters.receipt import zone_of

KINDS = {StepState.TODO: "plain", StepState.STARTED: "", StepState.WRONG: "bad", StepState.DONE: "good"}
"""How the state of a part is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line: where it leads, and its state in words."""

    id: str
    label: str
    state: Any
    kind: str = ""
    url: str = ""
    hint: str = ""


def tasks_of(journey: Journey, person: Person) -> dict[str, Any]:
    """Return what `forms/tasks.html` shows."""
    submission = journey.submission
    kind = kinds.of(submission)
    subject = kind.subject(submission)
    acceptance = kind.acceptance(submission, clock.now())
    return {
        "menu": None,
        "submission": submission,
        "subject": subject,
        "title": _("Your form: %(subject)s") % {"subject": subject.title},
        "heading": quoting(_("Your form: %(subject)s"), subject=subject.told),
        "form_language": journey.language,
        "crossing": on_tasks(journey),
        "tasks": [_task(journey, step) for step in journey.steps],
        "sending": [_sending(journey, open_now=acceptance.open)],
        "open": acceptance.open,
        "reason": acceptance.reason,
        "deadline": acceptance.deadline,
        "zone": zone_of(submission),
        "saved_at": submission.saved_at,
        "mine": not person.is_anonymous and person.pk in {submission.owner_id, submission.helper_id},
        "helper": helper_of(submission),
        "person": submission.person_name,
    }


def helper_of(submission: Any) -> str:
    """Return who helps, with their unit."""
    helper, unit = submission.helper, submission.helper_unit
    return listed(part.name for part in (helper, unit) if part)


def _task(journey: Journey, step: Step) -> Task:
    return Task(
        id=f"part-{step.number}",
        label=told_in(step.title, step.language),
        state=step.state.label,
        kind=KINDS[step.state],
        url=reverse("forms:step", args=[journey.submission.token, step.key]),
    )


def _sending(journey: Journey, *, open_now: bool) -> Task:
    done = all(step.state == StepState.DONE for step in journey.steps)
    ready = done and open_now
    waiting, possible = pgettext("sending", "Not possible yet"), pgettext("sending", "Ready")
    return Task(
        id="sending",
        label=_("Check your answers and send"),
        state=possible if ready else waiting,
        kind="" if ready else "plain",
        url=reverse("forms:check", args=[journey.submission.token]),
        hint="" if done else _("You can send it as soon as every part is filled in."),
    )
