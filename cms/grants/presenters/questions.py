"""All questions of a call on one page: to read, to print, to talk over with others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core import clock
from cms.core.formats import numbers
from cms.forms import questions
from cms.forms.models import FormVersion
from cms.forms.questions import Question, Surroundings
from cms.forms.questions.choices import Choosing
from cms.grants.kinds import limits_of
from cms.grants.models import Call
from cms.grants.presenters.texts import texts_of

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
    "files": gettext_lazy("Files to upload."),
    "declaration": gettext_lazy("To be confirmed."),
}
"""Type of a question → how it is answered."""

OWN_HINTS = frozenset({"number", "money", "date", "files"})
"""Types whose field says more than the question's own help: its limits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or a text between questions."""

    label: str
    number: int | None
    """None for a text between questions."""
    way: str = ""
    hint: str = ""
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    depends: bool = False


@dataclass(frozen=True, slots=True)
class AskedStep:
    """One step."""

    number: int
    title: str
    intro: str
    items: list[Asked]
    depends: bool


@dataclass(frozen=True, slots=True)
class AllQuestions:
    """The whole form."""

    title: str
    steps: list[AskedStep]
    count: int


def all_questions(call: Call, version: FormVersion, *, language: str) -> AllQuestions:
    """Return every question of a version with the limits of the call, in `language`."""
    texts = texts_of(version, language)
    around = Surroundings(today=clock.today(), limits=limits_of(call), organisations=(("", ""),))
    steps, count = [], 0
    for place, step in enumerate(version.structure["steps"], 1):
        items = []
        for spec in step["items"]:
            asks = spec["type"] != "information"
            count += asks
            items.append(_asked(questions.make(spec, texts), around, count if asks else None))
        path = step["path"]
        steps.append(
            AskedStep(
                number=place,
                title=texts.get(f"{path}.title", ""),
                intro=texts.get(f"{path}.intro", ""),
                items=items,
                depends=bool(step.get("condition")),
            )
        )
    return AllQuestions(title=texts.get("title", ""), steps=steps, count=count)


def _asked(question: Question, around: Surroundings, number: int | None) -> Asked:
    field = question.field(around) if question.type in OWN_HINTS else None
    choices: tuple[tuple[str, str], ...] = ()
    if isinstance(question, Choosing):
        choices = tuple((question.labels[code], question.helps.get(code, "")) for code in question.codes)
    return Asked(
        label=question.label,
        number=number,
        way=" ".join(filter(None, (str(WAYS.get(question.type, "")), _length(question.spec)))),
        hint=conditional_escape(field.help_text) if field else question.help,
        text=question.text,
        choices=choices,
        optional=number is not None and not question.required,
        depends=question.condition is not None,
    )


def _length(spec: Mapping[str, Any]) -> str:
    """Return how long a text may be."""
    if words := spec.get("max_words"):
        text = ngettext("At most %(number)s word.", "At most %(number)s words.", words)
        return text % {"number": numbers.number(words)}
    if characters := spec.get("max_characters"):
        text = ngettext("At most %(number)s character.", "At most %(number)s characters.", characters)
        return text % {"number": numbers.number(characters)}
    if most := spec.get("at_most"):
        return _("At most %(number)s.") % {"number": numbers.number(most)}
    return ""
