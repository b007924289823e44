"""Saving a step: nothing of somebody else's, nothing lost, two tabs notice each other."""

import pytest

from cms.core import clock
from cms.forms.domain.errors import NotNowError
from cms.forms.domain.save_step import Conflict, Saved, save_step
from cms.forms.enums import Cause, Phase
from cms.forms.journey import Journey
from cms.forms.models import StepData, Submission
from tests.forms.factories import (
    USUAL,
    equals,
    make_call,
    make_draft,
    make_filled,
    make_sent,
    short_text,
    step,
    yes_no,
)

pytestmark = pytest.mark.django_db

IF_YES = equals("a", value=True)


def draft_of(*steps, **fields):
    return make_draft(make_call(*steps), **fields)


def save(draft, key, raw, *, serial=0, shown=None, complete=False, **opened):
    journey = Journey(Submission.objects.get(pk=draft.pk), **opened)
    shown = raw if shown is None else shown
    return save_step(journey=journey, step=key, raw=raw, shown=shown, serial=serial, complete=complete)


def reopened(sent, **fields):
    return sent.reopenings.create(cause=Cause.QUESTION, before=sent.versions.get(), **fields)


def row(draft, key="one"):
    return StepData.objects.get(submission=draft, step=key)


# --- What is not saved -------------------------------------------------------------------------


def test_unknown_keys_are_dropped():
    draft = draft_of(step("one", short_text("a")), step("two", short_text("b")))
    save(draft, "one", {"a": ["x"], "b": ["of another step"], "status": ["accepted"], "phase": ["closed"]})
    assert row(draft).data == {"a": ["x"]}
    assert Submission.objects.get(pk=draft.pk).phase == Phase.DRAFT


@pytest.mark.parametrize("key", ["nobody", "two", ""])
def test_a_step_that_is_unknown_or_hidden_is_refused(key):
    draft = draft_of(step("one", yes_no("a")), step("two", short_text("b"), condition=IF_YES))
    with pytest.raises(NotNowError):
        save(draft, key, {"b": ["x"]})
    assert not StepData.objects.exists()


def test_what_was_sent_does_not_change():
    sent = make_sent()
    before = row(sent, "project").data
    with pytest.raises(NotNowError):
        save(sent, "project", {"title": ["Other"]}, serial=1)
    opened = {"only": frozenset({"title"}), "reopening": reopened(sent, dropped_at=clock.now()).pk}
    with pytest.raises(NotNowError):  # A page that was open when the office took its question back.
        save(sent, "project", {"title": ["Other"]}, serial=1, **opened)
    assert row(sent, "project").data == before


def test_it_is_the_row_that_says_whether_it_was_sent():
    """The page was loaded as a draft; meanwhile it was sent."""
    draft = make_filled()
    journey = Journey(Submission.objects.get(pk=draft.pk))
    Submission.objects.filter(pk=draft.pk).update(
        phase=Phase.NEW, reference="X", received_at=draft.created_at
    )
    with pytest.raises(NotNowError):
        save_step(journey=journey, step="project", raw={}, shown=[], serial=1, complete=False)


def test_only_unlocked_answers_change():
    sent = make_sent()
    opened = {"only": frozenset({"summary"}), "reopening": reopened(sent).pk}
    save(sent, "project", {"summary": ["New"], "title": ["Other"], "which": ["x"]}, serial=1, **opened)
    data = row(sent, "project").data
    assert (data["summary"], data["title"]) == (["New"], [USUAL["title"]])
    assert "which" not in data


# --- Special categories ------------------------------------------------------------------------


def test_special_answers_stand_sealed_only():
    draft = draft_of(step("one", short_text("a"), short_text("health", pii="special")))
    save(draft, "one", {"a": ["x"], "health": ["ქრონიკული"]})
    saved = row(draft)
    assert saved.data == {"a": ["x"]}
    assert "ქრონიკული" not in saved.sealed
    assert Journey(draft).form("one")["health"].value() == "ქრონიკული"


def test_an_answer_whose_key_is_lost_is_asked_again(settings):
    draft = draft_of(step("one", short_text("a"), short_text("health", pii="special")))
    save(draft, "one", {"a": ["x"], "health": ["y"]}, complete=True)
    settings.SECRET_KEY = "lost"  # noqa: S105 - known to this test only
    assert Journey(draft).answers() == {"a": "x", "health": None}


# --- Two tabs ----------------------------------------------------------------------------------


def test_an_old_page_with_other_texts_changes_nothing_and_gets_both():
    draft = draft_of(step("one", short_text("a"), short_text("health", pii="special")))
    save(draft, "one", {"a": ["first"], "health": ["h1"]})
    save(draft, "one", {"a": ["second"], "health": ["h2"]}, serial=1)
    result = save(draft, "one", {"a": ["third"], "health": ["h2"]}, serial=1)
    mine, theirs = {"a": ["third"], "health": ["h2"]}, {"a": ["second"], "health": ["h2"]}
    assert result == Conflict(mine, theirs, 2)
    assert result.names == ["a"]
    assert row(draft).data == {"a": ["second"]}
    assert row(draft).serial == 2
    assert save(draft, "one", mine, serial=result.serial) == Saved(3)


def test_two_tabs_that_both_begin_notice_each_other():
    draft = draft_of(step("one", short_text("a")))
    assert save(draft, "one", {"a": ["x"]}) == Saved(1)
    assert isinstance(save(draft, "one", {"a": ["y"]}), Conflict)


def test_the_same_texts_again_are_no_conflict():
    draft = draft_of(step("one", short_text("a"), short_text("health", pii="special")))
    raw = {"a": ["x"], "health": ["y"]}
    assert [save(draft, "one", raw) for _repeat in range(3)] == [Saved(1)] * 3
    assert save(draft, "one", raw, serial=7, complete=True) == Saved(1)
    assert row(draft).complete


# --- What is saved -----------------------------------------------------------------------------


def test_nonsense_is_kept_as_it_was_typed():
    draft = make_draft()
    raw = {"amount": ["1.2.3,4 €€"], "health": ["x" * 10_000], "plan": ["no file"]}
    save(draft, "budget", raw)
    assert row(draft, "budget").data == {"amount": ["1.2.3,4 €€"], "plan": ["no file"]}
    assert Journey(draft).form("budget").raw == raw


def test_what_is_hidden_now_is_kept_too():
    draft = draft_of(step("one", yes_no("a"), short_text("b", condition=IF_YES)))
    save(draft, "one", {"a": ["no"], "b": ["typed"]}, shown=["a"])
    assert row(draft).data == {"a": ["no"], "b": ["typed"]}
    assert row(draft).shown == ["a"]
    assert Journey(draft).answers() == {"a": False}


def test_nul_does_not_reach_the_database():
    draft = draft_of(step("one", short_text("a")))
    save(draft, "one", {"a": ["be\0fore \udfff"]})
    assert row(draft).data == {"a": ["be\ufffdfore \ufffd"]}


def test_the_journey_goes_on_with_what_was_saved(stopped_clock):
    draft = draft_of(step("one", yes_no("a")), step("two", short_text("b"), condition=IF_YES))
    journey = Journey(draft)
    assert len(journey.steps) == 1
    stopped_clock.move(hours=1)
    saved = save_step(journey=journey, step="one", raw={"a": ["yes"]}, shown=["a"], serial=0, complete=True)
    assert journey.first_open.key == "two"
    assert journey.serial("one") == saved.serial == 1
    assert Submission.objects.get(pk=draft.pk).saved_at == stopped_clock.now


def test_saving_costs_few_queries(django_assert_max_num_queries):
    draft = make_filled()
    loaded = Submission.objects.select_related("version__form", "application__call", "owner").get(pk=draft.pk)
    with django_assert_max_num_queries(8):
        journey = Journey(loaded)
        form = journey.form("project", {"project-title": "New"})
        save_step(
            journey=journey,
            step="project",
            raw=form.raw,
            shown=form.shown,
            serial=journey.serial("project"),
            complete=form.complete,
        )
        assert journey.first_open.key == "project"
