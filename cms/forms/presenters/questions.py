"""All questions of a form on one page: to read, to print, to talk over with others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core import clock
from cms.core.formats import numbers
from cms.core.formats.bidi import told_in
from cms.forms import questions
from cms.forms.journey import language_of
from cms.forms.models import FormVersion
from cms.forms.presenters.conditions import only_if
from cms.forms.questions import Question, Surroundings
from cms.forms.questions.choices import Choosing
from cms.forms.questions.people import People
from cms.forms.rules import parse

WAYS = {
    "short_text": gettext_lazy("One line of text."),
    "long_text": gettext_lazy("A text of several lines."),
    "number": gettext_lazy("A number."),
    "money": gettext_lazy("An amount."),
    "date": gettext_lazy("A date."),
    "yes_no": gettext_lazy("Yes or no."),
    "single_choice": gettext_lazy("One of these:"),
    "multiple_choice": gettext_lazy("One or more of these:"),
    "email": gettext_lazy("An e-mail address."),
    "phone": gettext_lazy("A telephone number."),
    "country": gettext_lazy("A country."),
    "language": gettext_lazy("A language."),
    "organisation": gettext_lazy("One of your organisations; you add it once."),
    "people": gettext_lazy("The names of people, one on each line."),
    "files": gettext_lazy("Files to upload."),
    "declaration": gettext_lazy("To be confirmed."),
}
"""Type of a question → how it is answered."""

OWN_HINTS = frozenset({"number", "money", "date", "files"})
"""Types whose field says more than the question's own help: its limits."""

Limits = Mapping[str, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, or a text between questions."""

    label: str
    number: int | None
    """None for a text between questions."""
    way: str = ""
    hint: str = ""
    text: str = ""
    language: str = ""
    """Of the text, which is rich; the others say it by themselves."""
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    only_if: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedStep:
    """One step."""

    number: int
    title: str
    intro: str
    items: list[Asked]
    only_if: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllQuestions:
    """The whole form."""

    language: str
    """Of title and rich texts; the others say it by themselves."""
    title: str
    intro: str
    privacy: str
    minutes: int | None
    steps: list[AskedStep]
    count: int


def all_questions(version: FormVersion, language: str, *, limits: Limits | None = None) -> AllQuestions:
    """Return everything that a version can ask, in `language`.

    Args:
        version: of a form.
        language: of the texts, or the best there is; sentences of the site come in the one in use.
        limits: least and most by role, such as the amounts of a call.

    """
    known = language_of(version, language)
    texts: Mapping[str, str] = version.texts.get(known, {})
    steps: list[dict[str, Any]] = version.structure["steps"]
    every = [[questions.make(spec, texts, known) for spec in step["items"]] for step in steps]
    by_key = {question.key: question for items in every for question in items if question.key}
    around = Surroundings(today=clock.today(), limits=limits or {}, organisations=(("", ""),))
    numbered = _numbered(every)
    return AllQuestions(
        language=known,
        title=texts.get("title", ""),
        intro=texts.get("intro", ""),
        privacy=texts.get("privacy", ""),
        minutes=version.structure.get("minutes"),
        steps=[
            AskedStep(
                number=place,
                title=told_in(texts.get(f"{step['path']}.title", ""), known),
                intro=texts.get(f"{step['path']}.intro", ""),
                items=[_asked(question, around, next(numbered), by_key) for question in items],
                only_if=only_if(parse(step.get("condition")), by_key),
            )
            for place, (step, items) in enumerate(zip(steps, every, strict=True), 1)
        ],
        count=len(by_key),
    )


def _numbered(steps: list[list[Question]]) -> Iterator[int | None]:
    """Yield the number of each item; texts between questions have none."""
    number = 0
    for items in steps:
        for question in items:
            number += bool(question.key)
            yield number if question.key else None


def _asked(
    question: Question, around: Surroundings, number: int | None, by_key: Mapping[str, Question]
) -> Asked:
    field = question.field(around) if question.type in OWN_HINTS else None
    choices: tuple[tuple[str, str], ...] = ()
    if isinstance(question, Choosing):
        words, helps = question.labels, question.helps
        choices = tuple((question.worded(words[code]), question.worded(helps[code])) for code in words)
    return Asked(
        label=question.worded(question.label),
        number=number,
        way=" ".join(filter(None, (str(WAYS.get(question.type, "")), _length(question, around)))),
        hint=conditional_escape(field.help_text) if field else question.worded(question.help),
        text=question.text,
        language=question.language,
        choices=choices,
        optional=number is not None and not question.required,
        only_if=only_if(question.condition, by_key),
    )


def _length(question: Question, around: Surroundings) -> str:
    """Return how long a text may be, or a list."""
    spec = question.spec
    if words := spec.get("max_words"):
        text = ngettext("At most %(number)s word.", "At most %(number)s words.", words)
        return text % {"number": numbers.number(words)}
    if characters := spec.get("max_characters"):
        text = ngettext("At most %(number)s character.", "At most %(number)s characters.", characters)
        return text % {"number": numbers.number(characters)}
    if most := question.most(around) if isinstance(question, People) else spec.get("at_most"):
        return _("At most %(number)s.") % {"number": numbers.number(most)}
    return ""
