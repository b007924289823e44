"""What applying and the queue ask of the database, and people who can apply: for `tests.bench.facts`."""

from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.enums import Role
from cms.accounts.models import User
from cms.forms.models import Submission
from tests.accounts.factories import UnitFactory, person_with
from tests.bench.applying import MULTIPART, Answer, apply
from tests.forms.factories import make_call, make_organisation, make_sent
from tests.sessions import sign_in

FEW, MANY = 3, 200


def applicant(number: int) -> User:
    """Return somebody new who acts for an organisation."""
    person = User.objects.create_user(
        email=f"applicant-{number}@example.org", name=f"ნინო {number}", preferred_language="ka"
    )
    make_organisation(person, name=f"სამეზობლო მაგიდა {number}")
    return person


def session(person: User) -> dict[str, str]:
    """Sign somebody in; return the cookies of their browser."""
    cookies = sign_in(client(), person, proven=False).cookies
    return {name: cookie.value for name, cookie in cookies.items()}


def client() -> Client:
    """Return a browser inside this process that asks for our host."""
    return Client(headers={"host": urlsplit(settings.SITE_URL).netloc})


class Inside:
    """A browser inside this process that counts what its requests ask of the database."""

    def __init__(self, person: User | None = None) -> None:
        self.client = sign_in(client(), person, proven=False) if person else client()
        self.counts: list[tuple[str, str, int]] = []

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Send one request; note its queries."""
        kind = {"content_type": MULTIPART} if body else {}
        with CaptureQueriesContext(connection) as captured:
            response = self.client.generic(method, path, body, **kind)
        self.counts.append((method, path, len(captured)))
        text = "" if response.streaming else response.text
        return Answer(response.status_code, response.headers.get("Location", ""), text)


def application() -> dict[str, int]:
    """Return requests and queries of a whole application, and the most that saving a step asks."""
    apply(Inside(applicant(1)))  # Menu and the like are remembered from now on.
    browser = Inside(applicant(2))
    apply(browser)
    steps = [count for method, path, count in browser.counts if method == "POST" and "/step/" in path]
    return {
        "requests": len(browser.counts),
        "queries": sum(count for _method, _path, count in browser.counts),
        "step": max(steps),
    }


def queue() -> dict[str, int]:
    """Return the queries of the queue by the number of its rows."""
    unit = UnitFactory()
    browser = sign_in(client(), person_with(Role.OFFICER, unit))
    call = make_call(unit=unit, closes_wall=None)
    last = [make_sent(call, owner=applicant(10 + number)) for number in range(FEW)][-1]
    found = {str(FEW): looked(browser)}
    fill_up(last, MANY - FEW)
    return found | {str(MANY): looked(browser)}


def looked(browser: Client) -> int:
    """Return the queries of the queue, once what is shared by all pages is remembered."""
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(reverse("submissions:index"))
    if response.status_code != 200:
        raise SystemExit(f"The queue answers {response.status_code}.")
    return len(captured)


def fill_up(one: Submission, number: int) -> None:
    """Add copies of a submission: to read a list, how they came about does not matter."""
    names = [field.attname for field in Submission._meta.concrete_fields]
    own = {"id", "token", "key", "reference"}
    kept = {name: getattr(one, name) for name in names if name not in own}
    rows = [Submission(**kept, key=uuid4(), reference=f"COPY-{copy}") for copy in range(number)]
    Submission.objects.bulk_create(rows)
    call, state = one.application.call, one.application.state
    details = type(one.application).objects
    details.bulk_create(details.model(submission=row, call=call, state=state) for row in rows)
