"""Answering what the office has asked: the named questions change, and nothing else can."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.core import clock
from cms.forms import frozen
from cms.forms.domain.clarify import clarify
from cms.forms.domain.errors import NotNowError
from cms.forms.domain.send_again import Line, NothingNewError, send_again
from cms.forms.domain.take_back import take_back
from cms.forms.domain.transition import transition
from cms.forms.enums import Phase
from cms.forms.models import Note, StateChange, StepData
from cms.messages.models import Message
from tests.accounts.factories import person_with
from tests.forms.factories import make_call, make_filled, make_organisation, make_sent
from tests.forms.uploads.samples import pdf

pytestmark = pytest.mark.django_db


def state(submission):
    submission.refresh_from_db()
    submission.application.refresh_from_db()
    return submission.application.state


def answers(submission, number):
    return frozen.thaw(submission.versions.get(number=number))


# --- Answering: what must not be possible -----------------------------------------------------


def test_without_a_question_nothing_can_be_changed(browser, sent, at, change, reply):
    assert browser.get(at("answer", sent)).url == at("status", sent)
    assert browser.get(at("answer_step", sent, "project")).url == at("status", sent)
    page = change("project", title="Smuggled")
    assert page.status_code == 409
    assert "Smuggled" in page.content.decode()  # What was typed can be copied.
    assert browser.post(at("answer", sent), {"number": 1, "text": "Hello"}).url == at("status", sent)
    assert sent.versions.count() == 1
    assert "Smuggled" not in str(list(StepData.objects.values("data")))


def test_other_questions_cannot_be_smuggled_in(sent, ask, change, reply, browser, at):
    asked = ask("title")
    page = browser.get(at("answer_step", sent, "project")).content.decode()
    assert 'name="project-title"' in page
    assert 'name="project-summary"' not in page
    change("project", title="Tables", summary="Smuggled", partners="yes", which="Smuggled", serial=1)
    for step in ("budget", "applicant", "declarations", "nonsense"):
        assert change(step, amount="9999", person="Smuggled").status_code == 404
    reply(asked, summary="Smuggled", **{"project-summary": "Smuggled", "status": "accepted"})
    after = answers(sent, 2)
    assert after == answers(sent, 1) | {"title": "Tables"}
    assert "Smuggled" not in str([*StepData.objects.values("data", "shown")])


def test_the_old_page_of_a_step_does_not_open_again(browser, sent, ask, at, save):
    ask("title")
    save(sent, "project", title="Smuggled", summary="Smuggled")
    assert browser.get(at("step", sent, "project")).url == at("status", sent)
    browser.post(at("check", sent))
    assert sent.versions.count() == 1
    assert "Smuggled" not in str([*StepData.objects.values("data")])


def test_the_answer_counts_for_the_question_that_was_on_the_page(sent, ask, officer, change, reply):
    first = ask("title")
    change("project", title="Tables")
    take_back(submission=sent, by=officer)
    second = ask("summary")
    reply(first, "Hello")
    assert sent.versions.count() == 1
    assert not Note.objects.exists()
    assert state(sent) == "clarification"
    for nonsense in ("", "x", "-1", "9" * 30, second.pk + 1000):
        reply(second, "Hello", number=nonsense)
    assert sent.versions.count() == 1
    reply(second, "It is as it was.")
    assert answers(sent, 2) == answers(sent, 1)  # What was typed for the first question is not sent.


def test_what_was_asked_elsewhere_is_not_answered_here(sent, ask, browser, at):
    other = make_sent(make_call())
    staff = person_with(Role.OFFICER, other.unit)
    foreign = clarify(submission=other, text="?", keys=["title"], due_on=None, by=staff)
    ask("title")
    browser.post(at("answer", sent), {"number": foreign.pk, "text": "Hello"})
    foreign.refresh_from_db()
    assert foreign.is_open
    assert sent.versions.count() == 1


def test_answering_twice_sends_once(sent, ask, change, reply):
    asked = ask("title")
    change("project", title="Tables")
    key = uuid4()
    for _twice in range(2):
        assert reply(asked, "Done.", key).status_code == 302
    assert sent.versions.count() == 2
    assert Note.objects.count() == 1
    assert StateChange.objects.filter(verb="answer").count() == 1
    assert change("project", title="Third").status_code == 409


def test_wrong_answers_are_not_sent(sent, ask, change, reply):
    asked = ask("title")
    page = change("project", title="")
    assert 'role="alert"' in page.content.decode()
    page = reply(asked, "Please take it.")
    assert page.status_code == 200
    assert "Please take it." in page.content.decode()
    assert sent.versions.count() == 1
    assert state(sent) == "clarification"


def test_nothing_new_is_not_sent(sent, ask, reply, person):
    asked = ask("title")
    page = reply(asked, "  ")
    assert 'role="alert"' in page.content.decode()
    with pytest.raises(NothingNewError):
        send_again(submission=sent, number=asked.pk, arrived=clock.now(), by=person)
    assert sent.versions.count() == 1


def test_two_windows_notice_each_other(sent, ask, change):
    ask("title")
    assert change("project", title="Here", serial=1).status_code == 302
    page = change("project", title="There", serial=1)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Here" in text
    assert "There" in text
    assert "/answer/project/" in text


# --- Answering: what is possible --------------------------------------------------------------


def test_an_answer_freezes_a_second_version_and_goes_on(browser, sent, ask, change, reply, officer, at):
    sent.assignee = officer
    sent.save()
    asked = ask("title", "amount")
    hub = browser.get(at("answer", sent)).content.decode()
    assert "Who is meant?" in hub
    assert hub.count("As you sent it:") == 0
    assert change("project", title="Tables for all").url == at("answer", sent)
    change("budget", amount="750,50")
    hub = browser.get(at("answer", sent)).content.decode()
    assert hub.count("As you sent it:") == 2
    assert "სამეზობლო მაგიდა" in hub
    assert "Tables for all" in hub
    assert sent.versions.count() == 1
    assert reply(asked, "The sum was wrong.").url == at("status", sent)

    first, second = sent.versions.all()
    assert (second.stage, second.number, second.sent_by) == (first.stage, 2, sent.owner)
    assert frozen.broken(second) == []
    before, after = frozen.thaw(first), frozen.thaw(second)
    assert {key for key in before | after if before.get(key) != after.get(key)} == {"title", "amount"}
    assert (state(sent), sent.phase, sent.title) == ("screening", Phase.WORKING, "Tables for all")
    assert str(sent.application.amount_requested) == "750.50"
    asked.refresh_from_db()
    assert (asked.after, asked.is_open) == (second, False)
    entry = Entry.objects.get(action="forms.answered")
    assert entry.details == {"clarification": asked.pk, "version": 2, "keys": ["title", "amount"]}
    assert Message.objects.get(template="forms/answered").email == officer.email
    assert Note.objects.get().by_staff is False
    page = browser.get(at("status", sent)).content.decode()
    assert at("sent", sent, 2) in page
    assert "What we ask you" not in page


def test_an_answer_that_brings_up_a_question_asks_it_and_one_that_hides_it_drops_it(
    browser, sent, ask, change, reply, officer
):
    asked = ask("partners")
    page = change("project", partners="yes")
    assert 'name="project-which"' in page.content.decode()
    change("project", partners="yes", which="The school")
    reply(asked)
    assert answers(sent, 2)["which"] == "The school"
    again = ask("partners")
    change("project", partners="no", which="The school")
    reply(again)
    assert "which" not in answers(sent, 3)
    assert answers(sent, 2)["which"] == "The school"


def test_a_file_is_asked_for_and_sent(browser, sent, ask, change, reply, at):
    asked = ask("plan")
    page = change("budget", files={"budget-plan": SimpleUploadedFile("plan.pdf", b"no paper")})
    assert 'role="alert"' in page.content.decode()
    photo = SimpleUploadedFile("plan.pdf", pdf())
    assert change("budget", files={"budget-plan": photo}).url == at("answer", sent)
    assert "plan.pdf" in browser.get(at("answer", sent)).content.decode()
    reply(asked)
    assert [file["name"] for file in answers(sent, 2)["plan"]] == ["plan.pdf"]
    assert sent.uploads.get().frozen
    again = ask("plan")
    change("budget", button={"remove": "nonsense"})
    assert change("budget", button={"remove": str(sent.uploads.get().token)}).status_code == 302
    reply(again)
    assert answers(sent, 3)["plan"] is None
    assert answers(sent, 2)["plan"]
    response = browser.get(at("file", sent, sent.uploads.get().token))  # Of the second version.
    assert b"".join(response.streaming_content) == pdf()


def test_special_answers_stay_sealed_and_unopened(sent, ask, change, reply):
    asked = ask("health")
    change("budget", health="Asthma")
    reply(asked)
    second = sent.versions.get(number=2)
    assert "Asthma" not in str(second.answers) + second.sealed
    assert answers(sent, 2)["health"] == "Asthma"
    assert "Asthma" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_an_answer_after_the_deadline_of_the_call_counts(sent, ask, change, reply, stopped_clock):
    asked = ask("title")
    stopped_clock.move(days=60)
    change("project", title="Late but asked")
    reply(asked)
    assert answers(sent, 2)["title"] == "Late but asked"


def test_an_organisation_that_left_the_account_stays_as_it_was_sent(person, browser, at):
    organisation = make_organisation(person)
    draft = make_filled(
        make_call(), owner=person, language="en", typed={"organisation": str(organisation.pk)}
    )
    browser.post(at("check", draft))
    draft.refresh_from_db()
    organisation.members.all().delete()
    staff = person_with(Role.OFFICER, draft.unit)
    asked = clarify(submission=draft, text="?", keys=["title"], due_on=None, by=staff)
    line = Line(text="It is right.", key=uuid4())
    send_again(submission=draft, number=asked.pk, arrived=clock.now(), by=person, line=line)
    assert answers(draft, 2)["organisation"]["id"] == organisation.pk


@pytest.mark.parametrize("language", ["ka", "ar", "de", "it"])
def test_the_pages_of_an_answer_are_shown_in_every_language(browser, sent, ask, at, language):
    ask("title", "plan")
    for address in (
        at("answer", sent),
        at("answer_step", sent, "project"),
        at("answer_step", sent, "budget"),
    ):
        page = browser.get(address.replace("/en/", f"/{language}/", 1))
        assert page.status_code == 200
        assert len(re.findall("<h1", page.content.decode())) == 1


def test_staff_cannot_set_off_what_applicants_do_by_moving(sent, officer):
    with pytest.raises(NotNowError):
        transition(submission=sent, verb="answer", by=officer)
