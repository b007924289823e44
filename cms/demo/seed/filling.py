"""Fill in a step of a form as a person does: files first, then what was typed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from cms.core import clock
from cms.core.drawing import png
from cms.demo.seed.blocks import DAYS
from cms.demo.seed.content import Values
from cms.forms.domain.save_step import save_step
from cms.forms.domain.take_files import take_files
from cms.forms.journey import Journey


def fill_in(journey: Journey, step: Any, answers: Values) -> None:
    """Write a step as its page does.

    Raises:
        ValueError: an answer is missing or wrong.

    """
    data, uploads = MultiValueDict[str, str](), MultiValueDict[str, Any]()
    for question in step.items:
        name = f"{step.key}-{question.key}"
        if question.type == "files" and question.required:
            uploads[name] = SimpleUploadedFile(f"{question.key}.png", png(str(journey.submission.key)))
        elif question.type == "declaration":
            data[name] = "on"
        elif question.key in answers:
            for posted, texts in typed(step.key, question.names, answers[question.key]).items():
                data.setlist(posted, texts)
    take_files(journey=journey, step=step.key, data=data, uploads=uploads)
    form = journey.form(step.key, data)
    if not form.complete:
        raise ValueError(f"{step.key}: {form.messages}")
    save_step(journey=journey, step=step.key, raw=form.raw, shown=form.shown, serial=0, complete=True)


def typed(step: str, names: Sequence[str], value: Any) -> dict[str, list[str]]:
    """Return what somebody types for it: days in three boxes, yes and no by their codes."""
    if isinstance(value, str) and DAYS.fullmatch(value):
        day = clock.today() + timedelta(days=int(value[:-1]))
        parts = (str(day.day), str(day.month), str(day.year))
        return {f"{step}-{name}": [part] for name, part in zip(names, parts, strict=True)}
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return {f"{step}-{names[0]}": value if isinstance(value, list) else [value]}
