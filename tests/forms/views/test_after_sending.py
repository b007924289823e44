"""After sending: status, messages, withdrawing, and answering what the office has asked."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.accounts.enums import Role
from cms.core import clock
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.note import note
from cms.forms.domain.withdraw import withdraw
from cms.forms.domain.write import write
from cms.forms.enums import Audience, Phase
from cms.forms.models import Note, StateChange
from cms.messages.models import Message
from tests.accounts.factories import UserFactory, person_with
from tests.forms.factories import make_call, make_sent
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


def state(submission):
    submission.refresh_from_db()
    submission.application.refresh_from_db()
    return submission.application.state


# --- Doors ------------------------------------------------------------------------------------

PAGES = ("status", "answer", "withdraw", "write", "receipt")


@pytest.mark.parametrize("name", PAGES)
def test_what_somebody_else_sent_is_not_there(name, sent, at):
    stranger = sign_in(Client(), UserFactory(), proven=False)
    staff = sign_in(Client(), person_with(Role.OFFICER, sent.unit))
    for method in ("get", "post"):
        for client in (stranger, staff):
            assert getattr(client, method)(at(name, sent)).status_code in {404, 405}
        response = getattr(Client(), method)(at(name, sent))
        assert response.status_code == 405 or "/account/login/" in response.url


def test_a_draft_has_neither_status_nor_withdrawal(browser, filled, at):
    assert browser.get(at("status", filled)).url == at("tasks", filled)
    assert browser.post(at("write", filled), {"text": "Hello"}).url == at("tasks", filled)
    browser.post(at("withdraw", filled))
    assert state(filled) == "draft"
    with pytest.raises(NotNowError):
        write(submission=filled, text="Hello", by=None, key=uuid4())
    assert not Note.objects.exists()


# --- Status -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ka", "it", "de", "en", "ar"])
def test_the_status_is_shown_in_every_language(browser, sent, ask, at, language):
    ask("title")
    page = browser.get(at("status", sent).replace("/en/", f"/{language}/"))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert f"title ({language})" in text
    assert sent.reference in text
    assert "no-store" in page.headers["Cache-Control"]
    assert text.count('aria-current="step"') == 2  # On the bridge and on the path.


def test_what_staff_write_among_themselves_is_never_shown(browser, sent, officer, at):
    note(submission=sent, text="Not convinced.", audience=Audience.STAFF, by=officer, key=uuid4())
    note(submission=sent, text="<b>Thank you</b>", audience=Audience.APPLICANT, by=officer, key=uuid4())
    text = browser.get(at("status", sent)).content.decode()
    assert "Not convinced" not in text
    assert "&lt;b&gt;Thank you&lt;/b&gt;" in text
    assert "Olga" not in text


def test_the_status_costs_the_same_with_one_line_and_with_many(browser, sent, officer, at):
    browser.get(at("status", sent))
    with CaptureQueriesContext(connection) as few:
        browser.get(at("status", sent))
    for _number in range(3):
        note(submission=sent, text="Hello", audience=Audience.APPLICANT, by=officer, key=uuid4())
    with CaptureQueriesContext(connection) as many:
        browser.get(at("status", sent))
    assert len(few) == len(many)
    own = [query for query in many if "cms_forms" in query["sql"] or "cms_grants" in query["sql"]]
    assert len(own) <= 6


# --- Writing ----------------------------------------------------------------------------------


def test_a_line_sent_twice_is_written_once(browser, sent, officer, at):
    sent.assignee = officer
    sent.save()
    data = {"text": "  We have moved.  ", "idempotency_key": str(uuid4())}
    for _twice in range(2):
        assert browser.post(at("write", sent), data).url == at("status", sent)
    line = Note.objects.get()
    assert (line.text, line.audience, line.by_staff) == ("We have moved.", Audience.APPLICANT, False)
    mail = Message.objects.get(template="forms/written")
    assert mail.email == officer.email
    assert "moved" not in mail.body
    assert sent.reference in mail.subject
    assert "We have moved." in browser.get(at("status", sent)).content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "x" * 10_001])
def test_a_line_that_is_not_right_is_shown_again(browser, sent, at, text):
    page = browser.post(at("write", sent), {"text": text, "audience": "staff", "by_staff": "1"})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert text in page.content.decode()
    assert not Note.objects.exists()


def test_nobody_writes_with_the_key_of_another_line(sent, person):
    key = uuid4()
    write(submission=make_sent(make_call()), text="Hello", by=None, key=key)
    with pytest.raises(NotAllowedError):
        write(submission=sent, text="Hello", by=person, key=key)


def test_lines_are_counted(browser, sent, at):
    for number in range(31):
        page = browser.post(at("write", sent), {"text": str(number)})
    assert "Please wait" in page.content.decode()
    assert Note.objects.count() == 30


def test_who_may_not_read_it_any_more_is_not_told(sent, officer, person):
    sent.assignee = officer
    sent.save()
    officer.role_assignments.all().delete()
    write(submission=sent, text="Hello", by=person, key=uuid4())
    assert not Message.objects.filter(template="forms/written").exists()


# --- Withdrawing ------------------------------------------------------------------------------


def test_withdrawing_is_asked_and_done_once(browser, sent, at):
    text = browser.get(at("withdraw", sent)).content.decode()
    assert "cannot be undone" in text
    assert state(sent) == "submitted"
    for _twice in range(2):
        assert browser.post(at("withdraw", sent)).url == at("status", sent)
    assert (state(sent), sent.phase) == ("withdrawn", Phase.CLOSED)
    assert StateChange.objects.filter(submission=sent, verb="withdraw").count() == 1
    assert Message.objects.filter(template="forms/withdrawn").count() == 1
    assert browser.get(at("withdraw", sent)).url == at("status", sent)
    page = browser.get(at("status", sent)).content.decode()
    assert "Withdraw it" not in page
    assert 'class="crossing' not in page


def test_a_state_that_forbids_it_forbids_it(browser, sent, at):
    sent.application.state = "expired"  # No state of the table leads on from here.
    sent.application.save()
    with pytest.raises(NotNowError):
        withdraw(submission=sent, by=None)
    assert not Message.objects.filter(template="forms/withdrawn").exists()


def test_what_is_withdrawn_cannot_be_answered(browser, sent, ask, change, reply, person):
    asked = ask("title")
    change("project", title="Other")
    withdraw(submission=sent, by=person)
    asked.refresh_from_db()
    assert asked.dropped_at == clock.now()
    assert change("project", title="Third").status_code == 409
    reply(asked)
    assert sent.versions.count() == 1
    assert state(sent) == "withdrawn"
