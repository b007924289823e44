"""A step as people see it."""

from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from cms.core.codes import Codes
from cms.forms.questions import Question


class StepState(Codes):
    """How far a step is."""

    TODO = "todo", pgettext_lazy("state of a step", "Not started")
    STARTED = "started", pgettext_lazy("state of a step", "Not finished")
    WRONG = "wrong", pgettext_lazy("state of a step", "Needs a change")
    DONE = "done", pgettext_lazy("state of a step", "Done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A visible step with its visible items, in order; `number` counts from 1."""

    key: str
    language: str
    title: str
    short: str
    intro: str
    number: int
    state: StepState
    items: tuple[Question, ...]
