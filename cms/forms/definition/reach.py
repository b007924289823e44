"""Find what nobody can ever be asked: conditions that no answers fulfil.

Every question that a condition looks at is tried with each answer that could make a difference:
every code, yes and no, and for numbers and days the values named, their neighbours and the limits.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product
from typing import Any

from cms.forms.rules import Comparable, RuleError, Tree, evaluate, keys_of, parse
from cms.forms.rules.tree import Comparison, Group

MOST_TRIALS = 20_000
"""Beyond this a condition is taken to be fulfillable: a wrong alarm would keep a good form back."""

MOST_CODES = 8

Answers = Sequence[Comparable | None]
"""What one question could be answered with; None stands for no answer."""


def never(structure: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """Yield the places of steps and items whose condition can never be true."""
    asked: dict[str, dict[str, Any]] = {}
    for place, step in enumerate(structure["steps"]):
        reached = possible(step["condition"], asked)
        if not reached:
            yield ("steps", place)
        for number, item in enumerate(step["items"]):
            shown = possible(item["condition"], asked)
            if not shown and reached:
                yield ("steps", place, "items", number)
            if item.get("key") and reached and shown:
                asked.setdefault(item["key"], item)


def possible(condition: Any, asked: Mapping[str, dict[str, Any]]) -> bool:
    """Tell whether some answers to the questions in `asked` make a condition true."""
    try:
        tree = parse(condition)
    except RuleError:
        return True  # Said elsewhere, in better words.
    if tree is None:
        return True
    keys = sorted(keys_of(tree))
    named = _named(tree)
    trials = [_answers(asked[key], named[key]) if key in asked else [None] for key in keys]
    if math.prod(map(len, trials)) > MOST_TRIALS:
        return True
    return any(
        evaluate(tree, {key: answer for key, answer in zip(keys, answers, strict=True) if answer is not None})
        for answers in product(*trials)
    )


def _named(tree: Tree) -> dict[str, list[Any]]:
    """Return the values with which each question is compared."""
    found: dict[str, list[Any]] = {key: [] for key in keys_of(tree)}
    rest = [tree]
    while rest:
        part = rest.pop()
        if isinstance(part, Group):
            rest.extend(part.of)
        elif isinstance(part, Comparison):
            found[part.key].extend(part.values)
    return found


def _answers(question: Mapping[str, Any], named: list[Any]) -> Answers:
    answers = TRIED.get(question["type"], _texts)
    return [None, *answers(question, named)]


def _texts(_question: Mapping[str, Any], named: list[Any]) -> Iterable[str]:
    return ["\0", *map(str, named)]


def _selections(question: Mapping[str, Any], named: list[Any]) -> Iterator[frozenset[str]]:
    """Yield the selections of the codes that are named, and of one that is not."""
    codes = [code for code in question["choices"] if code in named]
    codes = [*codes[:MOST_CODES], *[code for code in question["choices"] if code not in named][:1]]
    for count in range(1, min(len(codes), question["at_most"] or len(codes)) + 1):
        for chosen in combinations(codes, count):
            yield frozenset(chosen)


def _numbers(question: Mapping[str, Any], named: list[Any]) -> list[Decimal]:
    step = Decimal(1).scaleb(-question.get("places", 2))
    low, high = (Decimal(question[end]) if question[end] else None for end in ("minimum", "maximum"))
    tried = {Decimal(value) + change for value in named for change in (-step, 0, step)}
    tried |= {end for end in (low, high) if end is not None}
    return [
        number
        for number in sorted(tried)
        if (low is None or number >= low) and (high is None or number <= high) and number % step == 0
    ]


def _people(question: Mapping[str, Any], named: list[Any]) -> list[Decimal]:
    return _numbers({"minimum": "1", "maximum": str(question["at_most"]), "places": 0}, named)


def _days(question: Mapping[str, Any], named: list[Any]) -> list[date]:
    low, high = (
        date.fromisoformat(question[end]) if question[end] else None for end in ("earliest", "latest")
    )
    days = {date.fromisoformat(value) for value in named}
    tried = {day + timedelta(change) for day in days for change in (-1, 0, 1)}
    tried |= {end for end in (low, high) if end}
    return [day for day in sorted(tried) if (not low or day >= low) and (not high or day <= high)]


TRIED: dict[str, Callable[[Mapping[str, Any], list[Any]], Iterable[Comparable]]] = {
    "yes_no": lambda _question, _named: (True, False),
    "declaration": lambda _question, _named: (True,),
    "single_choice": lambda question, _named: question["choices"],
    "multiple_choice": _selections,
    "number": _numbers,
    "money": _numbers,
    "people": _people,
    "date": _days,
}
"""What each type of question is tried with; all others take any text."""
