"""What is special about applications."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from cms.accounts.enums import Role
from cms.accounts.policy import can, roles_with
from cms.core import clock
from cms.forms import kinds
from cms.forms.enums import Phase
from cms.forms.models import StateChange, Submission
from cms.forms.queries.own import by_token
from cms.grants.enums import ApplicationState as State
from cms.grants.enums import CallState
from cms.grants.kinds import PLAIN
from cms.grants.models import Application
from cms.grants.policy import SPECIAL, VIEW, WORK
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.forms.factories import make_call, make_draft, make_organisation

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with clock.stopped(NOW), translation.override("en"):
        yield


@pytest.fixture
def kind():
    return kinds.get("application")


def at(submission, state, *, phase=Phase.WORKING, days=0):
    """Bring a submission to a state, as the transitions would."""
    at = NOW + timedelta(days=days)
    Application.objects.filter(submission=submission).update(state=state)
    StateChange.objects.create(submission=submission, verb="x", target=state, at=at)
    if submission.received_at is None and state != State.DRAFT:
        number = Submission.objects.count() + submission.pk
        Submission.objects.filter(pk=submission.pk).update(
            phase=phase, received_at=at, reference=f"C-26-{number:04d}-X"
        )
    return by_token(submission.token, related=kinds.related())


# --- Who ----------------------------------------------------------------------------------------


def test_each_verb_is_held_by_those_who_need_it():
    assert roles_with(VIEW) == {Role.OFFICER, Role.APPROVER, Role.ADMIN}
    assert roles_with(WORK) == {Role.OFFICER}
    assert roles_with(SPECIAL) == {Role.OFFICER, Role.APPROVER}


def test_an_officer_of_another_unit_may_nothing():
    draft = make_draft()
    stranger = person_with(Role.OFFICER, UnitFactory())
    assert not any(can(stranger, verb, draft) for verb in (VIEW, WORK, SPECIAL))


# --- Whether ------------------------------------------------------------------------------------


def test_it_is_taken_until_the_deadline_and_then_says_when_that_was(kind):
    draft = make_draft()
    edge = draft.application.call.closes_at
    assert kind.acceptance(draft, edge).open
    late = kind.acceptance(draft, edge + timedelta(microseconds=1))
    assert not late.open
    assert "30 November 2026, 18:00, Tbilisi time" in str(late.reason)
    assert (late.deadline, late.zone) == (edge, "Asia/Tbilisi")


def test_before_the_opening_it_says_from_when(kind):
    draft = make_draft()
    early = kind.acceptance(draft, draft.application.call.opens_at - timedelta(microseconds=1))
    assert not early.open
    assert "1 January 2026, 9:00" in str(early.reason)


def test_a_question_of_the_office_may_be_answered_after_the_deadline(kind):
    asked = at(make_draft(), State.CLARIFICATION, phase=Phase.WAITING)
    late = asked.application.call.closes_at + timedelta(days=3)
    assert kind.acceptance(asked, late).open
    assert not kind.acceptance(at(asked, State.SCREENING), late).open


def test_a_closed_call_takes_nothing_whatever_the_hour(kind):
    draft = make_draft(make_call(state=CallState.CLOSED))
    refused = kind.acceptance(draft, NOW)
    assert not refused.open
    assert refused.reason


# --- How much -----------------------------------------------------------------------------------


def test_the_amount_lies_between_smallest_and_largest_grant(kind):
    draft = make_draft(make_call(minimum=Decimal(500), maximum=Decimal(1000)))
    assert kind.limits(draft) == {"amount_requested": (Decimal(500), Decimal(1000))}


def test_an_amount_in_another_currency_is_refused(kind):
    draft = make_draft(make_call(currency="EUR"))
    assert kind.check(draft, {"amount": {"amount": "800.00", "currency": "EUR"}}) == {}
    assert kind.check(draft, {"amount": None}) == {}
    assert set(kind.check(draft, {"amount": {"amount": "800.00", "currency": "GEL"}})) == {"amount"}


def test_sending_copies_the_amount(kind):
    draft = make_draft()
    kind.on_sent(draft, {"amount": {"amount": "800.50", "currency": "EUR"}})
    assert Application.objects.get(submission=draft).amount_requested == Decimal("800.50")


@pytest.mark.parametrize("answer", [{"amount": "NaNa", "currency": "EUR"}, {}, {"amount": None}, None])
def test_an_amount_that_is_none_is_left_empty(kind, answer):
    draft = make_draft()
    kind.on_sent(draft, {"amount": answer})
    assert Application.objects.get(submission=draft).amount_requested is None


# --- How often ----------------------------------------------------------------------------------


def one_more(kind, call, organisation):
    """Return what a further application of an organisation is told."""
    answers = {"organisation": {"id": organisation.pk, "name": organisation.name}}
    return kind.check_in_lock(make_draft(call), answers)


def sent_for(call, organisation, state=State.SUBMITTED):
    return at(make_draft(call, organisation=organisation), state, phase=Phase.NEW)


def test_an_organisation_sends_no_more_than_the_call_allows(kind):
    call, ours = make_call(per_organisation=2), make_organisation()
    sent_for(call, ours)
    assert one_more(kind, call, ours) == {}
    sent_for(call, ours)
    assert set(one_more(kind, call, ours)) == {"organisation"}


def test_what_was_withdrawn_is_a_draft_or_went_elsewhere_does_not_count(kind):
    call, ours = make_call(per_organisation=1), make_organisation()
    sent_for(call, ours, State.WITHDRAWN)
    sent_for(make_call(), ours)
    sent_for(call, make_organisation())
    make_draft(call, organisation=ours)
    assert one_more(kind, call, ours) == {}


def test_without_a_limit_or_an_organisation_nothing_is_asked(kind, django_assert_num_queries):
    unlimited, limited = make_draft(make_call()), make_draft(make_call(per_organisation=1))
    with django_assert_num_queries(0):
        assert kind.check_in_lock(unlimited, {"organisation": {"id": 1, "name": "x"}}) == {}
        assert kind.check_in_lock(limited, {"organisation": None}) == {}


def test_the_same_application_does_not_stand_in_its_own_way(kind):
    call, ours = make_call(per_organisation=1), make_organisation()
    sent = sent_for(call, ours)
    assert kind.check_in_lock(sent, {"organisation": {"id": ours.pk, "name": ours.name}}) == {}


# --- In which words -----------------------------------------------------------------------------


def test_every_state_has_plain_words_and_a_phase(kind):
    assert set(PLAIN) == set(State) == set(kind.phases)
    assert all(plain.label and plain.text for plain in PLAIN.values())


def test_a_draft_that_missed_the_deadline_says_that_it_was_not_sent(kind):
    draft = make_draft()
    assert kind.plain_state(draft).code == "draft"
    with clock.stopped(draft.application.call.closes_at + timedelta(microseconds=1)):
        assert kind.plain_state(draft).code == "over"


def test_a_draft_stands_at_the_first_of_the_stations(kind):
    way = kind.path(make_draft(make_call(decision_expected=date(2027, 2, 15))))
    labels = [str(point.label) for point in way]
    assert labels == [
        "Draft",
        "Sent",
        "Being checked",
        "Question for you",
        "Being assessed",
        "Decision",
        "Grant",
    ]
    assert [point.here for point in way] == [True, *[False] * 6]
    assert way[-2].expected == date(2027, 2, 15)
    assert way[0].at == NOW
    assert not any(point.at for point in way[1:])


def test_what_was_asked_stays_on_the_path_and_what_was_not_goes_once_it_is_past(kind):
    asked = make_draft()
    for days, state in enumerate([State.SUBMITTED, State.SCREENING, State.CLARIFICATION, State.SCREENING]):
        current = at(asked, state, days=days)
    way = kind.path(current)
    assert [(str(point.label), point.past, point.here) for point in way][1:4] == [
        ("Sent", True, False),
        ("Question for you", True, False),
        ("Being checked", False, True),
    ]
    assert way[2].at == NOW + timedelta(days=2)
    plain = at(make_draft(), State.SUBMITTED)
    passed = kind.path(at(plain, State.IN_REVIEW, days=2))
    assert "Question for you" not in [str(point.label) for point in passed]
    assert [point.past for point in passed][:2] == [True, True]


def test_a_withdrawn_one_ends_where_it_was_withdrawn(kind):
    sent = at(make_draft(), State.SUBMITTED)
    way = kind.path(at(sent, State.WITHDRAWN, days=1))
    assert [str(point.label) for point in way] == ["Draft", "Sent", "Withdrawn"]
    assert way[-1].here
    assert way[-1].at == NOW + timedelta(days=1)


def test_the_decision_is_promised_for_a_day(kind):
    steps = kind.next_steps(make_draft(make_call(decision_expected=date(2027, 2, 15))))
    assert "15 February 2027" in steps[-1]
    assert all(steps)


def test_a_list_asks_nothing_for_subject_state_and_export(kind, django_assert_num_queries):
    for _number in range(3):
        at(make_draft(), State.SUBMITTED)
    rows = list(Submission.objects.select_related(*kinds.related()))
    with django_assert_num_queries(0):
        for row in rows:
            assert kind.subject(row).title == "Fund for communities"
            assert kind.prefix(row) == kind.subject(row).code
            assert kind.panels(row)
            assert dict(kind.export_columns())["call"](row)


def test_the_queue_is_narrowed_to_calls_of_these_units_only(kind):
    draft, other = make_draft(), make_draft()
    units = type(draft.unit).objects.filter(pk=draft.unit_id)
    code = draft.application.call.code
    assert [subject for subject, _label in kind.subjects(units)] == [code]
    assert list(kind.of_subject(Submission.objects.all(), code)) == [draft]
    assert other not in kind.of_subject(Submission.objects.all(), code)


def test_lock_reads_the_call_as_it_is_now(kind):
    draft = make_draft()
    call = draft.application.call
    type(call).objects.filter(pk=call.pk).update(per_organisation=1)
    assert kind.lock(draft).call.per_organisation == 1
    assert draft.application.call.per_organisation == 1


def test_a_person_without_a_role_sees_no_application():
    assert not can(UserFactory(), VIEW)
