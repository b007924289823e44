"""Conditions: a small typed tree, three-valued, without models and without a request."""

from cms.forms.rules.evaluate import evaluate
from cms.forms.rules.parse import RuleError, parse
from cms.forms.rules.tree import Comparable, Tree, keys_of

__all__ = ["Comparable", "RuleError", "Tree", "evaluate", "keys_of", "parse"]
