"""Every route has a line in audience.toml, and answers each kind of person as the line says.

The expectation is derived from the line alone and never from the policy, so that a mistake in the
policy shows. Each request is undone afterwards.
"""

import tomllib
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import path, reverse

from cms import urls
from tests.permissions import world
from tests.permissions.routes import all_routes, gaps, line_of

FILE = tomllib.loads((Path(__file__).parent / "audience.toml").read_text())
LINES, LEFT_OUT = FILE["routes"], FILE["left_out"]

ROLES = {"officer": {"officer"}, "elsewhere": {"admin", "officer"}, "admin": {"admin"}}
"""What each person of the staff is, told once more: not asked of the product."""

OUTSIDE = ("anonymous", "applicant", "reviewer")
ONE_OF_EACH = (*OUTSIDE, "unproven", "elsewhere", "superuser")
"""Where Wagtail decides, units play no part: one of the staff stands for all."""

STRANGERS = {*OUTSIDE, "unproven", "elsewhere"}
OWNER = ("owner", "applicant")
OPEN, MISSING, SIGN_IN, PROOF = {"open"}, {"missing"}, {"sign-in"}, {"proof"}
LED = {"open", "sign-in", "proof", "home"}
"""Open, or led to the door that fits; all of them are for everybody."""
REFUSED = {"missing", "forbidden", "home"}
ANYTHING = OPEN | REFUSED


def answer(response):
    """Return what an answer means to the person who asked."""
    if response.status_code in {404, 405}:
        return {404: "missing", 405: "method"}[response.status_code]
    if response.status_code == 403:
        return "forbidden"
    if response.status_code in {301, 302, 303}:
        target = response["Location"].partition("?")[0]
        if target.endswith(("/account/login/", "/admin/login/")):
            return "sign-in"
        if "/2fa/" in target:
            return "proof"
        return "home" if target == reverse("wagtailadmin_home") else "open"
    return "error" if response.status_code >= 500 else "open"


def expected(line, person):
    """Return which answers the audience of a line may give to a person."""
    audience, thing = (*line.split(), None)[:2]
    kind, _, rest = audience.partition(":")
    to_all = {"public": LED, "demo": LED, "site": OPEN | MISSING}
    if kind in to_all:
        return to_all[kind]
    if kind in {"signed-in", "owner"}:
        to_signed_in = LED | PROOF if kind == "signed-in" else MISSING
        return SIGN_IN if person == "anonymous" else LED if (kind, person) == OWNER else to_signed_in
    at_the_door = {"anonymous": SIGN_IN, "applicant": MISSING, "reviewer": MISSING, "unproven": PROOF}
    if person in at_the_door:
        return at_the_door[person] | {
            "asset": OPEN,
            "nobody": MISSING,
            "helper": MISSING,
            "desk": MISSING,
        }.get(kind, set())
    if kind == "staff":
        return staff(rest, thing, person)
    desk = OPEN if person == "superuser" else REFUSED
    allowed = {"wagtail": ANYTHING, "asset": OPEN, "nobody": REFUSED, "helper": REFUSED, "desk": desk}
    return allowed.get(kind, OPEN if person == kind else REFUSED)


def staff(rest, thing, person):
    """Return the answers of `staff:<roles>@<unit or top>` to somebody who proved a second factor."""
    roles, _, where = rest.partition("@")
    if person == "superuser":
        return OPEN
    if not ROLES[person] & set(roles.split(",")):
        return REFUSED
    if where == "top":
        return OPEN if person == "admin" else REFUSED
    return MISSING if person == "elsewhere" and thing else OPEN


class Cells:
    """Asks for every route as every person, and notes what is not as it should be."""

    def __init__(self):
        self.clients = world.clients()
        self.things = world.objects()
        world.settle()
        self.cookies = {person: world.keep_cookies(client) for person, client in self.clients.items()}
        self.seen = set()
        self.wrong = []

    def walk(self, routes):
        for route in routes:
            line = LINES[line_of(route.name, LINES)]
            thing = (*line.split(), None)[1]
            address = route.address(self.things[thing] if thing else {})
            people = self.clients if line.split()[0] != "wagtail" else ONE_OF_EACH
            for person in people:
                for method in ("GET", "POST"):
                    if not {route.name, f"{method} {route.name}"} & LEFT_OUT.keys():
                        self.ask(route.name, line, person, method, address)

    def ask(self, name, line, person, method, address):
        client = self.clients[person]
        cache.clear()
        world.restore_cookies(client, self.cookies[person])
        with transaction.atomic():
            response = client.generic(method, address)
            transaction.set_rollback(True)
        got = answer(response)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if world.PRIVATE.encode() in body:
            self.seen.add((name, person))
        if got not in expected(line, person) | {"method"}:
            self.wrong.append(f"{method} {name} {person}: {got} ({response.status_code}), line: {line}")
        if (name, person) in self.seen and person in STRANGERS and not line.startswith("demo"):
            self.wrong.append(f"{method} {name} {person}: reads what is private")


def test_every_route_has_a_line_and_every_line_a_route():
    assert gaps(all_routes(), LINES) == ([], [])


def test_what_is_left_out_exists_and_says_why():
    names = {route.name for route in all_routes()}
    assert all(reason and key.split()[-1] in names for key, reason in LEFT_OUT.items())


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results.*wagtail_localize")
def test_every_cell(settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = (
        3600  # On a busy machine the walk takes more than five minutes.
    )
    cells = Cells()
    cells.walk(all_routes())
    if cells.wrong:
        pytest.fail(f"{len(cells.wrong)} cells are wrong:\n" + "\n".join(cells.wrong), pytrace=False)
    # The look for private text is not blind: those who may read it do.
    assert {("messages:index", "officer"), ("messages:inspect", "admin")} <= cells.seen


# --- Negative controls ------------------------------------------------------------------------


@pytest.fixture
def probe(settings, monkeypatch):
    """Return a function that adds a route for this test."""

    def add(view, address="admin/probe/<int:pk>/", name="probe"):
        urlconf = type("urls", (), {"urlpatterns": [path(address, view, name=name), *urls.urlpatterns]})
        settings.ROOT_URLCONF = urlconf
        return [route for route in all_routes() if route.name == name]

    return add


def leaking(request, pk):
    return HttpResponse(world.PRIVATE)


def test_a_route_without_a_line_is_found(probe):
    probe(leaking)
    assert gaps(all_routes(), LINES) == (["probe"], [])


def test_a_line_without_a_route_is_found():
    assert gaps(all_routes(), {**LINES, "units:merge": "superuser"}) == ([], ["units:merge"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("staff:officer@unit message", {"anonymous", "elsewhere", "admin"}),
        ("superuser", {"anonymous", "officer", "elsewhere", "admin"}),
        ("public", {"anonymous", "applicant", "reviewer", "elsewhere"}),
    ],
)
def test_a_leaking_view_is_caught(probe, monkeypatch, line, caught):
    monkeypatch.setitem(LINES, "probe", line)
    cells = Cells()
    cells.walk(probe(leaking))
    assert {finding.split()[2].strip(":") for finding in cells.wrong} >= caught


@pytest.mark.django_db
@pytest.mark.expects_error_log
def test_a_breaking_view_is_caught(probe, monkeypatch):
    def breaking(request, pk):
        raise ValueError

    monkeypatch.setitem(LINES, "probe", "wagtail message")
    cells = Cells()
    cells.walk(probe(breaking))
    assert {finding.split()[2] for finding in cells.wrong if "error (500)" in finding} >= {
        "elsewhere:",
        "superuser:",
    }
