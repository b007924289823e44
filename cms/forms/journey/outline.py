"""A version of a form, read once: steps and questions with the texts of one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cms.core.languages import fallbacks
from cms.forms.enums import Pii
from cms.forms.models import FormVersion
from cms.forms.questions import Question, make
from cms.forms.rules import Tree, keys_of, parse


@dataclass(frozen=True, slots=True)
class StepOutline:
    """A step with everything it may ask; `names` leads from what a browser posts to the question."""

    key: str
    condition: Tree | None
    language: str
    title: str
    short: str
    intro: str
    items: tuple[Question, ...]
    names: Mapping[str, Question]


@dataclass(frozen=True, slots=True)
class Outline:
    """All steps; `questions` by key in order, `judged` are the keys that conditions look at."""

    language: str
    title: str
    steps: tuple[StepOutline, ...]
    questions: Mapping[str, Question]
    judged: frozenset[str]

    @property
    def special(self) -> frozenset[str]:
        """Return the keys of questions of a special category."""
        return frozenset(key for key, question in self.questions.items() if question.pii == Pii.SPECIAL)

    def step(self, key: str) -> StepOutline | None:
        """Return a step by its key."""
        return next((step for step in self.steps if step.key == key), None)

    def of_type(self, *types: str) -> list[Question]:
        """Return the questions of some types."""
        return [question for question in self.questions.values() if question.type in types]

    def opened_by(self, keys: frozenset[str]) -> frozenset[str]:
        """Return these keys and those that depend on them: a new answer may ask something new."""
        opened = set(keys)
        for step in self.steps:
            whole = not keys_of(step.condition).isdisjoint(opened)
            opened |= {
                question.key
                for question in step.items
                if question.key and (whole or not keys_of(question.condition).isdisjoint(opened))
            }
        return frozenset(opened & self.questions.keys())


@dataclass(frozen=True, slots=True)
class _Edition:
    """What makes an outline: equal for equal words, whichever object brings them."""

    key: int
    structure: str
    texts: str
    language: str
    version: FormVersion = field(compare=False)


def language_of(version: FormVersion, language: str, *others: str) -> str:
    """Return the first of these languages that a version has, or else the next best to the first."""
    wanted = (language, *others, *fallbacks(language), *version.texts)
    return next((code for code in wanted if code in version.texts), "")


def outline_of(version: FormVersion, language: str, *others: str) -> Outline:
    """Return the outline of a version in a language, or in the best one that it has."""
    known = language_of(version, language, *others)
    return _read(_Edition(version.pk, version.structure_sha256, version.texts_sha256, known, version))


@lru_cache(maxsize=64)
def _read(edition: _Edition) -> Outline:
    texts = edition.version.texts.get(edition.language, {})
    steps = tuple(_step(source, texts, edition.language) for source in edition.version.structure["steps"])
    questions = {item.key: item for step in steps for item in step.items if item.key}
    trees = [step.condition for step in steps] + [item.condition for step in steps for item in step.items]
    judged: frozenset[str] = frozenset().union(*map(keys_of, trees))
    return Outline(edition.language, texts.get("title", ""), steps, questions, judged & questions.keys())


def _step(source: Mapping[str, Any], texts: Mapping[str, str], language: str) -> StepOutline:
    items = tuple(make(item, texts, language) for item in source["items"])
    path = source["path"]
    title = texts.get(f"{path}.title", "") or source["key"]
    return StepOutline(
        key=source["key"],
        condition=parse(source.get("condition")),
        language=language,
        title=title,
        short=texts.get(f"{path}.short", "") or title,
        intro=texts.get(f"{path}.intro", ""),
        items=items,
        names={name: item for item in items for name in item.names},
    )
