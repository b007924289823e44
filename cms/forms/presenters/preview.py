"""A form before it goes live: every step with its fields, on one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.renderer import Form
from cms.forms import questions
from cms.forms.definition.outline import outline
from cms.forms.models import FormDefinition
from cms.forms.presenters.conditions import only_if
from cms.forms.questions import Question, Surroundings
from cms.forms.rules import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewItem:
    """A question with its field, or a text between questions."""

    question: Question
    field: BoundField | None
    only_if: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewStep:
    """One step, which is a page of its own to those who fill it in."""

    title: str
    intro: str
    items: list[PreviewItem]
    only_if: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The whole form."""

    title: str
    intro: str
    privacy: str
    minutes: int
    steps: list[PreviewStep]


def preview(definition: FormDefinition) -> Preview:
    """Return a draft as people would see it; what is unfinished is shown as far as it goes."""
    found = outline(definition)
    texts, steps = found.texts, found.structure["steps"]
    every = [[questions.make(spec, texts) for spec in step["items"]] for step in steps]
    by_key = {question.key: question for items in every for question in items if question.key}
    around = Surroundings(today=clock.today(), organisations=(("", _("One of your organisations")),))
    return Preview(
        title=texts["title"],
        intro=texts["intro"],
        privacy=texts["privacy"],
        minutes=definition.minutes,
        steps=[
            PreviewStep(
                title=texts[f"{step['path']}.title"],
                intro=texts[f"{step['path']}.intro"],
                items=_items(f"step{place}", items, around, by_key),
                only_if=only_if(parse(step["condition"]), by_key),
            )
            for place, (step, items) in enumerate(zip(steps, every, strict=True))
        ],
    )


def _items(
    prefix: str, asked: list[Question], around: Surroundings, by_key: Mapping[str, Question]
) -> list[PreviewItem]:
    """Return the items of a step; fields are named by their place, since a draft may lack keys."""
    form = Form(prefix=prefix)
    for place, question in enumerate(asked):
        if field := question.field(around):
            form.fields[str(place)] = field
    return [
        PreviewItem(
            question=question,
            field=form[str(place)] if str(place) in form.fields else None,
            only_if=only_if(question.condition, by_key),
        )
        for place, question in enumerate(asked)
    ]
