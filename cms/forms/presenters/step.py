"""One step of a form, and the pages that take its place when something is in the way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.policy import Person
from cms.core.formats.bidi import joined, told_in
from cms.forms import kinds
from cms.forms.domain.save_step import Conflict
from cms.forms.journey import Journey, Step, StepForm
from cms.forms.models import Submission
from cms.forms.presenters.crossing import on_step
from cms.forms.presenters.receipt import zone_of
from cms.forms.questions import Question

SERIAL = "serial"
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question with its field, or a text between questions; `adds` names what a button can add."""

    question: Question
    field: BoundField | None
    adds: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that was answered differently in two places."""

    key: str
    label: str
    mine: str
    theirs: str


def step_page(journey: Journey, form: StepForm, person: Person, *, kept: QueryDict | None) -> dict[str, Any]:
    """Return what `forms/step.html` shows; `kept` is what was sent while nobody was signed in."""
    submission = journey.submission
    kind = kinds.of(submission)
    step = journey.step(form.key)
    return {
        "menu": None,
        "form": form,
        "step": step,
        "form_language": journey.language,
        "crossing": on_step(journey, step) if step else None,
        "items": list(_items(form, person)),
        "notice": _notice(form, kept),
        "serial": journey.serial(form.key) if kept is None else serial_of(kept),
        "saved_at": submission.saved_at,
        "zone": zone_of(submission),
        "subject": kind.subject(submission),
        "back": back_of(journey, step),
        "step_url": step_url(submission, form.key),
        "beside_template": kind.beside_template,
        "submission": submission,
    }


def back_of(journey: Journey, step: Step | None) -> tuple[str, str]:
    """Return address and words of the way back: the list of parts, or where a short form came from."""
    submission = journey.submission
    kind = kinds.of(submission)
    if not kind.short:
        return reverse("forms:tasks", args=[submission.token]), _("Back to all parts")
    if step is not None and step.number > 1:
        before = journey.steps[step.number - 2]
        return step_url(submission, before.key), _("Back to the part before")
    subject = kind.subject(submission)
    return subject.url, subject.told


def step_url(submission: Submission, step: str) -> str:
    """Return the address of a step."""
    return reverse("forms:step", args=[submission.token, step])


def serial_of(data: QueryDict) -> int:
    """Return the serial that came with a page; nonsense is that of a step never saved."""
    text = data.get(SERIAL) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def patient(form: StepForm) -> StepForm:
    """Return the form of somebody who comes back: what is not answered yet is no mistake."""
    for name, errors in form.errors.as_data().items():
        if all(error.code == "required" for error in errors):
            del form.errors[name]
    return form


def _items(form: StepForm, person: Person) -> Iterator[Item]:
    for question, field in form.rows:
        can_add = question.type == "organisation" and not person.is_anonymous
        yield Item(question=question, field=field, adds=_("Add an organisation") if can_add else "")


def _notice(form: StepForm, kept: QueryDict | None) -> str:
    if kept is not None:
        return _(
            "This is what you typed before you signed in again. It is not saved yet: look at it and save it. "
            "Files have to be chosen again."
        )
    if not form.new or not form.is_valid():
        return ""
    return ngettext(
        "Your answer has brought up one more question on this page.",
        "Your answers have brought up further questions on this page.",
        len(form.new),
    )


def conflict_page(journey: Journey, form: StepForm, conflict: Conflict) -> dict[str, Any]:
    """Return what `forms/conflict.html` shows: both texts of every question that differs."""
    outline = journey.outline.step(form.key)
    names = outline.names if outline else {}
    differing = dict.fromkeys(names[name] for name in conflict.names if name in names)
    theirs = journey.form(form.key)
    return {
        "menu": None,
        "rows": [
            Difference(
                question.key, question.worded(question.label), told(form, question), told(theirs, question)
            )
            for question in differing
        ],
        "mine": [(f"{form.key}-{name}", text) for name, texts in conflict.mine.items() for text in texts],
        "serial": conflict.serial,
        "tasks_url": reverse("forms:tasks", args=[journey.submission.token]),
        "step_url": step_url(journey.submission, form.key),
    }


def told(form: StepForm, question: Question) -> str:
    """Return what somebody answered, or typed where it is no answer."""
    answer = form.reading.answers.get(question.key)
    if answer is not None:
        lines = question.display(answer)
        return joined("\n", (told_in(line.text, line.language) for line in lines))
    return " ".join(filter(None, (listed(form.raw.get(name, ())) for name in question.names)))


def listed(texts: Iterable[str]) -> str:
    """Return what was posted under one name, such as the names of several people, each on its line."""
    return "\n".join(filter(None, texts))


def unsaved_page(submission: Submission, typed: Mapping[str, str], reason: str) -> dict[str, Any]:
    """Return what `forms/unsaved.html` shows: why, and every text, to be copied."""
    page = "forms:tasks" if submission.is_draft else "forms:status"
    return {
        "menu": None,
        "reason": reason,
        "typed": [(label, text) for label, text in typed.items() if text],
        "next_url": reverse(page, args=[submission.token]),
        "next_label": _("Go on"),
    }


def sent_page(journey: Journey, step: str, data: QueryDict) -> dict[str, Any]:
    """Return the same for whoever writes in what was sent already, in another window perhaps."""
    reason = _("It has been sent already and cannot be changed like this any more.")
    return unsaved_page(journey.submission, typed_into(journey, step, data), reason)


def typed_into(journey: Journey, step: str, data: QueryDict) -> dict[str, str]:
    """Return what was posted to a step by the labels of its questions, visible or not."""
    outline = journey.outline.step(step)
    found: dict[str, str] = {}
    for name, question in outline.names.items() if outline else ():
        texts = listed(data.getlist(f"{step}-{name}"))
        label = question.worded(question.label)
        found[label] = f"{found.get(label, '')} {texts}".strip()
    return found
