from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.forms.rules import RuleError, evaluate, parse
from tests.forms.rules.test_parse import json, nearly_rules

ANSWERS = {
    "who": "new",
    "amount": Decimal("800.00"),
    "starts": date(2027, 3, 1),
    "partner": False,
    "topics": frozenset({"work", "school"}),
}
VALUES = {True: "new", False: "other"}

comparable = (
    st.text()
    | st.booleans()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.frozensets(st.text(max_size=4), max_size=3)
)


def asked(op, key, value, answers=ANSWERS):
    return evaluate(parse({"op": op, "key": key, "value": value}), answers)


def told(truth):
    """Return a rule that is true, false or undetermined."""
    if truth is None:
        return {"op": "eq", "key": "nobody answered", "value": "x"}
    return {"op": "eq", "key": "who", "value": VALUES[truth]}


def joined(op, *truths):
    return evaluate(parse({"op": op, "of": [told(truth) for truth in truths]}), ANSWERS)


@pytest.mark.parametrize(
    ("op", "key", "value", "expected"),
    [
        ("eq", "who", "new", True),
        ("eq", "who", "New", False),
        ("ne", "who", "back", True),
        ("in", "who", ["back", "new"], True),
        ("in", "who", ["back"], False),
        ("eq", "amount", "800", True),
        ("eq", "amount", 800, True),
        ("gt", "amount", "799.99", True),
        ("lt", "amount", "800", False),
        ("lte", "amount", 800, True),
        ("gte", "amount", "1e3", False),
        ("eq", "starts", "2027-03-01", True),
        ("lt", "starts", "2027-03-02", True),
        ("gte", "starts", "2027-03-02", False),
        ("eq", "partner", False, True),
        ("ne", "partner", False, False),
        ("eq", "topics", "work", True),
        ("eq", "topics", "home", False),
        ("ne", "topics", "work", False),
        ("in", "topics", ["home", "school"], True),
        ("in", "topics", ["home"], False),
    ],
)
def test_answers_are_compared_as_what_they_are(op, key, value, expected):
    assert asked(op, key, value) is expected


@pytest.mark.parametrize(
    ("op", "key", "value"),
    [
        ("eq", "nobody", "new"),
        ("ne", "nobody", "new"),
        ("in", "nobody", ["new"]),
        ("eq", "who", 5),
        ("ne", "who", 5),
        ("eq", "who", True),
        ("lt", "who", "z"),
        ("eq", "amount", "much"),
        ("eq", "amount", "NaN"),
        ("gt", "amount", "-Infinity"),
        ("gt", "amount", "1e99999999999999999999"),
        ("eq", "amount", True),
        ("eq", "starts", "spring"),
        ("gt", "starts", 2027),
        ("eq", "partner", "False"),
        ("eq", "partner", 0),
        ("lt", "partner", True),
        ("eq", "topics", 5),
        ("gt", "topics", "work"),
    ],
)
def test_what_cannot_be_compared_is_undetermined(op, key, value):
    assert asked(op, key, value) is None


@pytest.mark.parametrize("answer", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")])
def test_what_is_no_number_is_undetermined(answer):
    assert asked("eq", "a", "5", {"a": answer}) is None
    assert asked("lt", "a", 5, {"a": answer}) is None


def test_a_moment_is_no_day():
    assert asked("lt", "a", "2027-01-01", {"a": datetime(2026, 1, 1, tzinfo=UTC)}) is None


def test_answered_is_never_undetermined():
    answers = {"no": False, "nothing": None}
    found = {
        key: evaluate(parse({"op": "answered", "key": key}), answers) for key in ("no", "nothing", "absent")
    }
    assert found == {"no": True, "nothing": False, "absent": False}


@pytest.mark.parametrize(("one", "other"), list(product([True, None, False], repeat=2)))
def test_the_tables_of_kleene(one, other):
    order = {False: 0, None: 1, True: 2}
    assert joined("and", one, other) is min(one, other, key=order.get)
    assert joined("or", one, other) is max(one, other, key=order.get)


@pytest.mark.parametrize(("part", "whole"), [(True, False), (None, None), (False, True)])
def test_not_turns_what_is_known(part, whole):
    assert joined("not", part) is whole


@given(st.lists(st.sampled_from([True, None, False]), min_size=1, max_size=6))
def test_a_further_answer_never_turns_what_was_decided(truths):
    for op in ("and", "or"):
        before = joined(op, *truths)
        for known in (True, False):
            after = joined(op, *[known if truth is None else truth for truth in truths])
            assert before in {None, after}


@given(json | nearly_rules, st.dictionaries(st.text(max_size=3), comparable, max_size=3))
def test_any_rule_is_decided_without_an_error(source, answers):
    try:
        tree = parse(source)
    except RuleError:
        return
    if tree is not None:
        assert evaluate(tree, answers) in {True, False, None}


@given(
    st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
    st.text() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    comparable,
)
def test_any_value_meets_any_answer(op, value, answer):
    assert asked(op, "a", value, {"a": answer}) in {True, False, None}


@given(st.lists(st.text(max_size=4) | st.booleans(), min_size=1, max_size=4), comparable)
def test_in_is_any_of_eq(values, answer):
    found = {asked("eq", "a", value, {"a": answer}) for value in values}
    expected = True if True in found else None if None in found else False
    assert asked("in", "a", values, {"a": answer}) is expected
