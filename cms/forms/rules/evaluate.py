"""What a rule says of the answers that there are: yes, no, or not to be told yet.

Three values after S. C. Kleene (Introduction to Metamathematics, 1952, § 64): what nobody has
answered decides nothing, unless the rest decides alone.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from cms.forms.rules.tree import Answered, Comparable, Comparison, Tree, Value

ORDER: dict[str, Callable[[Decimal | date, Decimal | date], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def evaluate(tree: Tree, answers: Mapping[str, Comparable]) -> bool | None:
    """Return whether a rule holds, or None while that is undetermined."""
    if isinstance(tree, Answered):
        return answers.get(tree.key) is not None
    if isinstance(tree, Comparison):
        return _compared(tree, answers.get(tree.key))
    parts = [evaluate(part, answers) for part in tree.of]
    if tree.op == "not":
        return _turned(parts[0])
    return _all(parts) if tree.op == "and" else _any(parts)


def _compared(rule: Comparison, answer: Comparable | None) -> bool | None:
    if answer is None:
        return None
    if rule.op == "in":
        return _any(_equal(answer, value) for value in rule.values)
    (value,) = rule.values
    if rule.op == "eq":
        return _equal(answer, value)
    if rule.op == "ne":
        return _turned(_equal(answer, value))
    return _ordered(rule.op, answer, value)


def _equal(answer: Comparable, value: Value) -> bool | None:
    if isinstance(answer, frozenset):
        return value in answer if isinstance(value, str) else None
    read = _read_as(answer, value)
    return None if read is None else answer == read


def _ordered(op: str, answer: Comparable, value: Value) -> bool | None:
    read = _read_as(answer, value)
    if isinstance(answer, Decimal) and isinstance(read, Decimal):
        return ORDER[op](answer, read)
    if isinstance(answer, date) and isinstance(read, date):
        return ORDER[op](answer, read)
    return None


def _read_as(answer: Comparable, value: Value) -> str | bool | Decimal | date | None:
    """Return the rule's value as the type of the answer; None if it is of another type."""
    if isinstance(answer, bool) or isinstance(value, bool):
        return value if isinstance(answer, bool) and isinstance(value, bool) else None
    if isinstance(answer, Decimal):
        return _number(value) if answer.is_finite() else None
    if isinstance(value, Decimal):
        return None
    if type(answer) is date:  # A moment is a date to Python, and not to be compared with one.
        return _day(value)
    return value if isinstance(answer, str) else None


def _number(value: str | Decimal) -> Decimal | None:
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _turned(part: bool | None) -> bool | None:  # noqa: FBT001 - a truth value is what this is about
    return None if part is None else not part


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = set(parts)
    return False if False in found else None if None in found else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    found = set(parts)
    return True if True in found else None if None in found else False
