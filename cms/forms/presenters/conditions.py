"""Conditions in plain words, in the language in use."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.formats.bidi import joined, quoting, told_in
from cms.core.formats.numbers import number
from cms.forms.questions import Question
from cms.forms.rules import Tree
from cms.forms.rules.tree import Answered, Comparison

COMPARED = {
    "eq": gettext_lazy("the answer to “%(question)s” is “%(value)s”"),
    "ne": gettext_lazy("the answer to “%(question)s” is not “%(value)s”"),
    "in": gettext_lazy("the answer to “%(question)s” is one of these: %(value)s"),
    "lt": gettext_lazy("the answer to “%(question)s” is less than %(value)s"),
    "lte": gettext_lazy("the answer to “%(question)s” is at most %(value)s"),
    "gt": gettext_lazy("the answer to “%(question)s” is more than %(value)s"),
    "gte": gettext_lazy("the answer to “%(question)s” is at least %(value)s"),
}
BEFORE_AND_AFTER = {
    "lt": gettext_lazy("the answer to “%(question)s” is before %(value)s"),
    "lte": gettext_lazy("the answer to “%(question)s” is %(value)s or before"),
    "gt": gettext_lazy("the answer to “%(question)s” is after %(value)s"),
    "gte": gettext_lazy("the answer to “%(question)s” is %(value)s or after"),
}
"""The same for days."""

COUNTED = {
    "eq": gettext_lazy("the number of people in the answer to “%(question)s” is %(value)s"),
    "ne": gettext_lazy("the number of people in the answer to “%(question)s” is not %(value)s"),
    "in": gettext_lazy("the number of people in the answer to “%(question)s” is one of these: %(value)s"),
    "lt": gettext_lazy("the number of people in the answer to “%(question)s” is less than %(value)s"),
    "lte": gettext_lazy("the number of people in the answer to “%(question)s” is at most %(value)s"),
    "gt": gettext_lazy("the number of people in the answer to “%(question)s” is more than %(value)s"),
    "gte": gettext_lazy("the number of people in the answer to “%(question)s” is at least %(value)s"),
}
"""The same for people: what counts is how many they are."""

WORDS = {"date": COMPARED | BEFORE_AND_AFTER, "people": COUNTED}
"""Type of a question → its own words."""


def only_if(tree: Tree | None, questions: Mapping[str, Question]) -> str:
    """Return when something is asked, as a sentence; nothing for what is always asked."""
    return quoting(_("Only asked if %(condition)s."), condition=_said(tree, questions)) if tree else ""


def _said(tree: Tree, questions: Mapping[str, Question]) -> str:
    if isinstance(tree, Answered):
        return quoting(_("“%(question)s” is answered"), question=_label(tree.key, questions))
    if isinstance(tree, Comparison):
        return _compared(tree, questions)
    if tree.op == "not":
        (part,) = tree.of
        if isinstance(part, Answered):
            return quoting(_("“%(question)s” is not answered"), question=_label(part.key, questions))
        return quoting(_("this is not so: %(condition)s"), condition=_said(part, questions))
    parts = [_said(part, questions) for part in tree.of]
    words = _("%(one)s, and %(other)s") if tree.op == "and" else _("%(one)s, or %(other)s")
    said = parts[0]
    for other in parts[1:]:
        said = quoting(words, one=said, other=other)
    return said


def _compared(rule: Comparison, questions: Mapping[str, Question]) -> str:
    question = questions.get(rule.key)
    words = WORDS.get(question.type, COMPARED) if question else COMPARED
    value = joined(", ", (_value(question, value) for value in rule.values))
    return quoting(str(words[rule.op]), question=_label(rule.key, questions), value=value)


def _label(key: str, questions: Mapping[str, Question]) -> str:
    """Return a question without the mark that ends it: it stands in the middle of a sentence."""
    return questions[key].worded(questions[key].label.strip()) if key in questions else key


def _value(question: Question | None, value: Any) -> str:
    """Return a value as people read the answer."""
    if question is None:
        return str(value)
    answer = format(value, "f") if isinstance(value, Decimal) else value
    if question.type == "people":
        return number(Decimal(answer))
    if question.type == "money":
        answer = {"amount": answer, "currency": question.spec["currency"]}
    elif question.type == "multiple_choice":
        answer = [answer]
    return joined(" ", (told_in(line.text, line.language) for line in question.display(answer)))
