"""Neither a mail server nor a broker that is away keeps anybody from their receipt."""

import http.cookiejar
import re
import sys
import time
import urllib.parse
import urllib.request

import pytest
from django.test import Client

from cms.forms.models import Submission, SubmissionVersion
from cms.messages.enums import MessageState
from cms.messages.models import Message
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_filled
from tests.servers.ports import HOST, free_port, wait_until

LIMIT = 1.5
SENDINGS = 5


class Browser:
    """Somebody signed in, over real connections."""

    def __init__(self, site, person):
        client = Client()
        client.force_login(person)
        self.cookies = {"sessionid": client.cookies["sessionid"].value}
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.root = f"http://{HOST}:{site.port}"

    def open(self, path, data=None):
        self.cookies |= {cookie.name: cookie.value for cookie in self.jar}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(f"{self.root}{path}", data=body, headers=headers)  # noqa: S310 - our own server
        with self.opener.open(request, timeout=20) as response:
            return response.geturl(), response.read().decode()

    def send(self, draft):
        """Open the page with all answers, send them, follow to the receipt; return how long sending took."""
        path = f"/en/my/{draft.token}/check/"
        _url, page = self.open(path)
        names = ("csrfmiddlewaretoken", "idempotency_key")
        data = {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in names}
        began = time.perf_counter()
        url, receipt = self.open(path, data)
        return time.perf_counter() - began, url, receipt


@pytest.fixture
def drafts(transactional_db):
    person = UserFactory()
    call = make_call(opens_wall=None, closes_wall=None)
    return [make_filled(call, owner=person, language="en") for _each in range(SENDINGS)]


def receipts(site, drafts):
    """Send all drafts and return how long each took."""
    assert wait_until(site.serves, seconds=60), site.logs()
    browser = Browser(site, drafts[0].owner)
    costs = []
    for draft in drafts:
        seconds, url, receipt = browser.send(draft)
        costs.append(seconds)
        assert url.endswith("/receipt/"), site.logs()
        assert Submission.objects.get(pk=draft.pk).reference in receipt
    assert SubmissionVersion.objects.count() == Message.objects.count() == len(drafts)
    return costs


def tell(capsys, what, costs):
    with capsys.disabled():
        sys.stdout.write(f"\n{what}: from POST to receipt at most {max(costs) * 1000:.0f} ms\n")


@pytest.mark.parametrize("broker", ["refused", "stalled"])
def test_a_broker_that_is_away_keeps_nobody_waiting(celery_site, redis_server, drafts, broker, capsys):
    site = celery_site
    site.environment |= {"SMTP_URL": f"smtp://{HOST}:{free_port()}"}
    site.web("celery")
    assert wait_until(site.serves, seconds=60), site.logs()
    {"refused": redis_server.kill, "stalled": redis_server.stop}[broker]()
    costs = receipts(site, drafts)
    tell(capsys, f"broker {broker}", costs)
    assert max(costs) < LIMIT
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.QUEUED}


@pytest.mark.parametrize("mode", ["refused", "stalled"])
def test_a_mail_server_that_is_away_keeps_nobody_waiting(site, smtp_sink, drafts, mode, capsys):
    """The jobs run in the very process that serves."""
    smtp_sink.mode = "stall"
    closed = f"smtp://{HOST}:{free_port()}"
    site.environment |= {"SMTP_URL": smtp_sink.url if mode == "stalled" else closed, "SMTP_TIMEOUT": "15"}
    site.web("embedded")
    costs = receipts(site, drafts)
    tell(capsys, f"mail server {mode}", costs)
    assert max(costs) < LIMIT
    assert not Message.objects.filter(state=MessageState.SENT).exists()
