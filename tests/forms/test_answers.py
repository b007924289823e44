"""The door to answers: what somebody may not see is not opened."""

import pytest

from cms.forms import answers
from cms.forms.answers import State, Viewer, answers_for, owner, staff
from cms.forms.models import SubmissionVersion
from tests.forms.factories import (
    fill,
    make_call,
    make_draft,
    make_filled,
    make_version,
    send,
    short_text,
    step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def found(viewer, version, language="en"):
    version = SubmissionVersion.objects.select_related("form_version").get(pk=version.pk)
    steps = answers_for(viewer, version, language=language)
    return {answer.key: answer for step in steps for answer in step.answers}


@pytest.fixture
def version():
    return send(make_filled(typed={"health": "ქრონიკული"}))


def test_special_answers_are_not_even_opened_for_others(version, monkeypatch):
    monkeypatch.setattr(answers.vault, "unseal", None)
    seen = found(staff(special=False), version)
    assert seen["health"].state == State.HIDDEN
    assert (seen["health"].lines, seen["health"].value) == ([], None)
    assert "ქრონიკული" not in str(seen)


def test_whoever_may_sees_them(version):
    for viewer in (owner(), staff(special=True)):
        seen = found(viewer, version)["health"]
        assert (seen.state, seen.value) == (State.ANSWERED, "ქრონიკული")


def test_whoever_judges_without_names_sees_none():
    steps = [step("one", short_text("name", blind="hide"), short_text("idea"))]
    version = send(fill(make_draft(make_call(*steps)), name="Nino", idea="Tables"))
    seen = found(Viewer(blind=True), version)
    assert (seen["name"].state, seen["idea"].state) == (State.HIDDEN, State.ANSWERED)
    assert "Nino" not in str(seen)


def test_not_asked_is_not_unanswered(version):
    seen = found(staff(special=False), version)
    assert seen["which"].state == State.NOT_ASKED
    assert seen["starts"].state == State.UNANSWERED
    assert seen["partners"].state == State.ANSWERED
    assert seen["partners"].value is False
    assert len(seen["partners"].lines) == 1


def test_what_was_erased_or_has_lost_its_key_says_so(version, settings):
    del version.answers["person"]
    version.save()
    settings.SECRET_KEY = "lost"  # noqa: S105 - known to this test only
    seen = found(owner(), version)
    assert (seen["person"].state, seen["health"].state) == (State.ERASED, State.ERASED)


def test_labels_are_those_of_the_form_that_was_sent(version):
    make_version(version.form_version.form, en={"items.title.label": "Later"})
    assert found(owner(), version)["title"].label == "title (en)"
    assert found(owner(), version, language="it")["title"].label == "title (it)"
    assert found(owner(), version, language="xx")["title"].label == "title (ka)"


def test_it_asks_the_database_for_nothing(version, django_assert_num_queries):
    version = SubmissionVersion.objects.select_related("form_version").get(pk=version.pk)
    with django_assert_num_queries(0):
        assert [len(step.answers) for step in answers_for(owner(), version, language="ka")] == [4, 5, 3, 1]
