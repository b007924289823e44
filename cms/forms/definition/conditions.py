"""What editors chose and typed as a condition, as a rule: the other question says what the value means."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from cms.core.text.listed import listed
from cms.forms.definition.problems import Problem, Where

YES = frozenset({"yes", "true", "1", "კი", "დიახ", "sì", "si", "ja", "نعم"})
NO = frozenset({"no", "false", "0", "არა", "nein", "لا"})
"""What editors type in one of the site's languages; "no" is English and Italian."""

COUNTED = frozenset({"number", "money", "people"})
ORDERED = COUNTED | {"date"}
SIZES = frozenset({"lt", "lte", "gt", "gte"})
ONLY_ANSWERED = frozenset({"files", "organisation"})
CHOICES = frozenset({"single_choice", "multiple_choice"})

LONGEST = 20
"""Digits of a number; written out, 1e999999 would fill a book."""

Json = Any


class Conditions:
    """The questions that a condition may look at: those asked before it."""

    def __init__(self, every: Mapping[str, dict[str, Json]]) -> None:
        self.every = every
        self.earlier: dict[str, dict[str, Json]] = {}
        self.problems: list[Problem] = []

    def tree(self, chosen: Any, where: Where) -> Json:
        """Return the rule as JSON, None for "always"; what cannot be read becomes a problem."""
        rules = []
        for place, condition in enumerate((chosen or {}).get("conditions") or ()):
            here = (*where, "conditions", place)
            try:
                rules.append(self._rule(condition, here))
            except _UnreadableError as error:
                self.problems.append(Problem(str(error), error.where))
        if len(rules) < 2:  # noqa: PLR2004 - one rule needs no group
            return rules[0] if rules else None
        return {"op": "or" if chosen["match"] == "any" else "and", "of": rules}

    def _rule(self, condition: Any, where: Where) -> Json:
        key, operator, value = condition["key"] or "", condition["operator"], condition["value"] or ""
        question = self._question(key, (*where, "key"))
        if operator in {"answered", "unanswered"}:
            rule = {"op": "answered", "key": key}
            return rule if operator == "answered" else {"op": "not", "of": [rule]}
        if question["type"] in ONLY_ANSWERED:
            words = _("Of “%(key)s” one can only say whether it is answered.")
            raise _UnreadableError(words % {"key": key}, (*where, "operator"))
        if operator in SIZES and question["type"] not in ORDERED:
            words = _("“%(key)s” is no number, amount or date: nothing is more or less than it.")
            raise _UnreadableError(words % {"key": key}, (*where, "operator"))
        if operator == "in":
            parts = [part.strip() for part in value.split(",") if part.strip()]
            read = [_read(question, part, (*where, "value")) for part in parts or [""]]
            return {"op": "in", "key": key, "value": read}
        return {"op": operator, "key": key, "value": _read(question, value.strip(), (*where, "value"))}

    def _question(self, key: str, where: Where) -> dict[str, Json]:
        if key in self.earlier:
            return self.earlier[key]
        if key in self.every:
            words = _("“%(key)s” is asked later: a condition can only look back.")
        else:
            words = _("There is no question with the key “%(key)s”.")
        raise _UnreadableError(words % {"key": key}, where)


class _UnreadableError(ValueError):
    def __init__(self, text: str, where: Where) -> None:
        super().__init__(text)
        self.where = where


def _read(question: Mapping[str, Json], text: str, where: Where) -> bool | str:
    """Return what was typed as the type of the other question; numbers and days as text."""
    kind = question["type"]
    if not text:
        raise _UnreadableError(_("Say what the answer is compared with."), where)
    if kind in {"yes_no", "declaration"}:
        if text.lower() in YES | NO:
            return text.lower() in YES
        raise _UnreadableError(_("Write “yes” or “no”."), where)
    if kind in COUNTED:
        return _number(text, where)
    if kind == "date":
        return _day(text, where)
    if kind in CHOICES and text not in question["choices"]:
        words = _("“%(value)s” is none of the codes: %(codes)s.")
        raise _UnreadableError(words % {"value": text, "codes": listed(question["choices"])}, where)
    return text


def _number(text: str, where: Where) -> str:
    try:
        number = Decimal(text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > LONGEST:
        raise _UnreadableError(_("Write a number, with a point before decimals: 1500 or 2.5."), where)
    return format(number, "f")


def _day(text: str, where: Where) -> str:
    for shape in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day: date = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day.isoformat()
    raise _UnreadableError(_("Write the day as 2027-03-31."), where)
