"""What was typed into a step, understood question by question.

A condition may look at the question above it on the same page. So each question is judged when all
before it are understood, once, and what is hidden is neither judged nor heard.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from cms.core.text.mend import mended
from cms.forms.journey.outline import StepOutline
from cms.forms.questions import Question, Surroundings
from cms.forms.rules import Comparable, Tree, evaluate

Raw = dict[str, list[str]]
"""Field name → texts, exactly as they were posted."""

ON_PAGE = "on-page"
"""Field in which a page names its questions: one that has saved itself shows the same as before."""


@dataclass(slots=True)
class Reading:
    """Everything that is known of a step: `asked` are its visible items, `known` what conditions see."""

    asked: list[Question] = field(default_factory=list)
    fields: dict[str, forms.Field] = field(default_factory=dict)
    cleaned: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, ValidationError] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Comparable] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of the questions that are asked."""
        return frozenset(item.key for item in self.asked if item.key)


def holds(condition: Tree | None, known: Mapping[str, Comparable]) -> bool:
    """Tell whether something is shown: what cannot be told yet is not."""
    return condition is None or evaluate(condition, known) is True


def read(
    step: StepOutline,
    raw: Raw,
    *,
    around: Surroundings,
    known: Mapping[str, Comparable],
    files: Any = None,
    settled: Mapping[str, Any] | None = None,
    wanted: frozenset[str] | None = None,
) -> Reading:
    """Return what a step means.

    Args:
        step: what it may ask.
        raw: what was typed.
        around: what questions need to know beyond themselves.
        known: answers of earlier steps.
        files: files that are on their way.
        settled: answers that stand and are not judged again, by key.
        wanted: judge these keys only; enough to know what is visible.

    """
    found = Reading(known=dict(known))
    data: MultiValueDict[str, str] = MultiValueDict(raw)
    for item in step.items:
        if not holds(item.condition, found.known):
            continue
        found.asked.append(item)
        if settled is not None and item.key in settled:
            _note(found, item, settled[item.key])
        elif item.key and (wanted is None or item.key in wanted):
            _judge(found, item, data, files, around)
    return found


def _judge(found: Reading, item: Question, data: Any, files: Any, around: Surroundings) -> None:
    box = item.field(around)
    if box is None:
        return
    found.fields[item.key] = box
    found.answers[item.key] = None
    try:
        cleaned = box.clean(box.widget.value_from_datadict(data, files, item.key))
    except ValidationError as error:
        found.errors[item.key] = error
        return
    found.cleaned[item.key] = cleaned
    held = around.files.get(item.key, ()) if item.type == "files" else None
    _note(found, item, item.answer(cleaned if held is None else [*held, *cleaned]))


def _note(found: Reading, item: Question, answer: Any) -> None:
    found.answers[item.key] = answer
    compared = None if answer is None else item.comparable(answer)
    if compared is not None:
        found.known[item.key] = compared


def posted(step: StepOutline, data: Mapping[str, Any], *, prefix: str) -> Raw:
    """Return what a browser posted for questions of this step, hidden ones as well; nothing else."""
    lists = data if isinstance(data, MultiValueDict) else MultiValueDict({k: [v] for k, v in data.items()})
    full = ((name, f"{prefix}{name}") for name in step.names)
    return {name: tidied(lists.getlist(posted_as)) for name, posted_as in full if posted_as in lists}


def on_page(step: StepOutline, data: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the keys of the questions that a page says it showed; None if it does not say."""
    if ON_PAGE not in data:
        return None
    told = set(str(data[ON_PAGE]).split())
    return frozenset(item.key for item in step.items if item.key and item.key in told)


def tidied(texts: Iterable[Any]) -> list[str]:
    """Return texts without what no database keeps; everything else as it was typed."""
    return [mended(str(text)) for text in texts]


def merged(step: StepOutline, *, before: Raw, now: Raw, on_page: frozenset[str]) -> Raw:
    """Return what was typed now over what was there: what was not on the page is not taken back."""
    kept: Raw = {}
    for item in step.items:
        here = {name: now[name] for name in item.names if name in now}
        if not here and item.key not in on_page:
            here = {name: before[name] for name in item.names if name in before}
        kept |= here
    return kept
