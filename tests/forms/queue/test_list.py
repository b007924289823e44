"""The queue: who sees what, what is found, and that no list asks once a row."""

from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.enums import Role
from cms.accounts.policy import forget
from cms.forms.domain.assign import assign, set_due
from cms.forms.domain.transition import transition
from cms.forms.models import Submission
from cms.messages.enums import Channel, MessageState
from tests.accounts.factories import UnitFactory, UserFactory
from tests.forms.factories import make_call, make_draft, make_filled
from tests.forms.queue.people import staff
from tests.messages.factories import MessageFactory
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

INDEX = "/admin/submissions/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def references(page):
    return {sent for sent in Submission.objects.exclude(reference="") if sent.reference in page}


def found(browser, **query):
    """Return what the list shows for some filters; the menu and the filters name no references."""
    return references(text(browser.get(INDEX, query)))


# --- Who sees what ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EDITOR, Role.EVENT_MANAGER])
def test_other_staff_get_nothing(client, unit, sent, role):
    sign_in(client, staff(role, unit=unit))
    page = client.get(INDEX, follow=True).content.decode()
    assert sent.reference not in page
    assert sent.title not in page
    assert client.get(reverse("submissions:inspect", args=(sent.pk,))).status_code == 404


@pytest.mark.parametrize("role", [Role.HELPER, Role.REVIEWER])
def test_who_does_not_work_in_the_admin_gets_404(client, unit, sent, role):
    sign_in(client, staff(role, unit=unit))
    assert client.get(INDEX).status_code == 404
    assert client.get(reverse("submissions:inspect", args=(sent.pk,))).status_code == 404


def test_without_a_second_factor_there_is_no_way_in(client, officer, sent):
    sign_in(client, officer, proven=False)
    for address in (INDEX, reverse("submissions:inspect", args=(sent.pk,))):
        assert "/2fa/" in client.get(address)["Location"]


def test_lists_searches_and_tables_show_own_units_only(browser, unit, send, foreign):
    mine = send(typed={"title": "Mine"})
    below = send(make_call(unit=UnitFactory(parent=unit)), typed={"title": "Below"})
    for query in ("", "?q=e", "?export=csv", "?export=xlsx", "?ordering=-unit__name", "?kind=application"):
        page = browser.get(INDEX + query).getvalue().decode("utf-8", "replace")
        assert "Foreign" not in page
        assert foreign.reference not in page
        assert foreign.unit.name not in page
        assert "OTHER" not in page
        if "xlsx" not in query:
            assert mine.reference in page or query == "?q=e"
            assert below.reference in page or query == "?q=e"


def test_a_draft_is_counted_and_never_shown(browser, call):
    for _number in range(2):
        make_filled(call, owner=UserFactory(name="Writing"), typed={"title": "Secret draft"})
    make_draft(make_call(code="ELSE"), owner=UserFactory())
    page = text(browser.get(INDEX))
    assert "Secret draft" not in page
    assert "Writing" not in page
    assert "2 drafts" in page
    assert "ELSE" not in page
    for query in ({"q": "Secret"}, {"phase": "draft"}, {"state": "application:draft"}, {"export": "csv"}):
        page = browser.get(INDEX, query).getvalue().decode()
        assert "Secret draft" not in page


# --- Finding ----------------------------------------------------------------------------------


def test_what_was_typed_is_found_however_it_is_written(browser, send):
    georgian = send(typed={"title": "სამეზობლო მაგიდა", "person": "ნინო"})
    arabic = send(typed={"title": "مائدة الجيران", "person": "Łukasz Müller"})
    for query in ("სამეზობლო", "ᲡᲐᲛᲔᲖᲝᲑᲚᲝ", "მაგიდა  ნინო", georgian.reference.lower().replace("-", " - ")):
        assert found(browser, q=query) == {georgian}, query
    for query in ("مائده"[:4], "lukasz muller", "MÜLLER"):
        assert found(browser, q=query) == {arabic}, query


def test_answers_of_a_special_category_are_not_searched(browser, send):
    send(typed={"health": "diabetes"})
    assert found(browser, q="diabetes") == set()


@pytest.mark.parametrize(
    "query", ['"', '"""', "\0", "a\0b", "'", "%", "_", "\\", "{{", "<script>", "x" * 10_000, "\ud800"[:0]]
)
def test_search_survives(browser, sent, query):
    for name in ("submissions:index", "submissions:index_results"):
        page = text(browser.get(f"{reverse(name)}?{urlencode({'q': query})}"))
        assert "<script>" not in page.split("</head>")[-1].replace("<script src", "") or query != "<script>"
    assert found(browser, q="%") == set()


@pytest.mark.parametrize(
    "query",
    [
        "phase=nonsense",
        "phase=%00",
        "kind=x",
        "subject=x",
        "subject=application:%00",
        "state=application:nonsense",
        "unit=abc",
        "unit=999999",
        "assignee=99999999999999999999",
        "assignee=x",
        "language=xx",
        "overdue=maybe",
        "p=0",
        "p=x",
        "ordering=search_text",
        "export=pdf",
    ],
)
def test_wrong_filters_are_no_error(browser, sent, query):
    assert browser.get(f"{INDEX}?{query}").status_code == 200


def test_filters_narrow(browser, officer, colleague, send, call):
    other = make_call(unit=UnitFactory(parent=call.unit), code="SIDE")
    forget(officer)  # The hub is younger than what is remembered of the officer's reach.
    first, second = send(language="ka"), send(other, language="de")
    transition(submission=second, verb="screen", by=officer)
    assign(submission=first, to=officer, by=officer)
    set_due(submission=first, due_on=date(2026, 11, 1), by=officer)
    assert found(browser) == {first, second}
    for query, expected in (
        ({"phase": "new"}, {first}),
        ({"phase": "working"}, {second}),
        ({"phase": "closed"}, set()),
        ({"kind": "application"}, {first, second}),
        ({"subject": "application:MV27"}, {first}),
        ({"subject": "application:SIDE"}, {second}),
        ({"state": "application:screening"}, {second}),
        ({"unit": other.unit_id}, {second}),
        ({"language": "ka"}, {first}),
        ({"assignee": "me"}, {first}),
        ({"assignee": "nobody"}, {second}),
        ({"overdue": "yes"}, {first}),
        ({"assignee": "me", "language": "de"}, set()),
    ):
        assert found(browser, **query) == expected, query
    assign(submission=second, to=colleague, by=officer)
    assert found(browser, assignee=colleague.pk) == {second}


def test_what_is_late_says_so_in_words(browser, officer, sent):
    set_due(submission=sent, due_on=date(2026, 11, 2), by=officer)
    assert "Overdue since" not in text(browser.get(INDEX))
    set_due(submission=sent, due_on=date(2026, 11, 1), by=officer)
    assert "Overdue since 1 Nov 2026" in text(browser.get(INDEX))
    transition(submission=sent, verb="withdraw", by=sent.owner)
    assert "Overdue since" not in text(browser.get(INDEX))


def test_counts_are_links_that_keep_the_other_filters(browser, officer, send):
    first, _second = send(language="de"), send(language="ka")
    transition(submission=first, verb="screen", by=officer)
    page = text(browser.get(INDEX, {"language": "de", "q": first.reference}))
    assert "New <b>0</b>" in page
    assert "Being worked on <b>1</b>" in page
    assert f"?language=de&amp;q={first.reference}&amp;phase=working" in page
    assert "All <b>2</b>" in text(browser.get(INDEX))


def test_rows_show_what_an_officer_asks_first(browser, officer, sent):
    MessageFactory(
        call=True,
        unit=sent.unit,
        about_type=ContentType.objects.get_for_model(Submission),
        about_id=sent.pk,
        channel=Channel.CALL,
        state=MessageState.OPEN,
    )
    page = text(browser.get(INDEX))
    for word in (
        f"data-reference>{sent.reference}<",
        sent.title,
        "ნინო ქავთარაძე",
        "English",
        "MV27",
        "Fund for communities",
        "Office of Communities",
        "2 Nov 2026",
        "15:00",
        "Tbilisi time",
        "Nobody",
        "1 call to make",
    ):
        assert word in page, word


# --- Cost -------------------------------------------------------------------------------------


def queries(browser, address):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_a_long_list_asks_as_often_as_a_short_one(browser, officer, send, sent):
    """The whole page with menu and filters, not a fragment; the first request warms what is cached."""
    addresses = (INDEX, f"{reverse('submissions:index_results')}?phase=new&assignee=me", f"{INDEX}?q=ნინო")
    send()
    last = send()
    assign(submission=last, to=officer, by=officer)
    short = [queries(browser, address) for address in addresses for _twice in range(2)][1::2]
    copies = [Submission(**_fields(last, number)) for number in range(197)]
    Submission.objects.bulk_create(copies)
    model = type(last.application)
    rows = Submission.objects.filter(reference__startswith="COPY")
    model.objects.bulk_create(
        model(submission=row, call=last.application.call, state=last.application.state) for row in rows
    )
    assert Submission.objects.count() == 200
    assert [queries(browser, address) for address in addresses] == short
    assert max(short) <= 20


def _fields(submission, number):
    kept = {
        field.attname: getattr(submission, field.attname)
        for field in Submission._meta.concrete_fields
        if field.attname not in {"id", "token", "key", "reference"}
    }
    assignee = staff(unit=submission.unit).pk if number < 5 else kept["assignee_id"]
    return kept | {"key": uuid4(), "reference": f"COPY-{number}", "assignee_id": assignee}


def test_the_first_page_of_the_admin_says_what_waits(browser, officer, send):
    late, done = send(typed={"title": "Mine and late"}), send(typed={"title": "Mine and over"})
    for submission in (late, done):
        assign(submission=submission, to=officer, by=officer)
    transition(submission=done, verb="withdraw", by=done.owner)
    set_due(submission=late, due_on=date(2026, 11, 1), by=officer)
    page = text(browser.get("/admin/"))
    assert "Mine and late" in page
    assert "Overdue since 1 Nov 2026" in page
    assert "Mine and over" not in page
    assert "/admin/submissions/?phase=new" in page
    assert "New submissions: 1" in page
    assert "Overdue: 1" in page
    stranger = sign_in(Client(), staff(Role.EDITOR, unit=officer.role_assignments.get().unit))
    assert "New submissions" not in text(stranger.get("/admin/"))
