"""Questions: from an item of a form version to a field, an answer, a line, a cell."""

from collections.abc import Mapping
from typing import Any, Final

from cms.forms.questions.base import Cell, FileInfo, Json, Line, Question, Surroundings
from cms.forms.questions.choices import (
    Country,
    Declaration,
    Language,
    MultipleChoice,
    Organisation,
    SingleChoice,
    YesNo,
)
from cms.forms.questions.files import Files, Information
from cms.forms.questions.numbers import Day, Money, Number
from cms.forms.questions.people import People
from cms.forms.questions.texts import Email, LongText, Phone, ShortText

__all__ = ["TYPES", "Cell", "FileInfo", "Json", "Line", "Question", "Surroundings", "make"]

TYPES: Final[dict[str, type[Question]]] = {
    kind.type: kind
    for kind in (
        ShortText,
        LongText,
        Number,
        Money,
        Day,
        YesNo,
        SingleChoice,
        MultipleChoice,
        Email,
        Phone,
        Country,
        Language,
        Organisation,
        People,
        Files,
        Declaration,
        Information,
    )
}


def make(spec: Mapping[str, Any], texts: Mapping[str, str], language: str = "") -> Question:
    """Return the question that an item of a form version describes, with the texts of one language.

    Where that may not be the reader's, `language` says which it is.

    Raises:
        KeyError: There is no such type; versions are checked when they are compiled.

    """
    question = TYPES[spec["type"]](spec, texts)
    question.language = language
    return question
