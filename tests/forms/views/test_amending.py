"""Changing what was sent without being asked: it counts when it is sent, and leaves no trace before."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.audit.models import Entry
from cms.core import clock
from cms.forms import frozen
from cms.forms.domain.amend import drop_amendment
from cms.forms.domain.errors import BusyError, IncompleteError, NotNowError
from cms.forms.domain.send_again import AmendmentOverError, NothingChangedError
from cms.forms.domain.withdraw import withdraw
from cms.forms.enums import Phase
from cms.forms.journey.way import raw_of
from cms.forms.models import Reopening, SentCopy, StateChange, SubmissionVersion
from cms.messages.models import Message
from tests.forms.amending import Amendable, begin, send_change
from tests.forms.factories import USUAL, fill, make_call, make_draft, make_filled, make_upload
from tests.forms.factories import send as send_first
from tests.forms.uploads.samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def amendable(monkeypatch):
    return Amendable(monkeypatch)


@pytest.fixture
def page(browser, at, sent):
    """Return a function that reads a page: `page("status")`."""

    def text(name, *arguments):
        response = browser.get(at(name, sent, *arguments))
        assert response.status_code == 200
        return response.content.decode()

    return text


@pytest.fixture
def press(browser, at, sent):
    """Return a function that presses a button: `press("amend")`."""
    return lambda name, data=None: browser.post(at(name, sent), data or {})


def answers(submission, number):
    return frozen.thaw(submission.versions.get(number=number))


def typed(submission):
    """Return everything that stands in the working copy, files included."""
    rows = {row.step: (raw_of(row), row.shown, row.complete) for row in submission.steps.all()}
    here = submission.uploads.filter(removed_at=None).values_list("token", flat=True)
    return rows, set(here)


# --- What must not be possible ----------------------------------------------------------------


def test_where_the_kind_says_no_nothing_opens(browser, sent, at, page, press, change, amendable):
    amendable.over()
    assert at("amend", sent) not in page("status")
    assert press("amend").url == at("status", sent)
    with pytest.raises(NotNowError):
        begin(sent)
    assert browser.get(at("answer", sent)).url == at("status", sent)
    assert change("project", title="Smuggled").status_code == 409
    assert not Reopening.objects.exists()
    assert "Smuggled" not in str(typed(sent))


def test_a_draft_is_not_changed_like_this(filled):
    with pytest.raises(NotNowError):
        begin(filled)


def test_a_look_begins_and_drops_nothing(browser, sent, at):
    for name in ("amend", "drop_amendment"):
        assert browser.get(at(name, sent)).status_code == 405
    assert not Reopening.objects.exists()


def test_nothing_counts_before_it_is_sent(sent, page, press, change):
    before = typed(sent)
    press("amend")
    change("project", title="Tables for all")
    sent.refresh_from_db()
    assert sent.title == USUAL["title"]
    assert (sent.versions.count(), sent.phase) == (1, Phase.NEW)
    assert "Tables for all" not in page("sent", 1)
    assert typed(sent) != before
    assert Message.objects.filter(template="forms/answered").count() == 0


def test_the_same_again_is_not_sent(sent, press, change):
    opened = begin(sent)
    change("project", **{**USUAL, "title": USUAL["title"]})
    with pytest.raises(NothingChangedError):
        send_change(sent, opened)
    answer = press("answer", {"number": opened.pk, "text": "Smuggled"})
    assert answer.status_code == 200
    assert "You have not changed any answer yet" in answer.content.decode()
    assert sent.versions.count() == 1
    assert not sent.notes.exists()


def test_too_late_it_is_not_sent_and_stays_to_be_read(sent, page, press, change, amendable):
    opened = begin(sent)
    change("project", **{**USUAL, "title": "Too late"})
    amendable.over()
    with pytest.raises(AmendmentOverError):
        send_change(sent, opened)
    answer = press("answer", {"number": opened.pk})
    assert answer.status_code == 302
    assert "cannot be changed here any more" in page("status")
    hub = page("answer")
    assert "Too late" in hub
    assert "Send the change" not in hub
    assert "Change<" not in hub
    assert sent.versions.count() == 1
    press("drop_amendment")
    assert not SentCopy.objects.exists()
    assert "Your change comes too late" not in page("status")


def test_a_request_that_was_held_back_is_judged_by_the_last_save(sent, change, amendable, stopped_clock):
    opened, arrived = begin(sent), clock.now()
    amendable.until = arrived + timedelta(minutes=30)
    stopped_clock.move(hours=1)
    change("project", **{**USUAL, "title": "Written later"})
    with pytest.raises(AmendmentOverError):
        send_change(sent, opened, arrived=arrived)
    assert sent.versions.count() == 1


def test_what_arrived_in_time_counts(sent, change, amendable, stopped_clock):
    opened, arrived = begin(sent), clock.now()
    change("project", **{**USUAL, "title": "In time"})
    amendable.until = arrived
    stopped_clock.move(minutes=5)
    assert send_change(sent, opened, arrived=arrived).number == 2


def test_wrong_answers_and_refusals_of_the_kind_stand_at_their_question(sent, page, press, change, amendable):
    opened = begin(sent)
    change("applicant", **{**USUAL, "email": "nonsense"})
    with pytest.raises(IncompleteError):
        send_change(sent, opened)
    change("applicant", **{**USUAL, "phone": "+995 322 99 99 99"})
    amendable.wrong = {"person": "There is no free seat for one more"}
    answer = press("answer", {"number": opened.pk})
    part = answer.content.decode().split('id="part-1"')[1].split('id="part-2"')[0]
    assert "There is no free seat for one more" in part
    amendable.wrong = {"": "Everything is taken"}
    assert "Everything is taken" in press("answer", {"number": opened.pk}).content.decode()
    amendable.wrong = {}
    assert "99 99 99" in page("answer")
    assert sent.versions.count() == 1
    assert press("answer", {"number": opened.pk}).url
    assert answers(sent, 2)["phone"] == "+995322999999"


def test_a_change_that_was_dropped_is_not_sent_by_a_page_that_is_still_open(sent, press, change, browser, at):
    first = begin(sent)
    change("project", **{**USUAL, "title": "First"})
    serial = sent.steps.get(step="project").serial
    drop_amendment(submission=sent, by=sent.owner)
    with pytest.raises(NotNowError):
        send_change(sent, first)
    second = begin(sent)
    old = {"number": first.pk, "serial": serial, "project-title": "Late text", "project-partners": "no"}
    answer = browser.post(at("answer_step", sent, "project"), old)
    assert answer.status_code == 409
    assert "Late text" in answer.content.decode()
    assert change("project", serial=serial, **{**USUAL, "title": "Late text"}).status_code == 409
    with pytest.raises(NothingChangedError):
        send_change(sent, second)


def test_what_is_withdrawn_is_not_changed(sent, press):
    opened = begin(sent)
    withdraw(submission=sent, by=sent.owner)
    with pytest.raises(NotNowError):
        send_change(sent, opened)
    assert not Reopening.objects.get().is_open


# --- What is possible -------------------------------------------------------------------------


def test_all_questions_are_open_and_the_way_is_told(browser, sent, at, page, press):
    assert f'"{at("amend", sent)}"' in page("status")
    for _twice in range(2):
        assert press("amend").url == at("answer", sent)
    assert Reopening.objects.count() == 1
    status = page("status")
    assert "It counts only when you send it" in status
    assert at("drop_amendment", sent) in status
    assert f'"{at("amend", sent)}"' not in status
    hub = page("answer")
    assert "Change what you sent" in hub
    assert "Answer our question" not in hub
    assert "<textarea" not in hub
    for step in ("applicant", "project", "budget", "declarations"):
        assert at("answer_step", sent, step) in hub
    assert "Only what we ask about" not in page("answer_step", "project")


def test_a_change_freezes_a_further_version_and_leaves_the_state_alone(
    browser, sent, at, page, press, change, officer, amendable
):
    sent.assignee = officer
    sent.save()
    told, moves = Message.objects.count(), StateChange.objects.count()
    opened = begin(sent)
    assert change("project", **{**USUAL, "title": "Tables for all"}).url == at("answer", sent)
    change("applicant", **{**USUAL, "phone": "+995 322 99 99 99"})
    hub = page("answer")
    assert hub.count("As you sent it:") == 2
    assert USUAL["title"] in hub
    amendable.seen.clear()
    assert press("answer", {"number": opened.pk}).url == at("status", sent)
    assert [name for name in amendable.seen if name != "may_amend"][:4] == [
        "lock_shared",
        "lock",
        "check_in_lock",
        "on_sent",
    ]

    first, second = sent.versions.all()
    assert (second.stage, second.number, second.sent_by) == (first.stage, 2, sent.owner)
    assert frozen.broken(second) == []
    before, after = frozen.thaw(first), frozen.thaw(second)
    assert {key for key in before | after if before.get(key) != after.get(key)} == {"title", "phone"}
    sent.refresh_from_db()
    assert (sent.phase, sent.title, sent.phone) == (Phase.NEW, "Tables for all", "+995322999999")
    assert (Message.objects.count(), StateChange.objects.count()) == (told, moves)
    entry = Entry.objects.get(action="forms.amended")
    assert entry.details == {"amendment": opened.pk, "version": 2, "keys": ["phone", "title"]}
    assert not SentCopy.objects.exists()
    status = page("status")
    assert "What you have changed counts from now on" in status
    assert "The answers after your change" in status
    assert at("amend", sent) in status
    assert at("sent", sent, 2) in status


def test_two_windows_send_one_version(sent, press, change):
    opened = begin(sent)
    change("project", **{**USUAL, "title": "Tables"})
    for _twice in range(2):
        assert press("answer", {"number": opened.pk}).status_code == 302
    assert sent.versions.count() == 2
    assert Entry.objects.filter(action="forms.amended").count() == 1
    assert send_change(sent, opened) == sent.versions.get(number=2)


@pytest.mark.expects_error_log("django.request")
def test_whoever_comes_at_a_busy_moment_tries_twice(sent, press, change, amendable):
    opened = begin(sent)
    change("project", **{**USUAL, "title": "Tables"})
    amendable.busy(2)
    with pytest.raises(BusyError):
        send_change(sent, opened)
    amendable.busy(2)
    answer = press("answer", {"number": opened.pk})
    assert answer.status_code == 503
    assert "Very many people are sending" in answer.content.decode()
    assert "Tables" in answer.content.decode()
    amendable.busy(1)
    assert press("answer", {"number": opened.pk}).status_code == 302
    assert answers(sent, 2)["title"] == "Tables"


def test_a_dropped_change_leaves_no_trace(browser, person, at):
    draft = make_draft(make_call(), owner=person, language="en")
    sent_file = make_upload(draft)
    fill(draft, **USUAL, health="Asthma")
    send_first(draft)
    before = typed(draft)
    sealed = draft.steps.get(step="budget").sealed
    begin(draft)
    files = {"budget-plan": SimpleUploadedFile("more.pdf", pdf())}
    serial = {"serial": 1}
    budget = {"budget-amount": "900", "budget-health": "Nothing", **serial}
    page = at("answer_step", draft, "budget")
    assert browser.post(page, budget | files).status_code == 302
    browser.post(page, {**budget, "serial": 2, "remove": str(sent_file.token)})
    browser.post(at("answer_step", draft, "project"), {"project-title": "", **serial})
    added = draft.uploads.get(name="more.pdf")
    after = typed(draft)
    assert after != before
    assert after[1] == {added.token}
    assert browser.post(at("drop_amendment", draft)).url == at("status", draft)
    assert typed(draft) == before
    assert draft.steps.get(step="budget").sealed == sealed
    added.refresh_from_db()
    assert added.removed_at
    assert not Reopening.objects.get().is_open
    assert not SentCopy.objects.exists()
    assert browser.post(at("drop_amendment", draft)).status_code == 302  # Twice is no error.
    with pytest.raises(NothingChangedError):
        send_change(draft, begin(draft))


def test_special_answers_stay_sealed(sent, change):
    opened = begin(sent)
    change("budget", **{**USUAL, "health": "Wheelchair"})
    assert "Wheelchair" not in str(list(SentCopy.objects.values()))
    send_change(sent, opened)
    second = sent.versions.get(number=2)
    assert "Wheelchair" not in str(second.answers) + second.sealed
    assert answers(sent, 2)["health"] == "Wheelchair"
    assert "Wheelchair" not in str(list(Entry.objects.values_list("details", flat=True)))
    sent.refresh_from_db()
    assert "Wheelchair" not in sent.search_text
    again = begin(sent)
    change("budget", **{**USUAL, "health": "No more"})
    assert "Wheelchair" not in str(list(SentCopy.objects.values()))
    send_change(sent, again)
    assert sent.versions.count() == 3


def test_an_answer_that_hides_a_question_drops_it(sent, change):
    opened = begin(sent)
    change("project", **{**USUAL, "partners": "yes", "which": "The school"})
    send_change(sent, opened)
    again = begin(sent)
    change("project", **{**USUAL, "partners": "no", "which": "The school"})
    send_change(sent, again)
    assert answers(sent, 2)["which"] == "The school"
    assert "which" not in answers(sent, 3)


# --- How it looks, and what it costs ----------------------------------------------------------


@pytest.mark.parametrize("language", ["ka", "ar", "de", "it"])
def test_the_pages_are_shown_in_every_language(browser, sent, at, language):
    begin(sent)
    for address in (at("status", sent), at("answer", sent), at("answer_step", sent, "budget")):
        page = browser.get(address.replace("/en/", f"/{language}/", 1))
        assert page.status_code == 200
        assert len(re.findall("<h1", page.content.decode())) == 1


def test_what_it_costs(browser, person, at):
    sent = make_filled(make_call(), owner=person, language="en")
    send_first(sent)
    browser.get(at("status", sent))

    def cost(method, name, *arguments, **data):
        with CaptureQueriesContext(connection) as queries:
            assert getattr(browser, method)(at(name, sent, *arguments), data).status_code < 400
        return len([query for query in queries if "cms_forms" in query["sql"]])

    assert cost("post", "amend") <= 10
    opened = Reopening.objects.get()
    assert cost("get", "status") <= 5
    assert cost("get", "answer") <= 6
    assert cost("get", "answer_step", "project") <= 5
    title = {f"project-{name}": USUAL[name] for name in ("title", "summary", "partners")}
    assert cost("post", "answer_step", "project", **title | {"project-title": "x", "serial": 1}) <= 9
    assert cost("post", "answer", number=opened.pk) <= 15
    assert SubmissionVersion.objects.count() == 2
