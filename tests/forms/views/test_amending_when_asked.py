"""A change of one's own and a question of the office at the same time: nothing typed is lost."""

import pytest

from cms.forms import frozen
from cms.forms.domain.amend import drop_amendment
from cms.forms.domain.errors import BusyError, NotNowError
from cms.forms.domain.send_again import NothingChangedError
from cms.forms.domain.take_back import take_back
from cms.forms.journey.way import raw_of
from cms.forms.models import SentCopy
from tests.forms.amending import Amendable, begin, send_change
from tests.forms.factories import USUAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def amendable(monkeypatch):
    return Amendable(monkeypatch)


def answers(submission, number):
    return frozen.thaw(submission.versions.get(number=number))


def test_an_answer_to_the_office_locks_what_is_shared_first_and_tries_twice(sent, ask, reply, amendable):
    asked = ask("title")
    amendable.seen.clear()
    amendable.busy(1)
    assert reply(asked, "It is right.").status_code == 302
    assert amendable.seen[:3] == ["lock_shared", "lock_shared", "lock"]
    assert sent.versions.count() == 2


def test_asking_and_taking_back_lock_what_is_shared_first(sent, ask, officer, amendable):
    ask("title")
    assert amendable.seen[0] == "lock_shared"
    amendable.busy(1)
    with pytest.raises(BusyError):
        take_back(submission=sent, by=officer)
    assert sent.reopenings.get().is_open


def test_a_question_goes_first_and_the_change_waits(sent, ask, change, reply, browser, at):
    opened = begin(sent)
    change("project", **{**USUAL, "title": "Own wish", "summary": "Own summary"})
    asked = ask("title")
    status = browser.get(at("status", sent)).content.decode()
    assert "It waits until our question is settled" in status
    assert at("drop_amendment", sent) not in status
    for verb in (begin, lambda sent: drop_amendment(submission=sent, by=sent.owner)):
        with pytest.raises(NotNowError):
            verb(sent)
    with pytest.raises(NotNowError):
        send_change(sent, opened)
    old = {"number": opened.pk, "serial": 2, "project-title": "x", "project-summary": "Typed meanwhile"}
    answer = browser.post(at("answer_step", sent, "project"), old)
    assert answer.status_code == 409
    assert "Typed meanwhile" in answer.content.decode()
    change("project", title="For the office", summary="Smuggled")
    assert reply(asked).status_code == 302
    assert answers(sent, 2) == answers(sent, 1) | {"title": "For the office"}

    hub = browser.get(
        at("answer", sent)
    ).content.decode()  # Now the change goes on, with everything that was typed.
    assert hub.count("As you sent it:") == 1
    assert "Own summary" in hub
    send_change(sent, opened)
    assert answers(sent, 3) == answers(sent, 2) | {"summary": "Own summary"}
    opened.refresh_from_db()
    assert (opened.before.number, opened.after.number) == (2, 3)


def test_dropped_after_a_question_it_goes_back_to_the_answer(sent, ask, change, reply):
    begin(sent)
    change("project", **{**USUAL, "summary": "Own summary"})
    asked = ask("title")
    change("project", title="For the office")
    reply(asked)
    drop_amendment(submission=sent, by=sent.owner)
    data = raw_of(sent.steps.get(step="project"))
    assert (data["title"], data["summary"]) == (["For the office"], [USUAL["summary"]])
    with pytest.raises(NothingChangedError):
        send_change(sent, begin(sent))


def test_a_question_that_was_taken_back_lets_the_change_go_on(sent, ask, officer, change):
    opened = begin(sent)
    change("project", **{**USUAL, "summary": "Own summary"})
    ask("title")
    take_back(submission=sent, by=officer)
    send_change(sent, opened)
    assert answers(sent, 2) == answers(sent, 1) | {"summary": "Own summary"}


def test_what_was_typed_for_a_question_that_was_taken_back_is_no_wish(sent, ask, officer, change, reply):
    ask("title")
    change("project", title="Typed in vain")
    take_back(submission=sent, by=officer)
    second = ask("summary")
    change("project", summary="Answered")
    reply(second)
    opened = begin(sent)
    change("applicant", **{**USUAL, "phone": "+995 322 99 99 99"})
    send_change(sent, opened)
    expected = answers(sent, 1) | {"summary": "Answered", "phone": "+995322999999"}
    assert answers(sent, 3) == expected


def test_an_answered_question_keeps_no_copy(sent, ask, change, reply):
    asked = ask("title")
    assert SentCopy.objects.exists()
    change("project", title="Tables")
    reply(asked)
    assert not SentCopy.objects.exists()
