from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.forms.rules import RuleError, keys_of, parse
from cms.forms.rules.parse import DEEPEST, MOST_RULES, MOST_VALUES
from cms.forms.rules.tree import Answered, Comparison, Group

ANSWERED = {"op": "answered", "key": "a"}

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
words = st.sampled_from(["op", "key", "value", "of", "eq", "ne", "lt", "in", "answered", "and", "or", "not"])
nearly_rules = st.recursive(
    words | json,
    lambda inner: st.dictionaries(words, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=20,
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def nested(depth):
    return {"op": "not", "of": [nested(depth - 1)]} if depth > 1 else ANSWERED


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("always", "has to say what it compares"),
        ([ANSWERED], "has to say what it compares"),
        ({}, "has to say how it compares"),
        ({"op": ["eq"]}, "has to say how it compares"),
        ({"op": "like", "key": "a", "value": "b"}, "There is no comparison “like”"),
        ({"op": "answered"}, "name the question"),
        ({"op": "answered", "key": ""}, "name the question"),
        ({"op": "answered", "key": "k" * 101}, "name the question"),
        ({"op": "answered", "key": 5}, "name the question"),
        ({"op": "eq", "key": "a"}, "compares with a text, a number, yes or no"),
        ({"op": "eq", "key": "a", "value": None}, "compares with"),
        ({"op": "eq", "key": "a", "value": ["b"]}, "compares with"),
        ({"op": "eq", "key": "a", "value": float("nan")}, "compares with"),
        ({"op": "eq", "key": "a", "value": float("inf")}, "compares with"),
        ({"op": "eq", "key": "a", "value": 10**600}, "compares with"),
        ({"op": "eq", "key": "a", "value": "x" * 10_000}, "compares with"),
        ({"op": "in", "key": "a", "value": "b"}, "between 1 and 100 values"),
        ({"op": "in", "key": "a", "value": []}, "between 1 and 100 values"),
        ({"op": "in", "key": "a", "value": ["b"] * (MOST_VALUES + 1)}, "between 1 and 100 values"),
        ({"op": "and"}, "needs conditions to join"),
        ({"op": "or", "of": []}, "needs conditions to join"),
        ({"op": "not", "of": [ANSWERED, ANSWERED]}, "exactly one condition"),
        ({"op": "and", "of": [ANSWERED], "key": "a"}, "cannot say “key”"),
        ({"op": "eq", "key": "a", "value": "b", "values": []}, "cannot say “values”"),
        (nested(DEEPEST + 1), "nested more than 8 deep"),
        (nested(500), "nested more than 8 deep"),
        ({"op": "and", "of": [ANSWERED] * MOST_RULES}, "more than 50 parts"),
        ({"op": "and", "of": [ANSWERED] * 100_000}, "needs conditions to join"),
    ],
)
def test_what_is_no_rule_is_refused_in_words(source, said):
    with pytest.raises(RuleError, match=said):
        parse(source)


@given(json | nearly_rules)
def test_any_json_is_a_rule_or_refused(source):
    try:
        tree = parse(source)
    except RuleError:
        return
    assert (tree is None) == (source is None)
    assert all(isinstance(key, str) for key in keys_of(tree))


def test_no_rule_means_always_and_looks_at_nothing():
    assert parse(None) is None
    assert keys_of(None) == frozenset()


def test_rules_are_read():
    source = {
        "op": "and",
        "of": [
            {"op": "eq", "key": "who", "value": "new"},
            {"op": "not", "of": [{"op": "in", "key": "place", "value": ["tbilisi", 5]}]},
            {"op": "gte", "key": "amount", "value": 0.1},
            ANSWERED,
        ],
    }
    tree = parse(source)
    assert tree == Group(
        "and",
        (
            Comparison("eq", "who", ("new",)),
            Group("not", (Comparison("in", "place", ("tbilisi", Decimal(5))),)),
            Comparison("gte", "amount", (Decimal("0.1"),)),
            Answered("a"),
        ),
    )
    assert keys_of(tree) == {"who", "place", "amount", "a"}


def test_a_rule_as_deep_as_allowed_is_read():
    assert keys_of(parse(nested(DEEPEST))) == {"a"}
