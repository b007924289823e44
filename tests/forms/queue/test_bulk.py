"""Many at once: nothing foreign, nothing that has moved on, everything else once."""

from datetime import date
from urllib.parse import urlencode

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.forms.domain.transition import transition
from cms.forms.enums import Phase
from cms.forms.models import Submission
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_draft
from tests.forms.queue.people import staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

ACTIONS = ("assign", "application-screen", "application-pass_on")
BACK = {"next": "/admin/submissions/"}


def address(action, *submissions, **query):
    pairs = [("id", submission.pk) for submission in submissions]
    return f"/admin/bulk/cms_forms/submission/{action}/?{urlencode([*pairs, *query.items(), *BACK.items()])}"


def states():
    return dict(Submission.objects.values_list("pk", "phase")), set(
        Submission.objects.values_list("assignee", flat=True)
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_not_ones_own_is_never_touched_nor_named(browser, officer, send, foreign, call, action):
    mine = send()
    draft = make_draft(call, owner=UserFactory(), title="Secret draft")
    before = states()
    for submissions in ((foreign,), (draft,), (foreign, draft)):
        assert browser.get(address(action, *submissions)).status_code == 404
        assert browser.post(address(action, *submissions), {"person": officer.pk}).status_code == 404
    page = browser.get(address(action, mine, foreign, draft)).content.decode()
    assert foreign.reference not in page
    assert "Secret draft" not in page
    assert states() == before
    browser.post(address(action, mine, foreign, draft), {"person": officer.pk})
    foreign.refresh_from_db()
    draft.refresh_from_db()
    assert (foreign.phase, foreign.assignee, draft.phase, draft.assignee) == (Phase.NEW, None, "draft", None)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [Role.ADMIN, Role.APPROVER])
def test_who_only_reads_changes_nothing(client, unit, sent, action, role):
    sign_in(client, staff(role, unit=unit))
    before, entries = states(), Entry.objects.count()
    page = client.get(address(action, sent)).content.decode()
    assert "You read it, but do not work on it." in page or "no next step" in page
    client.post(address(action, sent), {"person": ""})
    assert (states(), Entry.objects.count()) == (before, entries)


def test_the_page_counts_and_names_and_says_why_not(browser, officer, send):
    fresh, checked, gone = (send(typed={"title": title}) for title in ("Fresh", "Checked", "Gone"))
    transition(submission=checked, verb="screen", by=officer)
    transition(submission=gone, verb="withdraw", by=gone.owner)
    page = browser.get(address("application-screen", fresh, checked, gone)).content.decode()
    before, after = page.split("2 stay as they are")
    assert "1 submission<" in before
    assert fresh.reference in before
    for other, state in ((checked, "Being checked"), (gone, "Withdrawn")):
        assert other.reference in after
        assert f"From “{state}” this is no next step." in after
    page = browser.get(address("assign", fresh, gone)).content.decode()
    assert "It is closed." in page
    assert str(officer) in page


def test_each_is_taken_one_step_further(browser, officer, send):
    first, second = send(), send()
    response = browser.post(address("application-screen", first, second), follow=True)
    assert "2 submissions done." in response.content.decode()
    assert set(Submission.objects.values_list("phase", flat=True)) == {Phase.WORKING}
    assert Entry.objects.filter(action="forms.screen", actor_id=officer.pk).count() == 2
    assert "1 submission" not in browser.get(address("application-screen", first)).content.decode()


def test_assigning_many_keeps_their_days_unless_one_is_given(browser, colleague, send):
    first, second = send(), send()
    Submission.objects.filter(pk=first.pk).update(due_on=date(2026, 11, 9))
    browser.post(address("assign", first, second), {"person": colleague.pk, "due_on": ""})
    rows = Submission.objects.order_by("pk").values_list("assignee", "due_on")
    assert list(rows) == [(colleague.pk, date(2026, 11, 9)), (colleague.pk, None)]
    browser.post(address("assign", first, second), {"person": "", "due_on": "2026-11-12"})
    assert set(rows.all()) == {(None, date(2026, 11, 12))}


def test_nobody_is_assigned_who_may_not_work_on_it(browser, unit, sent):
    for person in (UserFactory(), staff(Role.ADMIN, unit=unit)):
        response = browser.post(address("assign", sent), {"person": person.pk, "due_on": ""})
        assert response.status_code == 200
    sent.refresh_from_db()
    assert sent.assignee is None


def test_who_was_quicker_is_left_alone(browser, officer, send, monkeypatch):
    """Between the look and the lock somebody else has done it."""
    first, second = send(), send()
    from cms.forms.admin.queue import bulk  # noqa: PLC0415 - to stand between its look and its lock

    verb = bulk.move

    def late(*, submission, **more):
        if submission.pk == first.pk:
            transition(submission=submission, verb="withdraw", by=submission.owner)
        return verb(submission=submission, **more)

    monkeypatch.setattr(bulk, "move", late)
    page = browser.post(address("application-screen", first, second), follow=True).content.decode()
    assert "1 submission done. 1 has changed in the meantime and stayed as it is." in page
    first.refresh_from_db()
    assert first.phase == Phase.CLOSED


def test_all_means_what_the_list_shows(browser, send, foreign):
    german, english = send(language="de"), send()
    url = f"{address('application-screen')}&id=all&language=de"
    page = browser.get(url).content.decode()
    assert german.reference in page
    assert english.reference not in page
    assert foreign.reference not in page


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999", ""])
def test_a_number_that_nothing_has_is_404(browser, sent, key):
    url = f"/admin/bulk/cms_forms/submission/assign/?{urlencode({'id': key, **BACK})}"
    assert browser.get(url).status_code == 404
    assert browser.post(url, {"person": ""}).status_code == 404
