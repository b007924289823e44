"""Rules as data: what a condition asks of the answers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Comparable: TypeAlias = str | bool | Decimal | date | frozenset[str]
"""What an answer is compared as: text, truth, number, day, or the codes that were chosen."""

Value: TypeAlias = str | bool | Decimal
"""What a rule compares with. JSON has neither days nor decimals: a text is read as what the answer is."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer against one value, or against several with "in"."""

    op: Literal["eq", "ne", "lt", "lte", "gt", "gte", "in"]
    key: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether there is an answer at all."""

    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """Several rules as one: all of them, any of them, or none ("not" has exactly one)."""

    op: Literal["and", "or", "not"]
    of: tuple["Tree", ...]


Tree: TypeAlias = Comparison | Answered | Group


def keys_of(tree: Tree | None) -> frozenset[str]:
    """Return the keys of the questions that a rule looks at."""
    if tree is None:
        return frozenset()
    if isinstance(tree, Group):
        return frozenset().union(*map(keys_of, tree.of))
    return frozenset({tree.key})
