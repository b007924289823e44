"""The deadline over HTTP: what counts is when a request arrived, however long its body takes."""

import re
import socket
import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from cms.core import clock
from cms.core.zones import wall_of
from cms.forms.models import StepData, Submission
from tests.accounts.factories import UserFactory
from tests.fault.test_forms_submit import Browser
from tests.forms.factories import make_call, make_filled
from tests.servers.ports import HOST, wait_until

FIELDS = ("csrfmiddlewaretoken", "idempotency_key")
BEFORE = timedelta(seconds=15)
AFTER = 1.5


class Slow:
    """A POST whose body is held back."""

    def __init__(self, browser, site, path, data):
        self.body = urlencode(data).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}:{site.port}\r\nCookie: {cookies}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(self.body)}\r\nConnection: close\r\n\r\n"
        )
        self.connection = socket.create_connection((HOST, site.port), timeout=20)
        self.connection.sendall(head.encode())

    def go_on(self):
        """Send the body; return the head of the answer."""
        with self.connection:
            self.connection.sendall(self.body)
            answer = b"".join(iter(lambda: self.connection.recv(65536), b""))
        return answer.partition(b"\r\n\r\n")[0].decode()


def tokens(browser, path):
    """Return what the form of a page carries."""
    _url, page = browser.open(path)
    browser.cookies |= {cookie.name: cookie.value for cookie in browser.jar}
    return {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in FIELDS}


@pytest.fixture
def person(transactional_db):
    return UserFactory()


def test_a_body_held_back_across_the_deadline_is_taken_and_a_late_request_is_not(site, person):
    site.web("off")
    assert wait_until(site.serves, seconds=60), site.logs()
    closes = wall_of(clock.now() + BEFORE, "Asia/Tbilisi").replace(microsecond=0)
    call = make_call(closes_wall=closes)
    in_time, late = (make_filled(call, owner=person, language="en") for _each in range(2))
    browser = Browser(site, person)
    paths = {draft: f"/en/my/{draft.token}/check/" for draft in (in_time, late)}
    typed = {draft: tokens(browser, path) for draft, path in paths.items()}
    rows = list(StepData.objects.filter(submission=late).order_by("pk").values())

    slow = Slow(browser, site, paths[in_time], typed[in_time])
    assert clock.now() < call.closes_at, "This machine is too slow for the test."
    time.sleep((call.closes_at - clock.now()).total_seconds() + AFTER)
    answer = slow.go_on()
    assert answer.startswith("HTTP/1.1 302"), f"{answer}\n{site.logs()}"
    assert f"/en/my/{in_time.token}/receipt/" in answer
    in_time = Submission.objects.get(pk=in_time.pk)
    assert in_time.reference
    assert in_time.received_at <= call.closes_at

    url, page = browser.open(paths[late], typed[late])
    assert url.endswith(paths[late])
    assert "The deadline was" in page
    assert "Cooking together." in page
    late = Submission.objects.get(pk=late.pk)
    assert (late.is_draft, late.reference) == (True, "")
    assert list(StepData.objects.filter(submission=late).order_by("pk").values()) == rows
