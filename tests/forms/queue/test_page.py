"""The page of one submission: nothing of others, nothing protected, everything else; and its verbs."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cms.accounts.enums import Role
from cms.accounts.models import Unit
from cms.audit.models import Entry
from cms.core import clock
from cms.forms.admin.queue.reading import compared
from cms.forms.admin.queue.viewset import queue_viewset
from cms.forms.domain.clarify import clarify
from cms.forms.domain.note import note
from cms.forms.domain.transition import transition
from cms.forms.enums import Audience, Phase
from cms.forms.frozen import freeze
from cms.forms.models import Note, Reopening, Submission, SubmissionVersion
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, UserFactory
from tests.forms.factories import make_call, make_draft, make_organisation, make_upload
from tests.forms.queue.people import staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

VERBS = ("assign", "take", "note", "write", "ask", "take_back", "move")
ROUTES = (*VERBS, "inspect", "special", "file")
EVIL = '<img src=x onerror="alert(1)">'


def address(name, submission, **more):
    known = {"verb": "screen"} if name == "move" else {"file": uuid4()} if name == "file" else {}
    return reverse(f"submissions:{name}", kwargs={"pk": submission.pk, **known, **more})


def inspect(browser, submission, query="", name="inspect"):
    response = browser.get(
        reverse(f"submissions:{name}", args=(submission.pk,)) + (f"?{query}" if query else "")
    )
    assert response.status_code == 200
    return response.content.decode()


def upload(submission, question="plan", **fields):
    made = make_upload(submission, question, frozen=True, **fields)
    made.file.save("x", ContentFile(b"<script>alert(1)</script>"))
    return made


# --- Doors ------------------------------------------------------------------------------------


def test_no_route_is_missing_from_this_file():
    found = {pattern.name for pattern in queue_viewset.get_urlpatterns()}
    assert found == {*ROUTES, "index", "index_results"}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_ones_own_is_not_there(browser, call, foreign, route, method):
    entries = Entry.objects.count()
    draft = make_draft(call, owner=UserFactory())
    for submission in (foreign, draft):
        data = {"text": "x", "keys": ["summary"], "person": "", "due_on": ""}
        assert getattr(browser, method)(address(route, submission), data).status_code == 404
    assert (Note.objects.count(), Reopening.objects.count(), Entry.objects.count()) == (0, 0, entries)
    foreign.refresh_from_db()
    assert (foreign.phase, foreign.assignee) == (Phase.NEW, None)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.APPROVER])
def test_who_reads_without_working_has_no_buttons(client, unit, sent, role):
    sign_in(client, staff(role, unit=unit))
    page = inspect(client, sent)
    assert sent.title in page
    for verb in VERBS:
        assert address(verb, sent) not in page
        for method in (client.get, client.post):
            assert method(address(verb, sent)).status_code in {404, 405}


@pytest.mark.parametrize("key", ["0", "999999", "99999999999999999999"])
def test_a_number_that_nothing_has_is_404(browser, key):
    assert browser.get(f"/admin/submissions/inspect/{key}/").status_code == 404
    assert browser.get(f"/admin/submissions/assign/{key}/").status_code == 404


# --- What is read -----------------------------------------------------------------------------


def test_answers_stand_in_the_language_of_choice(browser, send):
    sent = send(language="ka")
    page = inspect(browser, sent)
    assert "summary (en)" in page
    assert "Cooking together." in page
    assert 'lang="ka" dir="auto"' in page
    page = inspect(browser, sent, "language=ar")
    assert "summary (ar)" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "summary (en)" in inspect(browser, sent, "language=xx")
    assert "which (en)" not in page


def test_looking_is_noted(browser, officer, sent):
    inspect(browser, sent)
    entry = Entry.objects.get(action="forms.viewed")
    assert (entry.target_id, entry.actor_id, entry.details) == (str(sent.pk), officer.pk, {})


def test_what_is_protected_is_shown_on_purpose_and_noted(browser, officer, send):
    sent = send(typed={"health": "diabetes"})
    page = inspect(browser, sent)
    assert "diabetes" not in page
    assert "Specially protected" in page
    assert address("special", sent) in page
    assert not Entry.objects.filter(action="forms.special_read").exists()
    assert "diabetes" in inspect(browser, sent, name="special")
    entry = Entry.objects.get(action="forms.special_read")
    assert entry.details == {"questions": ["health"]}
    assert "diabetes" not in str(list(Entry.objects.values()))


def test_who_may_not_read_what_is_protected_is_not_led_there(client, unit, send):
    sent = send(typed={"health": "diabetes"})
    sign_in(client, staff(Role.ADMIN, unit=unit))
    page = inspect(client, sent)
    assert "diabetes" not in page
    assert address("special", sent) not in page
    assert client.get(address("special", sent)).status_code == 404
    assert not Entry.objects.filter(action="forms.special_read").exists()


def test_what_people_wrote_is_escaped(browser, officer, send):
    sent = send(typed={"title": EVIL, "summary": EVIL, "person": EVIL})
    note(submission=sent, text=EVIL, audience=Audience.STAFF, by=officer, key=uuid4())
    clarify(submission=sent, by=officer, text=EVIL, keys=["title"], due_on=None)
    upload(sent, name=EVIL)
    pages = [reverse("submissions:index"), address("inspect", sent), address("take_back", sent)]
    for page in [*pages, address("write", sent), address("assign", sent)]:
        response = browser.get(page)
        assert response.status_code == 200, page
        assert "<img" not in response.content.decode().replace('<img src="/static', ""), page


def test_who_it_is_and_who_helped(browser, unit, send):
    hub = UnitFactory(name="Hub Batumi", kind="hub", parent=unit)
    helper, owner = UserFactory(name="Helpful Hanna"), UserFactory(name="Nino")
    host = make_organisation(name="Host House")
    group = make_organisation(owner, kind="group", name="Mothers", responsible="Lia", host=host)
    sent = send(owner=owner, organisation=group, helper=helper, helper_unit=hub, consent_at=clock.now())
    page = inspect(browser, sent)
    for word in ("Mothers", "Lia", "Host House", "Helpful Hanna", "Hub Batumi", "Filled in with help"):
        assert word in page, word
    assert "Agreed to be helped" in page
    assert "Amount requested" in page
    assert "2 November 2026, 15:00, Tbilisi time" in page


def test_notes_messages_and_history_tell_what_happened(browser, officer, sent):
    note(submission=sent, text="Call them", audience=Audience.STAFF, by=officer, key=uuid4())
    note(submission=sent, text="Here I am", audience=Audience.APPLICANT, by=None, key=uuid4(), by_staff=False)
    note(submission=sent, text="We got it", audience=Audience.APPLICANT, by=officer, key=uuid4())
    transition(submission=sent, verb="screen", by=officer)
    page = inspect(browser, sent)
    for word in (
        "Call them",
        "for colleagues",
        "Here I am",
        "from the applicant",
        "We got it",
        "to the applicant",
    ):
        assert word in page, word
    message = Message.objects.latest("pk")
    assert reverse("messages:inspect", args=(message.pk,)) in page
    assert page.index("Being checked</b>") < page.index("Sent</b>")
    assert str(officer) in page


def answered(sent, officer, **changed):
    """Return a second version, as an answer to a question makes it."""
    asked = clarify(submission=sent, by=officer, text="?", keys=list(changed), due_on=None)
    first = sent.versions.get()
    answers = {**first.answers, "health": changed.pop("health", "old"), **changed}
    kept = freeze(answers, special=frozenset({"health"}))
    second = SubmissionVersion.objects.create(
        submission=sent,
        number=2,
        form_version=first.form_version,
        language=first.language,
        received_at=clock.now(),
        **{name: getattr(kept, name) for name in ("answers", "sealed", "salts", "digests")},
    )
    asked.after, asked.sent_at = second, clock.now()
    asked.save()
    return second


def test_what_an_answer_changed_is_marked_word_by_word(browser, officer, sent):
    second = answered(sent, officer, summary="Cooking outdoors.", health="diabetes")
    page = inspect(browser, sent)
    assert "Cooking <del>together</del>." in page
    assert "Cooking <ins>outdoors</ins>." in page
    assert "diabetes" not in page
    assert "No answer was changed." not in page
    first = sent.versions.order_by("number").first()
    assert "Cooking together." in inspect(browser, sent, f"version={first.pk}").split('id="answers"')[1]
    assert "Cooking outdoors." in inspect(browser, sent, f"version={second.pk}").split('id="answers"')[1]
    assert "Cooking outdoors." in inspect(browser, sent, "version=99").split('id="answers"')[1]
    assert "<ins>diabetes</ins>" in inspect(browser, sent, name="special")


def test_a_long_text_is_compared_by_sentences():
    told = "We cook. Everybody eats!\n" * 100
    before, after = compared(f"{told}The end is near.", f"{told}The end has come.")
    assert [piece.text for piece in before if piece.changed] == ["The end is near."]
    assert [piece.text for piece in after if piece.changed] == ["The end has come."]
    assert "".join(piece.text for piece in after) == f"{told}The end has come."


# --- Files ------------------------------------------------------------------------------------


def test_a_file_is_a_download_that_does_nothing(browser, officer, sent):
    made = upload(sent, name="პლანი.pdf")
    response = browser.get(address("file", sent, file=made.token))
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    entry = Entry.objects.get(action="forms.file_read")
    assert entry.details == {"file": str(made.token), "question": "plan"}
    assert browser.post(address("file", sent, file=made.token)).status_code == 405


def test_a_file_of_another_submission_or_of_a_draft_is_not_there(browser, send, sent):
    elsewhere = upload(send())
    loose = make_upload(sent, frozen=False)
    lost = make_upload(sent, frozen=True)
    for token in (elsewhere.token, loose.token, lost.token, uuid4()):
        assert browser.get(address("file", sent, file=token)).status_code == 404


def test_a_protected_file_needs_the_right_to_read_it(browser, client, unit, sent):
    made = upload(sent, "health")
    response = browser.get(address("file", sent, file=made.token))
    assert b"".join(response.streaming_content)
    assert Entry.objects.filter(action="forms.special_read").count() == 1
    admin = sign_in(Client(), staff(Role.ADMIN, unit=unit))
    assert admin.get(address("file", sent, file=made.token)).status_code == 404


# --- Verbs ------------------------------------------------------------------------------------


def test_an_officer_works_through_it(browser, officer, colleague, sent):
    page = inspect(browser, sent)
    assert "Begin checking" in page
    assert address("take_back", sent) not in page
    back = address("inspect", sent)
    steps = [
        ("take", {}),
        ("move", {}),
        ("assign", {"person": colleague.pk, "due_on": "2026-11-20"}),
        ("note", {"text": "Looks good"}),
        ("write", {"text": "We are reading it"}),
        ("ask", {"keys": ["summary", "plan"], "text": "Who cooks?", "due_on": "2026-11-10"}),
    ]
    for verb, data in steps:
        if verb != "take":
            assert browser.get(address(verb, sent)).status_code == 200, verb
        response = browser.post(address(verb, sent), data)
        assert (response.status_code, response["Location"]) == (302, back), verb
    sent.refresh_from_db()
    assert (sent.phase, sent.assignee, sent.due_on) == (Phase.WAITING, colleague, date(2026, 11, 20))
    assert list(Note.objects.values_list("text", "audience")) == [
        ("Looks good", "staff"),
        ("We are reading it", "applicant"),
    ]
    page = inspect(browser, sent)
    assert "Waiting for an answer" in page
    assert address("ask", sent) not in page
    browser.post(address("take_back", sent))
    sent.refresh_from_db()
    assert sent.phase == Phase.WORKING


def test_a_form_that_comes_twice_counts_once(browser, sent):
    key = str(uuid4())
    for _time in range(2):
        browser.post(address("note", sent), {"text": "Once", "idempotency_key": key})
    assert Note.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_typed_is_lost(browser, sent):
    for verb, data, words in (
        ("note", {"text": " "}, "Write the note"),
        ("write", {"text": "x" * 4001}, "x" * 4001),
        ("ask", {"text": "Who cooks?"}, "Choose at least one question"),
        ("ask", {"text": "Who cooks?"}, "Who cooks?"),
        ("ask", {"text": "x", "keys": ["which"]}, "which"),
        ("ask", {"text": "x", "keys": ["summary"], "due_on": "2026-11-01"}, "Choose today or a later day"),
        ("ask", {"text": "x", "keys": ["summary"], "due_on": "soon"}, "soon"),
        ("assign", {"person": "abc"}, "Assign"),
        ("assign", {"person": str(sent.owner_id)}, "Assign"),
    ):
        response = browser.post(address(verb, sent), data)
        assert response.status_code == 200, (verb, data)
        assert words in response.content.decode(), (verb, data)
    assert (Note.objects.count(), Reopening.objects.count()) == (0, 0)


def test_a_step_that_is_gone_says_so(browser, officer, sent):
    transition(submission=sent, verb="screen", by=officer)
    for method in (browser.get, browser.post):
        response = method(address("move", sent), follow=True)
        assert "This is not possible any more" in response.content.decode()
    for verb in ("submit", "withdraw"):
        browser.post(address("move", sent, verb=verb))
    assert browser.get(address("move", sent, verb="nonsense")).status_code == 404
    sent.refresh_from_db()
    assert sent.phase == Phase.WORKING


def test_wrong_methods_change_nothing(browser, sent):
    for verb in VERBS:
        assert browser.get(address(verb, sent)).status_code in {200, 302, 405}
        assert browser.delete(address(verb, sent)).status_code == 405
    sent.refresh_from_db()
    assert (sent.phase, sent.assignee) == (Phase.NEW, None)


def test_an_officer_of_the_office_works_in_its_hubs(client, unit, send):
    hub = UnitFactory(parent=unit, kind="hub")
    sent = send(make_call(unit=hub))
    sign_in(client, staff(unit=Unit.objects.get(pk=unit.pk)))
    assert client.post(address("take", sent)).status_code == 302
    assert Submission.objects.get(pk=sent.pk).assignee
