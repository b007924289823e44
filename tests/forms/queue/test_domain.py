"""The verbs of staff: who may, when, and what is told, noted and kept."""

from datetime import date
from uuid import uuid4

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.forms.domain.assign import assign, set_due
from cms.forms.domain.clarify import askable, clarify, latest
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.move import move, possible
from cms.forms.domain.note import note
from cms.forms.domain.take_back import take_back
from cms.forms.domain.transition import transition
from cms.forms.enums import Audience, Phase
from cms.forms.models import Note, Reopening
from cms.messages.enums import Channel
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, UserFactory
from tests.forms.factories import make_draft
from tests.forms.queue.people import staff

pytestmark = pytest.mark.django_db

ASKED = {"text": "What does it cost?", "keys": ["summary", "amount"], "due_on": date(2026, 11, 20)}


def verbs(submission, by):
    """Return every verb of staff, ready to be called."""
    return [
        lambda: assign(submission=submission, to=None, by=by),
        lambda: set_due(submission=submission, due_on=None, by=by),
        lambda: move(submission=submission, verb="screen", by=by),
        lambda: note(submission=submission, text="x", audience=Audience.STAFF, by=by, key=uuid4()),
        lambda: note(submission=submission, text="x", audience=Audience.APPLICANT, by=by, key=uuid4()),
        lambda: clarify(submission=submission, by=by, **ASKED),
        lambda: take_back(submission=submission, by=by),
    ]


def strangers(unit):
    return [
        staff(Role.OFFICER, unit=UnitFactory()),
        staff(Role.ADMIN, unit=unit),
        staff(Role.APPROVER, unit=unit),
        staff(Role.HELPER, unit=unit),
        staff(Role.REVIEWER, unit=unit),
        UserFactory(),
    ]


def test_nobody_but_officers_of_the_unit_does_anything(sent, unit):
    told = Message.objects.count()
    entries = Entry.objects.count()
    for person in [*strangers(unit), sent.owner]:
        for verb in verbs(sent, person):
            with pytest.raises(NotAllowedError):
                verb()
    sent.refresh_from_db()
    assert (sent.phase, sent.assignee, Note.objects.count()) == (Phase.NEW, None, 0)
    assert (Message.objects.count(), Entry.objects.count()) == (told, entries)


def test_nobody_does_anything_with_a_draft(call, officer):
    draft = make_draft(call, owner=UserFactory())
    for verb in verbs(draft, officer):
        with pytest.raises(NotAllowedError):
            verb()


def test_work_goes_to_those_only_who_may_do_it(sent, unit, officer, colleague):
    for person in strangers(unit):
        with pytest.raises(NotAllowedError):
            assign(submission=sent, to=person, by=officer)
    assert assign(submission=sent, to=colleague, by=officer).assignee == colleague
    assert assign(submission=sent, to=colleague, by=officer).assignee == colleague
    assert Entry.objects.filter(action="forms.assigned").count() == 1
    entry = Entry.objects.get(action="forms.assigned")
    assert entry.details == {"from": None, "to": colleague.pk}


def test_a_closed_one_is_nobodys_work(sent, officer):
    transition(submission=sent, verb="withdraw", by=sent.owner)
    with pytest.raises(NotNowError):
        assign(submission=sent, to=officer, by=officer)
    with pytest.raises(NotNowError):
        set_due(submission=sent, due_on=date(2026, 11, 20), by=officer)


def test_staff_take_no_step_of_somebody_else(sent, officer):
    for verb in ("submit", "withdraw", "answer", "ask", "take_back", "nonsense", "pass_on"):
        with pytest.raises(NotNowError):
            move(submission=sent, verb=verb, by=officer)
    assert set(possible(sent)) == {"screen"}
    move(submission=sent, verb="screen", by=officer)
    sent.application.refresh_from_db()
    assert sent.application.state == "screening"


def test_a_note_for_colleagues_tells_nobody(sent, officer):
    before = Message.objects.count()
    written = note(submission=sent, text=" A\0 b ", audience=Audience.STAFF, by=officer, key=uuid4())
    assert (written.text, written.by_staff, Message.objects.count()) == ("A b", True, before)


def test_a_message_goes_out_once_in_the_language_of_the_form(send, officer):
    for language, word in (("en", "a message from us"), ("de", "MV27")):
        sent, key = send(language=language), uuid4()
        before = Message.objects.count()
        for _time in range(2):
            note(submission=sent, text="See <b>us</b>", audience=Audience.APPLICANT, by=officer, key=key)
        assert Message.objects.count() == before + 1
        message = Message.objects.latest("pk")
        assert (message.language, message.channel, message.about) == (language, Channel.MAIL, sent)
        assert "See <b>us</b>" in message.body
        assert sent.reference in message.subject
        assert word in message.subject
        assert f"/{language}/my/{sent.token}/" in message.body


def test_somebody_without_an_address_is_rung(send, officer):
    sent = send()
    type(sent).objects.filter(pk=sent.pk).update(email="", phone="+995322123456")
    note(submission=sent, text="Please come", audience=Audience.APPLICANT, by=officer, key=uuid4())
    message = Message.objects.latest("pk")
    assert (message.channel, message.phone) == (Channel.CALL, "+995322123456")


def test_an_applicant_writes_to_staff_never_among_them(sent):
    with pytest.raises(NotAllowedError):
        note(submission=sent, text="x", audience=Audience.STAFF, by=sent.owner, key=uuid4(), by_staff=False)
    before = Message.objects.count()
    written = note(
        submission=sent, text="x", audience=Audience.APPLICANT, by=None, key=uuid4(), by_staff=False
    )
    assert (written.by_staff, written.author, Message.objects.count()) == (False, None, before)


def test_only_questions_that_were_asked_are_asked_again(sent, officer):
    assert "which" not in askable(latest(sent))
    for keys in ([], ["which"], ["summary", "nonsense"], ["state"]):
        with pytest.raises(ValueError, match="Name questions"):
            clarify(submission=sent, by=officer, **{**ASKED, "keys": keys})
    sent.refresh_from_db()
    assert (sent.phase, Reopening.objects.count()) == (Phase.NEW, 0)


def test_a_question_is_asked_in_the_language_of_the_form(send, officer):
    sent = send(language="ka")
    asked = clarify(submission=sent, by=officer, **ASKED)
    assert asked.keys == ["summary", "amount"]
    assert asked.before == latest(sent)
    sent.refresh_from_db()
    assert sent.phase == Phase.WAITING
    message = Message.objects.latest("pk")
    assert message.language == "ka"
    assert "- summary (ka)\n- amount (ka)" in message.body
    assert ASKED["text"] in message.body
    with pytest.raises(NotNowError):
        clarify(submission=sent, by=officer, **ASKED)


def test_a_question_is_taken_back_once(sent, officer):
    with pytest.raises(NotNowError):
        take_back(submission=sent, by=officer)
    clarify(submission=sent, by=officer, **ASKED)
    assert take_back(submission=sent, by=officer).dropped_at
    sent.refresh_from_db()
    assert sent.phase == Phase.WORKING
    assert "settled" in Message.objects.latest("pk").subject
    with pytest.raises(NotNowError):
        take_back(submission=sent, by=officer)
    clarify(submission=sent, by=officer, **ASKED)
    assert Reopening.objects.count() == 2


def test_a_key_of_another_note_writes_and_reads_nothing(send, officer):
    (one, other), key = (send(), send()), uuid4()
    note(submission=one, text="Of one", audience=Audience.STAFF, by=officer, key=key)
    with pytest.raises(NotAllowedError):
        note(submission=other, text="x", audience=Audience.STAFF, by=officer, key=key)
    with pytest.raises(NotAllowedError):
        note(submission=other, text="x", audience=Audience.APPLICANT, by=None, key=key, by_staff=False)
    assert Note.objects.get().text == "Of one"
