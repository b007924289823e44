"""The way through a form: hidden questions are not heard, nothing loops, every answer is judged once."""

import pytest
from django.http import QueryDict

from cms.forms import kinds
from cms.forms.journey import Journey, StepState, reading
from cms.forms.models import StepData
from tests.accounts.factories import UserFactory
from tests.forms.factories import (
    USUAL,
    choice,
    choices,
    equals,
    fill,
    information,
    make_call,
    make_draft,
    make_filled,
    make_organisation,
    make_sent,
    make_upload,
    make_version,
    short_text,
    step,
    texts_of,
    usual_steps,
    yes_no,
)

pytestmark = pytest.mark.django_db

IF_YES = equals("a", value=True)


def draft_of(*steps, **fields):
    return make_draft(make_call(*steps), **fields)


def post(key, **typed):
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(f"{key}-{name}", value if isinstance(value, list) else [value])
    return data


def states(journey):
    return {step.key: str(step.state) for step in journey.steps}


# --- What is hidden is not heard ---------------------------------------------------------------


def test_a_hidden_answer_decides_nothing():
    """b is typed, then hidden by a; c looks at b."""
    draft = fill(
        draft_of(
            step("one", yes_no("a"), short_text("b", condition=IF_YES)),
            step("two", short_text("c"), condition=equals("b", "open")),
        ),
        a="no",
        b="open",
        c="typed",
    )
    journey = Journey(draft)
    assert [step.key for step in journey.steps] == ["one"]
    assert journey.answers() == {"a": False}
    assert journey.step("two") is None
    with pytest.raises(KeyError):
        journey.form("two")
    fill(draft, a="yes", b="open", c="typed")
    assert Journey(draft).answers() == {"a": True, "b": "open", "c": "typed"}


def test_an_answer_that_makes_no_sense_decides_nothing():
    draft = draft_of(
        step("one", choice("a", "x", "y")), step("two", short_text("b", condition=equals("a", "z")))
    )
    fill(draft, a="z", b="typed", complete=False)
    journey = Journey(draft)
    assert journey.answers() == {"a": None}
    assert states(journey) == {"one": "wrong"}


@pytest.mark.parametrize(
    "steps",
    [
        (step("one", short_text("a", condition=equals("b", "x")), short_text("b")),),
        (step("one", short_text("a", condition=equals("a", "x"))),),
        (
            step("one", short_text("a", condition=equals("b", "x"))),
            step("two", short_text("b", condition=equals("a", "x"))),
        ),
        (step("one", short_text("a"), condition=equals("a", "x")),),
        (step("one", short_text("a", condition=equals("nobody", "x"))),),
    ],
    ids=["later", "itself", "circle", "own step", "unknown"],
)
def test_a_condition_on_what_comes_later_is_never_met_and_never_loops(steps):
    draft = fill(draft_of(*steps), a="x", b="x", complete=False)
    journey = Journey(draft)
    assert journey.answers().get("a") is None
    assert journey.problems() == {}


def test_what_cannot_be_told_yet_is_not_asked():
    draft = draft_of(step("one", yes_no("a", required=False), short_text("b", condition=IF_YES)))
    assert [item.key for item in Journey(draft).steps[0].items] == ["a"]


# --- The form of a step ------------------------------------------------------------------------


def test_a_form_knows_its_own_visible_questions_only():
    draft = draft_of(step("one", yes_no("a"), short_text("b", condition=IF_YES)))
    form = Journey(draft).form("one", post("one", a="no", b="typed", status="accepted"))
    assert list(form.fields) == ["a"]
    assert form.raw == {"a": ["no"], "b": ["typed"]}
    assert form.is_valid()
    assert form.complete


def test_what_comes_up_on_the_same_page_is_shown_without_an_error():
    draft = draft_of(step("one", yes_no("a"), short_text("b", condition=IF_YES)))
    form = Journey(draft).form("one", post("one", a="yes"))
    assert form.is_valid()
    assert not form.complete
    assert (form.new, form.shown) == ({"b"}, ["a"])
    assert list(form.fields) == ["a", "b"]
    assert "b" not in form.errors


def test_what_was_seen_and_left_empty_is_an_error():
    draft = draft_of(step("one", yes_no("a"), short_text("b", condition=IF_YES)))
    form = Journey(draft).form("one", post("one", a="yes", b=""))
    assert not form.is_valid()
    assert list(form.errors) == ["b"]


def test_a_form_shows_nonsense_as_it_was_typed():
    draft = draft_of(step("one", choices("a", "x", "y", at_most=1), short_text("b")))
    fill(draft, a=["x", "nonsense"], b="x" * 10_000, complete=False)
    form = Journey(draft).form("one")
    assert form["a"].value() == ["x", "nonsense"]
    assert form["b"].value() == "x" * 10_000
    assert set(form.errors) == {"a", "b"}


def test_nul_and_halves_of_letters_become_the_sign_for_unreadable():
    draft = draft_of(step("one", short_text("a")))
    form = Journey(draft).form("one", post("one", a="be\0fore \ud800 after"))
    assert form.raw == {"a": ["be\ufffdfore \ufffd after"]}


def test_a_box_unticked_is_taken_back_and_what_was_hidden_stays():
    draft = draft_of(step("one", yes_no("a"), short_text("b", condition=IF_YES), choices("c", "x", "y")))
    fill(draft, a="yes", b="typed", c=["x"])
    journey = Journey(draft)
    assert journey.form("one", post("one", a="no")).raw == {"a": ["no"]}
    fill(draft, a="no", b="typed", c=["x"])
    journey = Journey(draft)
    assert journey.form("one", post("one", a="yes")).raw == {"a": ["yes"], "b": ["typed"]}


# --- States ------------------------------------------------------------------------------------


def test_states_say_how_far_each_step_is():
    draft = draft_of(
        step("todo", short_text("a")),
        step("started", short_text("b"), short_text("b2", required=False)),
        step("wrong", choice("c", "x", "y")),
        step("done", information("hint"), short_text("d")),
    )
    fill(draft, b2="only this", c="z", d="well", complete=False)
    journey = Journey(draft)
    assert states(journey) == {"todo": "todo", "started": "started", "wrong": "wrong", "done": "done"}
    assert journey.first_open.key == "todo"
    assert not journey.complete
    assert set(journey.problems()) == {"todo", "started", "wrong"}
    assert [step.number for step in journey.steps] == [1, 2, 3, 4]


def test_a_complete_step_with_a_new_question_is_open_again():
    draft = draft_of(
        step("one", yes_no("a")),
        step("two", short_text("b"), short_text("c", condition=IF_YES)),
    )
    fill(draft, a="no", b="well")
    StepData.objects.filter(submission=draft, step="two").update(shown=["b"])
    assert Journey(draft).complete
    fill(draft, a="yes")
    journey = Journey(draft)
    assert states(journey) == {"one": "done", "two": "started"}
    assert journey.form("two").new == {"c"}
    assert list(journey.problems()) == ["two"]


def test_a_step_that_was_complete_is_judged_again_before_sending():
    draft = make_filled()
    call = draft.application.call
    call.maximum = 500
    call.save()
    journey = Journey(type(draft).objects.get(pk=draft.pk))
    assert journey.complete
    assert list(journey.problems()) == ["budget"]


def test_a_step_that_asks_nothing_is_no_obstacle():
    draft = fill(draft_of(step("one", information("hint")), step("two", short_text("a", required=False))))
    journey = Journey(draft)
    assert states(journey) == {"one": "todo", "two": "todo"}
    assert journey.complete
    assert journey.problems() == {}


def test_what_is_wrong_across_answers_stands_at_its_step(monkeypatch):
    draft = make_filled()
    monkeypatch.setattr(
        kinds.get("application"), "check", lambda _draft, _answers: {"title": "no", "": ["whole", "form"]}
    )
    assert Journey(draft).problems() == {"project": ["no"], "": ["whole", "form"]}


# --- Versions ----------------------------------------------------------------------------------


def test_a_draft_keeps_its_structure_and_gets_mended_words():
    call = make_call()
    draft = make_draft(call)
    old = draft.version
    mended = {"en": {"items.title.label": "Mended"}}
    same = make_version(call.form, *usual_steps(), **mended)
    make_version(call.form, *usual_steps()[:1])
    journey = Journey(draft, language="en")
    assert journey.version == same != old
    assert len(journey.steps) == 4
    assert journey.outline.questions["title"].label == "Mended"


def test_what_was_sent_keeps_its_words():
    sent = make_sent()
    make_version(sent.application.call.form, *usual_steps(), en={"items.title.label": "Mended"})
    journey = Journey(sent, language="en")
    assert journey.version == sent.version
    assert journey.outline.questions["title"].label == "title (en)"


def test_a_language_that_the_form_lacks_is_that_of_the_submission():
    steps = [step("one", short_text("a"))]
    call = make_call()
    texts = texts_of({"steps": steps})
    version = make_version(call.form, *steps, texts={"it": texts["it"]})
    journey = Journey(make_draft(call, version=version, language="it"), language="ka")
    assert journey.language == "it"
    assert journey.outline.questions["a"].label == "a (it)"


def test_a_language_that_neither_form_nor_submission_has_is_the_next_best_as_on_all_pages():
    steps = [step("one", short_text("a"))]
    call = make_call()
    texts = texts_of({"steps": steps})
    version = make_version(call.form, *steps, texts={language: texts[language] for language in ("ka", "en")})
    journey = Journey(make_draft(call, version=version, language="ar"), language="ar")
    assert journey.language == "en"


# --- Surroundings ------------------------------------------------------------------------------


def test_nobody_chooses_an_organisation_of_others():
    owner = UserFactory()
    mine, other = make_organisation(owner, name="Mine"), make_organisation(UserFactory(), name="Other")
    draft = make_draft(owner=owner)
    fill(draft, **USUAL, organisation=str(other.pk))
    assert Journey(draft).answers()["organisation"] is None
    assert "applicant" in Journey(draft).problems()
    fill(draft, **USUAL, organisation=str(mine.pk))
    assert Journey(draft).answers()["organisation"] == {"id": mine.pk, "name": "Mine"}


def test_removed_files_are_no_answer(stopped_clock):
    draft = make_filled()
    there, gone = make_upload(draft), make_upload(draft, removed_at=stopped_clock.now)
    [answer] = Journey(draft).answers()["plan"]
    assert answer["token"] == str(there.token) != str(gone.token)


# --- Unlocked questions ------------------------------------------------------------------------


def test_only_what_was_unlocked_can_be_changed_and_what_depends_on_it():
    sent = make_sent()
    journey = Journey(sent, only=frozenset({"partners"}))
    assert [step.key for step in journey.steps] == ["project"]
    form = journey.form("project", post("project", partners="yes", which="Two", title="Other"))
    assert list(form.fields) == ["partners", "which"]
    assert form.raw["title"] == [USUAL["title"]]
    assert journey.answers()["title"] == USUAL["title"]


def test_what_stands_is_not_judged_again():
    sent = make_sent()
    StepData.objects.filter(submission=sent, step="project").update(
        data={"partners": ["yes"], "which": ["Two"]}
    )
    journey = Journey(sent, only=frozenset({"partners"}))
    assert journey.problems() == {}
    assert journey.answers()["title"] == USUAL["title"]
    assert journey.answers()["which"] == "Two"


# --- Costs -------------------------------------------------------------------------------------


def test_a_journey_asks_for_rows_and_version_only(django_assert_num_queries):
    draft = fill(draft_of(step("one", yes_no("a")), step("two", short_text("b"))), a="yes", b="well")
    draft = type(draft).objects.select_related("version", "application__call").get(pk=draft.pk)
    with django_assert_num_queries(2):
        journey = Journey(draft)
        _all = (journey.steps, journey.first_open, journey.form("two"), journey.answers(), journey.problems())


def test_complete_steps_are_not_judged_for_the_list_of_steps(monkeypatch):
    draft = make_filled()
    judged = []
    judge = reading._judge

    def note(found, item, *more):
        judged.append(item.key)
        judge(found, item, *more)

    monkeypatch.setattr(reading, "_judge", note)
    journey = Journey(draft)
    assert {step.state for step in journey.steps} == {StepState.DONE}
    assert judged == ["partners"]


def test_an_outline_is_read_once_for_a_version_and_language():
    draft = make_filled()
    assert Journey(draft, language="it").outline is Journey(draft, language="it").outline
    assert Journey(draft, language="it").outline is not Journey(draft, language="de").outline
