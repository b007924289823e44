"""From JSON to rules; what cannot be a rule is named in words for the editor who wrote it."""

import math
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cms.forms.rules.tree import Answered, Comparison, Group, Tree, Value

DEEPEST = 8
MOST_RULES = 50
MOST_VALUES = 100
LONGEST_KEY = 100
LONGEST_VALUE = 500

COMPARISONS = frozenset({"eq", "ne", "lt", "lte", "gt", "gte"})
GROUPS = frozenset({"and", "or", "not"})


class RuleError(ValueError):
    """A condition that means nothing; its text is for people."""


def parse(source: Any) -> Tree | None:
    """Return the rule that stands in parsed JSON, or None for "always".

    Raises:
        RuleError: It is no rule, or too large a one.

    """
    if source is None:
        return None
    tree = _tree(source, DEEPEST)
    if _size(tree) > MOST_RULES:
        raise RuleError(_("This condition has more than %(most)d parts.") % {"most": MOST_RULES})
    return tree


def _tree(source: Any, depth: int) -> Tree:
    if depth == 0:
        raise RuleError(_("This condition is nested more than %(most)d deep.") % {"most": DEEPEST})
    if not isinstance(source, dict):
        raise RuleError(_("A condition has to say what it compares."))
    op = source.get("op")
    if not isinstance(op, str):
        raise RuleError(_("A condition has to say how it compares."))
    if op in GROUPS:
        return _group(op, source, depth)
    if op == "answered":
        _only(source, "op", "key")
        return Answered(_key(source))
    if op == "in":
        _only(source, "op", "key", "value")
        return Comparison("in", _key(source), _values(source.get("value")))
    if op in COMPARISONS:
        _only(source, "op", "key", "value")
        return Comparison(op, _key(source), (_value(source.get("value")),))  # type: ignore[arg-type]  # op is one of COMPARISONS
    raise RuleError(_("There is no comparison “%(op)s”.") % {"op": op[:LONGEST_KEY]})


def _group(op: str, source: dict[str, Any], depth: int) -> Group:
    _only(source, "op", "of")
    parts = source.get("of")
    if not isinstance(parts, list) or not parts or len(parts) > MOST_RULES:
        raise RuleError(_("“%(op)s” needs conditions to join.") % {"op": op})
    if op == "not" and len(parts) != 1:
        raise RuleError(_("“not” turns exactly one condition round."))
    return Group(op, tuple(_tree(part, depth - 1) for part in parts))  # type: ignore[arg-type]  # op is one of GROUPS


def _only(source: dict[str, Any], *known: str) -> None:
    # What nobody reads would be a rule that its author believes in and that never holds.
    if surplus := sorted(set(source) - set(known)):
        raise RuleError(_("A condition cannot say “%(word)s”.") % {"word": str(surplus[0])[:LONGEST_KEY]})


def _key(source: dict[str, Any]) -> str:
    key = source.get("key")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
        raise RuleError(_("A condition has to name the question it looks at."))
    return key


def _values(source: Any) -> tuple[Value, ...]:
    if not isinstance(source, list) or not 0 < len(source) <= MOST_VALUES:
        raise RuleError(_("“in” needs between 1 and %(most)d values.") % {"most": MOST_VALUES})
    return tuple(_value(item) for item in source)


def _value(source: Any) -> Value:
    if isinstance(source, bool):
        return source
    if isinstance(source, str) and len(source) <= LONGEST_VALUE:
        return source
    if isinstance(source, int) and abs(source) < 10**LONGEST_VALUE:
        return Decimal(source)
    if isinstance(source, float) and math.isfinite(source):
        return Decimal(repr(source))
    raise RuleError(_("A condition compares with a text, a number, yes or no."))


def _size(tree: Tree) -> int:
    return 1 + sum(map(_size, tree.of)) if isinstance(tree, Group) else 1
