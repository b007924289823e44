import json
import logging

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, resolve

from cms.core import request_id
from cms.core.logs import JSONFormatter
from cms.core.request_id import RequestIDMiddleware


def line(message="", *args, error=None, **extra):
    """Return a log line as the JSON it is."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.getLogger("test").makeRecord(
        "test", logging.ERROR, __file__, 1, message, args, info, extra=extra
    )
    text = JSONFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_is_one_json_object():
    found = line("Job %s\nfailed", 5, facts={"ms": 7})

    assert (found["level"], found["logger"], found["message"], found["ms"]) == (
        "ERROR",
        "test",
        "Job 5\nfailed",
        7,
    )
    assert found["time"].endswith("+00:00")


@pytest.mark.parametrize(
    "address", ["nino@khidi.example", "'nino@khidi.example'", "<a.b+c@d.ge>", "ნინო@ხიდი.გე"]
)
def test_addresses_are_left_out(address):
    assert "@" not in line("Cannot send to %s.", address)["message"]


def fail():
    try:
        {}["nino@khidi.example"]
    except KeyError as error:
        raise ValueError("Nino Beridze") from error


def test_of_an_exception_only_class_and_place_are_kept():
    with pytest.raises(ValueError, match="Nino") as caught:
        fail()
    found = line("It failed", error=caught.value)

    assert found["exception"] == ["builtins.ValueError", "builtins.KeyError"]
    assert found["places"][-1].endswith(" fail")
    assert "nino" not in json.dumps(found).lower()


def answer(path, *, match=None, status=200, **headers):
    """Return the response to a request, and the line that it logged."""
    seen = []

    def view(request):
        request.resolver_match = match
        seen.append(request_id.current())
        seen.append(line("inside"))
        return HttpResponse(status=status)

    response = RequestIDMiddleware(view)(RequestFactory().get(path, headers=headers))
    return response, seen


def test_a_request_is_one_line_without_query(caplog):
    with caplog.at_level(logging.INFO, "cms.request"):
        answer("/ka/?email=nino@khidi.example", status=404)

    (record,) = caplog.records
    assert record.getMessage() == "GET /ka/ 404"
    assert record.facts.keys() == {"method", "path", "status", "ms"}
    assert record.facts["path"] == "/ka/"


def test_keys_in_paths_are_left_out(caplog):
    match = ResolverMatch(lambda: None, (), {"key": "opens-it", "pk": 5})
    with caplog.at_level(logging.INFO, "cms.request"):
        answer("/ka/account/confirm/opens-it/5/", match=match)

    assert caplog.records[0].facts["path"] == "/ka/account/confirm/…/5/"


def test_the_mark_of_a_ticket_is_left_out(caplog):
    match = resolve("/admin/events/ticket/ECO26-26-0001-X/ABCDEFGHIJ/")
    with caplog.at_level(logging.INFO, "cms.request"):
        answer("/admin/events/ticket/ECO26-26-0001-X/ABCDEFGHIJ/", match=match)

    assert "ABCDEFGHIJ" not in caplog.text


def test_the_number_is_in_the_answer_and_in_every_line():
    response, (inside, logged) = answer("/")

    assert response["X-Request-ID"] == inside == logged["request_id"]
    assert request_id.current() == ""


def test_a_number_of_a_proxy_is_kept():
    assert answer("/", **{"X-Request-ID": "abcd-1234"})[0]["X-Request-ID"] == "abcd-1234"


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "a b c d e f", "nino@khidi.example", "line\nbreak!"]
)
def test_any_other_number_is_not(given):
    assert answer("/", **{"X-Request-ID": given})[0]["X-Request-ID"] != given


@pytest.mark.django_db
def test_every_answer_of_the_site_has_a_number(client):
    assert len(client.get("/healthz/live")["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_a_refused_request_names_no_link_that_still_opens(caplog):
    Client(enforce_csrf_checks=True).post("/en/my/resume/StillOpens-1/")
    lines = [JSONFormatter().format(record) for record in caplog.records]
    assert any("Forbidden" in line for line in lines)
    assert "StillOpens" not in "".join(lines)
