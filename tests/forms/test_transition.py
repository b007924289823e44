"""The one function that changes a state."""

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.transition import transition
from cms.forms.enums import Phase
from cms.forms.models import StateChange, Submission
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.forms.factories import make_draft, make_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def officer(unit):
    return person_with(Role.OFFICER, unit)


def nothing_happened(submission):
    fresh = Submission.objects.select_related("application").get(pk=submission.pk)
    same = (fresh.phase, fresh.application.state) == (submission.phase, submission.application.state)
    return same and not StateChange.objects.exclude(verb="submit").exists()


@pytest.fixture
def sent():
    submission = make_sent()
    submission.application.refresh_from_db()
    return submission


def test_nobody_else_moves_it(sent):
    others = [None, UserFactory(), officer(UnitFactory()), person_with(Role.EDITOR, sent.unit)]
    for somebody in [*others, person_with(Role.HELPER, sent.unit)]:
        with pytest.raises(NotAllowedError):
            transition(submission=sent, verb="screen", by=somebody)
    assert nothing_happened(sent)


@pytest.mark.parametrize("verb", ["pass_on", "return", "answer", "take_back", "nonsense", ""])
def test_it_only_goes_where_the_table_leads(sent, verb):
    with pytest.raises(NotNowError):
        transition(submission=sent, verb=verb, by=officer(sent.unit))
    assert nothing_happened(sent)


def test_a_draft_is_nobodys_work():
    draft = make_draft()
    with pytest.raises(NotAllowedError):
        transition(submission=draft, verb="screen", by=officer(draft.unit))
    with pytest.raises(NotNowError):
        transition(submission=draft, verb="withdraw", by=None)


def test_a_step_is_noted_with_state_phase_and_audit(sent, stopped_clock):
    staff = officer(sent.unit)
    stopped_clock.move(minutes=5)
    moved = transition(submission=sent, verb="screen", by=staff)
    assert (moved.phase, moved.application.state) == (Phase.WORKING, "screening")
    fresh = Submission.objects.get(pk=sent.pk)
    assert (fresh.phase, fresh.application.state) == (Phase.WORKING, "screening")
    change = StateChange.objects.get(verb="screen")
    assert (change.source, change.target, change.by, change.at) == (
        "submitted",
        "screening",
        staff,
        stopped_clock.now,
    )
    entry = Entry.objects.get(action="forms.screen")
    assert (entry.actor_id, entry.unit_id) == (staff.pk, sent.unit_id)
    assert entry.details == {"from": "submitted", "to": "screening"}


def test_whoever_comes_second_is_told(sent):
    first, second = officer(sent.unit), officer(sent.unit)
    stale = Submission.objects.get(pk=sent.pk)
    transition(submission=sent, verb="screen", by=first)
    with pytest.raises(NotNowError):
        transition(submission=stale, verb="screen", by=second)
    assert StateChange.objects.filter(verb="screen").count() == 1
