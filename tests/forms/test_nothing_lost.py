"""Whatever the form, whatever somebody types: nothing is lost, nothing hidden is sent, nothing crashes."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.core import clock
from cms.core.text.mend import mended
from cms.forms import frozen
from cms.forms.domain.errors import IncompleteError
from cms.forms.domain.save_step import Saved, save_step
from cms.forms.journey import Journey
from cms.forms.models import StepData, Submission, SubmissionVersion
from cms.forms.vault import unseal
from tests.accounts.factories import UnitFactory
from tests.forms.factories import make_call, make_draft, make_form, question, send, step

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CODES = ("x", "y", "z")

MOST_STEPS, MOST_QUESTIONS = 4, 4

anything = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["", "\0", "\ud800", "a\r\nb", "=1+1", "'"]
)

TYPES = {
    "short_text": ({"max_characters": 200}, st.just("Nino") | anything),
    "long_text": ({"max_characters": 60, "max_words": 5}, st.just("one\ntwo") | anything),
    "yes_no": ({}, st.sampled_from(["yes", "no", "yes", "maybe"])),
    "single_choice": ({"choices": CODES, "at_most": None}, st.sampled_from([*CODES, "nobody"])),
    "multiple_choice": (
        {"choices": CODES, "at_most": 2},
        st.lists(st.sampled_from([*CODES, "nobody"]), max_size=3),
    ),
    "number": (
        {"minimum": None, "maximum": "100", "places": 2},
        st.sampled_from(["5", "12,5", "٣", "101"]) | anything,
    ),
    "money": (
        {"currency": "EUR", "minimum": None, "maximum": None},
        st.sampled_from(["800", "1 250,50 €"]) | anything,
    ),
    "date": (
        {"earliest": None, "latest": None},
        st.tuples(st.sampled_from(["1", "31"]), st.sampled_from(["2", "3"]), st.sampled_from(["2027", "x"])),
    ),
    "email": ({}, st.just("nino@example.org") | anything),
    "phone": ({}, st.just("+995 322 12 34 56") | anything),
    "country": ({}, st.sampled_from(["GE", "IT", "??"])),
    "language": ({}, st.sampled_from(["ka", "it", "??"])),
    "people": (
        {"at_most": 3},
        st.lists(st.sampled_from(["Nino", "Nino", "", " ", "\u202eგიორგი"]) | anything, max_size=5),
    ),
    "declaration": ({}, st.just("on") | st.just("")),
}
"""Type → what else its items need, and what somebody may type."""

OPS = ("eq", "ne", "lt", "lte", "gt", "gte")


@st.composite
def conditions(draw, keys):
    """Return a condition on some of the keys, or none."""
    if not keys or draw(st.booleans()):
        return None
    leaves = st.one_of(
        st.builds(
            lambda op, key, value: {"op": op, "key": key, "value": value},
            st.sampled_from(OPS),
            st.sampled_from(keys),
            st.sampled_from(["x", "Nino", "2", "5", "2027-02-01", "GE"])
            | st.booleans()
            | st.integers(0, 900),
        ),
        st.builds(lambda key: {"op": "answered", "key": key}, st.sampled_from(keys)),
        st.builds(lambda key: {"op": "in", "key": key, "value": ["x", "Nino"]}, st.sampled_from(keys)),
    )
    return draw(
        st.recursive(
            leaves,
            lambda inner: (
                st.builds(lambda of: {"op": "or", "of": of}, st.lists(inner, min_size=1, max_size=2))
                | st.builds(lambda one: {"op": "not", "of": [one]}, inner)
            ),
            max_leaves=3,
        )
    )


@st.composite
def forms(draw):
    """Return steps with conditions on what was asked before, and now and then on what comes later."""
    keys, steps, typed = [], [], {}
    for number in range(draw(st.integers(1, MOST_STEPS))):
        items, of_step = [], draw(conditions([*keys, "q9"] if keys else []))
        for _item in range(draw(st.integers(1, MOST_QUESTIONS))):
            name = draw(st.sampled_from(sorted(TYPES)))
            more, texts = TYPES[name]
            key = f"q{len(keys) + 1}"
            items.append(
                question(
                    name,
                    key,
                    **more,
                    required=draw(st.booleans()),
                    pii=draw(st.sampled_from(["none", "special"])),
                )
                | {"condition": draw(conditions(keys))}
            )
            typed[key] = draw(texts)
            keys.append(key)
        steps.append(step(f"s{number}", *items, condition=of_step))
    return steps, typed


def posted(journey, key, typed):
    """Return what a browser posts: all questions of the step, hidden ones too, and a key of its own."""
    data = QueryDict(mutable=True)
    for name, asked in journey.outline.step(key).names.items():
        value = typed[asked.key]
        if isinstance(value, tuple):
            value = value[asked.names.index(name)]
        data.setlist(f"{key}-{name}", value if isinstance(value, list) else [value])
    data[f"{key}-status"] = "accepted"
    return data


def fill_in(draft, typed):
    """Go from step to step as long as there are new ones; return the texts that were sent, by step."""
    sent = {}
    for _round in range(MOST_STEPS + 1):
        journey = Journey(Submission.objects.get(pk=draft.pk))
        steps = [step.key for step in journey.steps if step.key not in sent]
        if not steps:
            break
        form = journey.form(steps[0], posted(journey, steps[0], typed))
        saved = save_step(
            journey=journey,
            step=steps[0],
            raw=form.raw,
            shown=form.shown,
            serial=journey.serial(steps[0]),
            complete=form.complete,
        )
        assert isinstance(saved, Saved)
        sent[steps[0]] = {
            name: list(map(mended, texts)) for name, texts in _unprefixed(steps[0], journey, typed).items()
        }
    return sent


def _unprefixed(key, journey, typed):
    data = posted(journey, key, typed)
    return {name: data.getlist(f"{key}-{name}") for name in journey.outline.step(key).names}


def kept(draft, key):
    row = StepData.objects.get(submission=draft, step=key)
    return {**row.data, **unseal(row.sealed)}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(forms())
def test_nothing_is_lost_and_nothing_hidden_is_sent(drawn):
    steps, typed = drawn
    with clock.stopped(NOW):
        draft = make_draft(make_call(form=make_form(*steps, unit=UnitFactory())))
        for key, texts in fill_in(draft, typed).items():
            assert {name: found for name, found in kept(draft, key).items() if found} == {
                name: found for name, found in texts.items() if found
            }
        journey = Journey(Submission.objects.get(pk=draft.pk))
        visible = {item.key for step in journey.steps for item in step.items}
        answers = journey.answers()
        assert answers.keys() == visible
        assert journey.complete == (not journey.problems())
        if journey.problems():
            with pytest.raises(IncompleteError):
                send(draft)
            return
        version = SubmissionVersion.objects.get(pk=send(draft).pk)  # As the database keeps it.
        assert frozen.thaw(version) == answers
        assert version.digests.keys() == visible
        assert frozen.broken(version) == []
