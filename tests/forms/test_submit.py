"""Sending: what must not be sent, what must not be sent twice, and what is kept when it is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.forms import frozen, kinds, references
from cms.forms.domain.errors import IncompleteError, NotOpenError
from cms.forms.domain.submit import submit
from cms.forms.enums import Phase
from cms.forms.models import ReferenceSeries, StateChange, StepData, Submission, SubmissionVersion
from cms.messages.enums import Channel
from cms.messages.models import Message
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.forms.factories import (
    USUAL,
    equals,
    fill,
    make_call,
    make_draft,
    make_filled,
    make_organisation,
    make_sent,
    make_upload,
    make_version,
    question,
    send,
    short_text,
    step,
    usual_steps,
    yes_no,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def fresh(submission):
    return Submission.objects.select_related("application__call").get(pk=submission.pk)


def nothing_happened(draft):
    now = fresh(draft)
    rows = (SubmissionVersion, StateChange, Message, ReferenceSeries)
    return now.is_draft and not now.reference and not any(model.objects.exists() for model in rows)


# --- What is not sent --------------------------------------------------------------------------


def test_what_is_missing_or_wrong_is_named_by_step():
    draft = fill(make_draft(), **{**USUAL, "title": "", "amount": "a lot"})
    StepData.objects.filter(submission=draft, step="declarations").delete()
    with pytest.raises(IncompleteError) as refused:
        send(draft)
    assert set(refused.value.problems) == {"project", "budget", "declarations"}
    assert nothing_happened(draft)
    assert StepData.objects.get(submission=draft, step="budget").data["amount"] == ["a lot"]


def test_rules_across_answers_are_asked_and_those_in_the_lock(monkeypatch):
    draft, kind = make_filled(), kinds.get("application")
    for check, problems in [("check", {"project": ["no"]}), ("check_in_lock", {"": ["too many"]})]:
        wrong = {"title": "no"} if check == "check" else {"": ["too many"]}
        with monkeypatch.context() as patch:
            patch.setattr(kind, check, lambda _draft, _answers, wrong=wrong: wrong)
            with pytest.raises(IncompleteError) as refused:
                send(draft)
        assert refused.value.problems == problems
        assert nothing_happened(draft)


def test_more_applications_than_an_organisation_may_send_are_refused():
    owner = UserFactory()
    organisation, call = make_organisation(owner), make_call(per_organisation=1)
    typed = {"organisation": str(organisation.pk)}
    first, second = (make_filled(call, owner=owner, typed=typed) for _each in range(2))
    send(first)
    with pytest.raises(IncompleteError) as refused:
        send(second)
    assert list(refused.value.problems) == ["applicant"]


def test_an_organisation_that_was_left_meanwhile_is_refused():
    owner = UserFactory()
    organisation = make_organisation(owner)
    draft = make_filled(owner=owner, typed={"organisation": str(organisation.pk)})
    organisation.members.all().delete()
    with pytest.raises(IncompleteError):
        send(draft)


def test_whatever_fails_at_the_end_undoes_everything(monkeypatch):
    draft = make_filled()

    def fail(_submission, _answers):
        raise RuntimeError

    monkeypatch.setattr(kinds.get("application"), "on_sent", fail)
    with pytest.raises(RuntimeError):
        send(draft)
    assert nothing_happened(draft)


# --- The deadline ------------------------------------------------------------------------------

MICROSECOND = timedelta(microseconds=1)
DEADLINES = {
    "Tbilisi": ("Asia/Tbilisi", datetime(2026, 11, 30, 18, 0), datetime(2026, 11, 30, 14, 0, tzinfo=UTC)),  # noqa: DTZ001 - wall times
    # The hour from 02:00 comes twice: the later one counts.
    "Berlin, autumn": (
        "Europe/Berlin",
        datetime(2026, 10, 25, 2, 30),  # noqa: DTZ001 - a wall time
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ),
    "Berlin, before": (
        "Europe/Berlin",
        datetime(2026, 10, 25, 1, 59),  # noqa: DTZ001 - a wall time
        datetime(2026, 10, 24, 23, 59, tzinfo=UTC),
    ),
    # The hour from 02:00 is left out: as far behind the gap as it lies in it.
    "Berlin, spring": (
        "Europe/Berlin",
        datetime(2027, 3, 28, 2, 30),  # noqa: DTZ001 - a wall time
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    ),
    "Berlin, after": (
        "Europe/Berlin",
        datetime(2027, 3, 28, 3, 0),  # noqa: DTZ001 - a wall time
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize(("zone", "wall", "moment"), DEADLINES.values(), ids=DEADLINES)
def test_a_microsecond_decides(zone, wall, moment, stopped_clock):
    call = make_call(zone=zone, closes_wall=wall)
    stopped_clock.set(moment)
    late, *others = (make_filled(call) for _each in range(3))
    stopped_clock.set(moment + timedelta(minutes=5))  # Whenever it is worked on.
    before = list(late.steps.values_list("step", "data"))
    with pytest.raises(NotOpenError) as refused:
        send(late, arrived=moment + MICROSECOND)
    assert refused.value.acceptance.deadline == moment
    assert nothing_happened(late)
    assert list(late.steps.values_list("step", "data")) == before
    for draft, arrived in zip(others, (moment - MICROSECOND, moment), strict=True):
        assert send(draft, arrived=arrived).received_at == arrived


def test_grace_counts_and_too_early_does_not():
    call = make_call(grace_seconds=60)
    with pytest.raises(NotOpenError):
        send(make_filled(call), arrived=call.closes_at + timedelta(seconds=60, microseconds=1))
    with pytest.raises(NotOpenError):
        send(make_filled(call), arrived=call.opens_at - MICROSECOND)
    assert send(make_filled(call), arrived=call.closes_at + timedelta(seconds=60))


def test_a_deadline_moved_while_the_page_was_open_counts():
    draft = make_filled()
    loaded = fresh(draft)
    call = draft.application.call
    call.closes_wall = datetime(2026, 2, 1, 18, 0)  # noqa: DTZ001 - a wall time
    call.save()
    with pytest.raises(NotOpenError):
        send(loaded)


# --- Twice -------------------------------------------------------------------------------------


def test_a_repeat_returns_what_is_there_even_after_the_deadline():
    draft = make_filled()
    first = send(draft)
    late = first.received_at + timedelta(days=365)
    again = submit(submission=draft, arrived=late, by=None)
    assert again == first
    assert again.submission.reference == first.submission.reference
    assert again.received_at == first.received_at
    assert (SubmissionVersion.objects.count(), Message.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="forms.submit").count() == 1


# --- What is frozen ----------------------------------------------------------------------------


def test_hidden_answers_are_not_frozen():
    draft = make_filled(typed={"partners": "no", "which": "typed before"})
    version = send(draft)
    assert "which" not in {**version.answers, **version.digests, **version.salts}
    assert StepData.objects.get(submission=draft, step="project").data["which"] == ["typed before"]


def test_special_answers_are_frozen_sealed_with_their_salt():
    version = send(make_filled(typed={"health": "ქრონიკული"}))
    kept = SubmissionVersion.objects.filter(pk=version.pk).values().get()
    assert "health" not in kept["answers"]
    assert "health" not in kept["salts"]
    assert "ქრონიკული" not in str(kept)
    assert frozen.thaw(version)["health"] == "ქრონიკული"
    assert "health" in kept["digests"]


def test_special_answers_are_copied_nowhere():
    steps = [
        step(
            "one",
            short_text("name", role="person_name", pii="special"),
            short_text("title", role="title", pii="special"),
        )
    ]
    draft = fill(
        make_draft(make_call(*steps), owner=UserFactory(name="Nino")), name="საიდუმლო", title="საიდუმლო"
    )
    sent = send(draft).submission
    rows = [
        Submission.objects.filter(pk=sent.pk).values().get(),
        *Message.objects.values(),
        *Entry.objects.values(),
    ]
    assert "საიდუმლო" not in str(rows)
    assert sent.person_name == "Nino"


def test_what_was_changed_in_the_database_is_named():
    version = send(make_filled(typed={"health": "y"}))
    assert frozen.broken(version) == []
    version.answers["title"] = "Other"
    assert frozen.broken(version) == ["title"]
    version.answers["title"], version.digests["health"] = USUAL["title"], "0" * 64
    assert frozen.broken(version) == ["health"]


def test_an_erased_answer_leaves_the_rest_provable():
    version = send(make_filled())
    del version.answers["person"], version.salts["person"]
    assert frozen.broken(version) == []
    assert "person" in version.digests


def test_equal_answers_have_unequal_digests():
    first, second = send(make_filled()), send(make_filled())
    assert first.answers == second.answers
    assert set(first.digests.values()).isdisjoint(second.digests.values())


def test_files_that_were_sent_are_kept_and_others_are_not(stopped_clock):
    draft = make_filled()
    sent, gone = make_upload(draft), make_upload(draft, removed_at=stopped_clock.now)
    version = send(draft)
    assert [file["token"] for file in version.answers["plan"]] == [str(sent.token)]
    sent.refresh_from_db()
    gone.refresh_from_db()
    assert (sent.frozen, gone.frozen) == (True, False)


def test_it_is_frozen_in_the_words_it_was_filled_in_with():
    call = make_call()
    draft = fill(make_draft(call), **USUAL)
    mended = make_version(call.form, *usual_steps(), ka={"items.title.label": "Mended"})
    version = send(draft)
    make_version(call.form, *usual_steps(), ka={"items.title.label": "Later"})
    assert version.form_version == mended
    assert fresh(draft).version == mended


# --- What lists need ---------------------------------------------------------------------------


def test_state_reference_and_copies_are_written(stopped_clock):
    owner = UserFactory(email="owner@example.org")
    organisation = make_organisation(owner, name="Nachbarschaft Übermorgen")
    call = make_call(code="MV27")
    draft = make_filled(
        call, owner=owner, typed={"organisation": str(organisation.pk), "phone": "0322 12 34 56"}
    )
    send(draft)
    sent = fresh(draft)
    assert (sent.phase, sent.application.state) == (Phase.NEW, "submitted")
    assert sent.reference == "MV27-26-0001-" + sent.reference[-1]
    assert references.is_valid(sent.reference)
    assert sent.received_at == stopped_clock.now
    assert (sent.title, sent.person_name, sent.email) == (USUAL["title"], USUAL["person"], USUAL["email"])
    assert (sent.phone, sent.organisation) == ("+995322123456", organisation)
    assert str(sent.application.amount_requested) == "800.00"
    for word in ("mv27-26-0001", "nachbarschaft ubermorgen", "ნინო", "მაგიდა"):
        assert word in sent.search_text
    [change] = StateChange.objects.all()
    assert (change.verb, change.source, change.target, change.by) == ("submit", "draft", "submitted", owner)


def test_nobody_is_asked_and_the_account_is_written_to():
    owner = UserFactory(name="Nino", email="owner@example.org")
    draft = fill(make_draft(make_call(step("one", short_text("a"))), owner=owner), a="x")
    sent = send(draft).submission
    assert (sent.person_name, sent.email) == ("Nino", "owner@example.org")
    assert Message.objects.get().email == "owner@example.org"


def test_the_audit_holds_no_personal_data():
    send(make_filled(owner=UserFactory()))
    entry = Entry.objects.get(action="forms.submit")
    assert entry.details == {"from": "draft", "to": "submitted"}


def test_references_go_up_by_one_and_begin_anew_each_year(stopped_clock):
    call = make_call(code="MV27", closes_wall=None)
    new_year = datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Tbilisi"))
    numbers = [
        send(make_filled(call), arrived=new_year - MICROSECOND).submission.reference for _each in range(2)
    ]
    numbers.append(send(make_filled(call), arrived=new_year).submission.reference)
    assert [number[:-2] for number in numbers] == ["MV27-26-0001", "MV27-26-0002", "MV27-27-0001"]


def test_a_number_that_was_not_used_is_drawn_again():
    call = make_call()
    with transaction.atomic():
        send(make_filled(call))
        transaction.set_rollback(True)
    assert "-0001-" in send(make_filled(call)).submission.reference


# --- Receipts ----------------------------------------------------------------------------------


def test_the_receipt_is_in_the_language_of_the_person():
    sent = make_sent(language="it")
    message = Message.objects.get()
    assert (message.language, message.channel, message.email) == ("it", Channel.MAIL, USUAL["email"])
    assert (message.unit, message.about) == (sent.unit, sent)
    assert f"\n    {sent.reference}\n" in message.body
    assert (
        f"http://localhost:8000/it/my/{sent.token}/status/" not in message.body
    )  # Nobody could sign in to it.


def test_whoever_has_an_account_gets_the_way_to_it():
    sent = make_sent(owner=UserFactory())
    assert f"http://localhost:8000/ka/my/{sent.token}/status/" in Message.objects.get().body


def test_without_an_address_somebody_rings():
    steps = [step("one", question("phone", "phone", role="phone"))]
    send(fill(make_draft(make_call(*steps)), phone="+995 322 12 34 56"))
    message = Message.objects.get()
    assert (message.channel, message.phone, message.email) == (Channel.CALL, "+995322123456", "")


def test_with_neither_there_is_no_message():
    send(fill(make_draft(make_call(step("one", short_text("a")))), a="x"))
    assert not Message.objects.exists()


def test_the_helper_is_told_too_in_their_language():
    unit = UnitFactory()
    helper = person_with(Role.HELPER, unit)
    helper.preferred_language = "de"
    helper.save()
    draft = make_filled(helper=helper, helper_unit=unit, consent_at=datetime(2026, 3, 1, tzinfo=UTC))
    send(draft, by=helper)
    person, told = Message.objects.order_by("id")
    assert (person.email, person.language, person.user) == (USUAL["email"], "ka", None)
    assert (told.email, told.language, told.user) == (helper.email, "de", helper)
    assert USUAL["person"] in told.body
    assert draft.versions.get().sent_by == helper


def test_a_condition_on_a_declaration_or_choice_is_no_obstacle():
    steps = [step("one", yes_no("a"), short_text("b", condition=equals("a", value=True)))]
    assert send(fill(make_draft(make_call(*steps)), a="no")).answers == {"a": False}


# --- Costs -------------------------------------------------------------------------------------


def test_sending_costs_few_queries(django_assert_max_num_queries):
    owner = UserFactory()
    organisation = make_organisation(owner)
    draft = make_filled(owner=owner, typed={"organisation": str(organisation.pk), "health": "y"})
    make_upload(draft)
    send(make_filled(draft.application.call))
    with django_assert_max_num_queries(25):
        send(draft)
