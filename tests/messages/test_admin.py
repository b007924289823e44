"""The room in the admin: who sees what, and that no list asks once a row."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.messages.admin.calls import call_viewset
from cms.messages.admin.messages import message_viewset
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from tests.messages.factories import MessageFactory, UnitFactory, sign_in, staff

pytestmark = pytest.mark.django_db

OBJECT_ROUTES = [
    "messages:inspect",
    "messages:preview",
    "messages:resend",
    "messages:bounced",
    "calls:inspect",
    "calls:preview",
    "calls:reached",
    "calls:missed",
    "calls:given_up",
]
BULK = "/admin/bulk/cms_messages/message/resend/"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(client, unit):
    return sign_in(client, staff(unit=unit))


def url(name, message):
    return reverse(name, args=(message.pk,))


def test_no_route_is_missing_from_this_file():
    found = {
        f"{viewset.name}:{pattern.name}"
        for viewset in (message_viewset, call_viewset)
        for pattern in viewset.get_urlpatterns()
    }
    lists = {f"{name}:{view}" for name in ("messages", "calls") for view in ("index", "index_results")}
    assert found == {*OBJECT_ROUTES, *lists}


@pytest.mark.parametrize("route", OBJECT_ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_units_message_is_not_there(officer, route, method):
    for unit in (UnitFactory(), None):
        call = route.startswith("calls")
        message = MessageFactory(unit=unit, call=call) if call else MessageFactory(unit=unit)
        assert getattr(officer, method)(url(route, message)).status_code == 404
        message.refresh_from_db()
        assert message.state == (MessageState.OPEN if call else MessageState.SENT)
    assert Message.objects.count() == 2
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.HELPER])
def test_other_roles_see_nothing(client, unit, role):
    sign_in(client, staff(role, unit=unit))
    message = MessageFactory(unit=unit)
    assert client.get(url("messages:inspect", message)).status_code == 404
    page = client.get(reverse("messages:index"), follow=True)
    assert message.subject not in page.content.decode()


def test_lists_search_and_exports_show_own_units_only(officer, unit):
    MessageFactory(unit=unit, subject="Mine")
    MessageFactory(unit=UnitFactory(parent=unit), subject="Below")
    MessageFactory(subject="Foreign")
    MessageFactory(unit=None, subject="Nobodys")
    for query in ("", "?q=e", "?export=csv", "?export=xlsx", "?ordering=-state", "?state=sent&language=en"):
        text = officer.get(reverse("messages:index") + query).getvalue().decode("utf-8", "replace")
        assert "Foreign" not in text
        assert "Nobodys" not in text
        if "export" not in query:
            assert "Mine" in text or query == "?q=e"
            assert "Below" in text
    names = officer.get(reverse("messages:index")).content.decode()
    assert names.count("</option>") > 0
    assert Message.objects.get(subject="Foreign").unit.name not in names


@pytest.mark.parametrize("query", ['"', '"""', "\0", "a\0b", "'", "%", "\\", "{{", "<script>", "x" * 10_000])
def test_search_survives(officer, unit, query):
    MessageFactory(unit=unit)
    for name in ("messages:index", "messages:index_results", "calls:index"):
        response = officer.get(f"{reverse(name)}?{urlencode({'q': query})}")
        assert response.status_code == 200
        assert (
            b"<script>"
            not in response.content.split(b"</head>")[-1]
            .replace(b"<script src", b"")
            .replace(b'<script type="application/json"', b"")
            or query != "<script>"
        )


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "state=%00",
        "unit=abc",
        "unit=999999",
        "p=0",
        "p=x",
        "ordering=sealed",
        "language=xx",
    ],
)
def test_wrong_filters_are_no_error(officer, unit, query):
    MessageFactory(unit=unit)
    assert officer.get(f"{reverse('messages:index')}?{query}").status_code in {200, 404}


def test_what_people_wrote_is_escaped(officer, unit):
    evil = '<img src=x onerror="alert(1)">'
    message = MessageFactory(unit=unit, subject=evil, body=evil, name=evil, note=evil)
    task = MessageFactory(
        call=True, unit=unit, subject=evil, body=evil, name=evil, phone='"><img>', note=evil
    )
    pages = [
        reverse("messages:index"),
        reverse("calls:index"),
        *(url(f"messages:{view}", message) for view in ("inspect", "preview", "resend", "bounced")),
        *(url(f"calls:{view}", task) for view in ("inspect", "reached", "missed", "given_up")),
    ]
    for page in pages:
        response = officer.get(page)
        assert response.status_code == 200, page
        assert "<img" not in response.content.decode().replace('<img src="/static', ""), page


def test_preview_runs_nothing_and_loads_nothing(officer, unit):
    message = MessageFactory(unit=unit, language="ar")
    response = officer.get(url("messages:preview", message))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("sandbox")
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert 'dir="rtl"' in response.content.decode()
    assert officer.post(url("messages:preview", message)).status_code in {403, 405}


def test_resend_asks_first_then_sends_once(officer, unit):
    message = MessageFactory(unit=unit, dead=True)
    assert officer.get(url("messages:resend", message)).status_code == 200
    assert Message.objects.count() == 1
    assert officer.post(url("messages:resend", message)).status_code == 302
    assert Message.objects.filter(resend_of=message, state=MessageState.QUEUED).count() == 1
    assert Entry.objects.get().action == "messages.resend"


def test_every_form_carries_a_token(unit):
    strict = sign_in(Client(enforce_csrf_checks=True), staff(unit=unit))
    message, task = MessageFactory(unit=unit, dead=True), MessageFactory(unit=unit, call=True)
    for page in (url("messages:resend", message), url("calls:reached", task), f"{BULK}?id={message.pk}"):
        assert strict.post(page).status_code == 403
        assert "csrfmiddlewaretoken" in strict.get(page).content.decode()


def test_came_back_then_rung(officer, unit):
    message = MessageFactory(unit=unit, phone="+995 555", language="ar", body="مرحبا")
    officer.post(url("messages:bounced", message))
    task = Message.objects.get(channel=Channel.CALL)
    page = officer.get(reverse("calls:index")).content.decode()
    assert '<bdi class="khidi-phone" dir="ltr">+995 555</bdi>' in page
    assert '<details class="khidi-spoken" lang="ar" dir="rtl">' in page
    assert (
        '<blockquote class="khidi-spoken" lang="ar" dir="rtl">'
        in officer.get(url("calls:reached", task)).content.decode()
    )
    officer.post(url("calls:missed", task), {"note": "Nobody there"})
    assert task.name in officer.get(reverse("calls:index")).content.decode()
    officer.post(url("calls:reached", task), {"note": "Told him"})
    assert task.name not in officer.get(reverse("calls:index")).content.decode()
    task.refresh_from_db()
    assert (task.state, task.attempts, task.note) == (MessageState.REACHED, 2, "Nobody there\nTold him")
    actions = Entry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["messages.bounce", "messages.miss", "messages.reach"]


def test_too_late_says_so_and_changes_nothing(officer, unit):
    task = MessageFactory(unit=unit, call=True, state=MessageState.REACHED)
    for method in (officer.get, officer.post):
        page = method(url("calls:given_up", task), follow=True)
        assert "no longer possible" in page.content.decode()
    task.refresh_from_db()
    assert task.state == MessageState.REACHED


@pytest.mark.parametrize("note", ["x" * 10_000, "a\0b"])
def test_a_note_that_cannot_be_kept_is_shown_again(officer, unit, note):
    task = MessageFactory(unit=unit, call=True)
    response = officer.post(url("calls:missed", task), {"note": note})
    assert response.status_code == 200
    assert note.encode() in response.content
    task.refresh_from_db()
    assert task.attempts == 0


def test_bulk_resend_touches_own_dead_letters_only(officer, unit):
    mine = [MessageFactory(unit=unit, dead=True) for _ in range(2)]
    others = [
        MessageFactory(dead=True),
        MessageFactory(unit=None, dead=True),
        MessageFactory(unit=unit),
        MessageFactory(unit=unit, dead=True, hidden=True),
        MessageFactory(unit=unit, call=True),
    ]
    ids = urlencode([("id", message.pk) for message in (*mine, *others)])
    page = officer.get(f"{BULK}?{ids}").content.decode()
    assert mine[0].name in page
    assert others[0].name not in page
    officer.post(f"{BULK}?{ids}")
    repeats = Message.objects.filter(resend_of__isnull=False)
    assert sorted(repeats.values_list("resend_of", flat=True)) == [message.pk for message in mine]
    officer.post(f"{BULK}?id=all")
    assert repeats.count() == 4


@pytest.mark.parametrize("narrowed", ["q=wanted", "language=de", "q=WANTED&language=de", "unit={unit}"])
def test_everything_listed_is_what_the_list_was_narrowed_to(officer, unit, narrowed):
    wanted = MessageFactory(unit=unit, dead=True, subject="Wanted", language="de")
    hub = UnitFactory(parent=unit)
    other = MessageFactory(unit=hub, dead=True, subject="Other", language="ka")
    officer.post(f"{BULK}?{narrowed.format(unit=unit.pk)}&id=all")
    assert wanted.repeats.exists()
    assert not other.repeats.exists()


@pytest.mark.parametrize("query", ["id=abc", "id=", "", "id=99999999999999999999999", "id=1&childOf=x"])
def test_bulk_resend_with_nonsense(officer, unit, query):
    assert officer.get(f"{BULK}?{query}").status_code in {400, 404}


@pytest.mark.parametrize(("route", "most"), [("messages:index", 20), ("calls:index", 20)])
def test_a_list_asks_as_often_for_200_rows_as_for_3(officer, unit, route, most):
    def rows(number):
        for _ in range(number):
            MessageFactory(unit=unit, about=UnitFactory(), call=route.startswith("calls"))

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert officer.get(reverse(route)).status_code == 200
        return len(captured)

    rows(3)
    queries()
    few = queries()
    rows(197)
    assert queries() == few
    assert few <= most, few


def test_menu_shows_the_room_to_its_roles_only(officer, client, unit):
    assert reverse("calls:index") in officer.get(reverse("wagtailadmin_home")).content.decode()
    sign_in(client, staff(Role.EDITOR, unit=unit))
    assert reverse("calls:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_first_page_says_what_waits_in_ones_own_units(officer, unit):
    MessageFactory.create_batch(2, unit=unit, state=MessageState.DEAD)
    MessageFactory(state=MessageState.DEAD)  # Of another unit.
    page = officer.get(reverse("wagtailadmin_home")).content.decode()
    assert f'<a href="{reverse("messages:index")}?state=dead">Failed mails: 2</a>' in page
    assert f'<a href="{reverse("calls:index")}">People to ring: 0</a>' in page
