"""The bench compares like with like, and says so when a bound is broken."""

from collections import Counter

import pytest

from cms.serve import Server
from tests.bench import options, servers
from tests.bench.__main__ import BOUNDS, OF_A_STEP, OF_THE_QUEUE, QUERIES, report
from tests.bench.applying import Answer, apply
from tests.bench.crowd import QUERIES as OF_A_REGISTRATION
from tests.bench.crowd import REQUESTS, Crowd
from tests.bench.registering import BUSY, PEOPLE, Counting, register
from tests.bench.servers import Cost, load

BARE = Cost(rate=1000, cpu=0.001)
FACTS = {
    "pages": {"home": {"path": "/ka/", "queries": 5}, "article": {"path": "/ka/news/a/", "queries": QUERIES}},
    "application": {"requests": 14, "queries": 150, "step": OF_A_STEP},
    "queue": {"3": OF_THE_QUEUE, "200": OF_THE_QUEUE},
}
REFERENCES = [f"ECO-30-{number:04d}-X" for number in range(PEOPLE)]
FOUND = {
    "capacity": 150,
    "taken": 150,
    "held": 0,
    "waiting": 130,
    "moves": 0,
    "ordered": True,
    "references": REFERENCES,
}


def crowd(found=None, **fields):
    fields = {
        "pairs": [(Cost(rate=4, cpu=0.1), BARE)],
        "one": {"requests": REQUESTS, "queries": OF_A_REGISTRATION, "control": 12},
        "references": REFERENCES[::-1],
        "answers": Counter({200: 800, 302: 600, BUSY: 2}),
        **fields,
    }
    return Crowd(found=FOUND | (found or {}), **fields)


def rounds(**costs):
    good = {bound.page: [(Cost(rate=700, cpu=0.0015), BARE)] * 3 for bound in BOUNDS}
    return good | {name.replace("_", " "): [(cost, BARE)] * 3 for name, cost in costs.items()}


def test_the_bare_view_is_served_as_the_site_is():
    given = {name: value for name, value in vars(options).items() if not name.startswith("_")}
    site = Server([], 1, None).cfg
    ours = {name: site.settings[name].get() for name in given}
    assert {**ours, "worker_class": site.worker_class_str} == {**given, "worker_class": "gthread"}


def test_the_yardstick_has_no_middleware():
    source = (servers.ROOT / "tests" / "bench" / "bare.py").read_text()
    assert "MIDDLEWARE" not in source


@pytest.mark.parametrize(
    ("costs", "line"),
    [
        ({}, "cached article: 0.70 of the bare view's requests a second (needs ≥ 0.6); rounds 0.70 to 0.70"),
        (
            {"uncached_article": Cost(10, 0.06)},
            "uncached article: 60.00 times the bare view's CPU (needs ≤ 60)",
        ),
        (
            {"application": Cost(1, 0.6)},
            "application: 600.00 times the bare view's CPU (needs ≤ 600)",
        ),
        ({}, "registration: 7 requests (needs ≤ 7)"),
        ({}, "registrations: 240 a minute, 2 times asked to send again"),
        ({}, "registrations: 150 people on 150 seats (needs none oversold)"),
        ({}, "application: 14 requests, 150 queries in all"),
        ({}, "queue: as many queries at any length"),
    ],
)
def test_what_holds_is_told(capsys, costs, line):
    assert report(rounds(**costs), FACTS, crowd())
    assert line in capsys.readouterr().out


@pytest.mark.parametrize(
    ("costs", "facts", "line"),
    [
        ({"cached_article": Cost(599, 0.001)}, {}, "(needs ≥ 0.6, BROKEN)"),
        ({"cached_home": Cost(599, 0.001)}, {}, "(needs ≥ 0.6, BROKEN)"),
        (
            {"registration": Cost(4, 0.401)},
            {},
            "registration: 401.00 times the bare view's CPU (needs ≤ 400, BROKEN)",
        ),
        ({"uncached_article": Cost(10, 0.0601)}, {}, "(needs ≤ 60, BROKEN)"),
        ({"application": Cost(1, 0.601)}, {}, "(needs ≤ 600, BROKEN)"),
        (
            {},
            {"pages": {"home": {"path": "/ka/", "queries": QUERIES + 1}}},
            f"uncached home: {QUERIES + 1} queries (needs ≤ {QUERIES}, BROKEN)",
        ),
        (
            {},
            {"application": {"requests": 14, "queries": 150, "step": OF_A_STEP + 1}},
            f"saving a step of it: {OF_A_STEP + 1} queries (needs ≤ {OF_A_STEP}, BROKEN)",
        ),
        ({}, {"queue": {"3": 19, "200": OF_THE_QUEUE}}, "queue: BROKEN, not as many queries at any length"),
        ({}, {"queue": {"3": 21, "200": 21}}, f"queue of 200: 21 queries (needs ≤ {OF_THE_QUEUE}, BROKEN)"),
    ],
)
def test_what_is_broken_is_told(capsys, costs, facts, line):
    assert not report(rounds(**costs), FACTS | facts, crowd())
    assert line in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"found": {"taken": 151}}, "151 people on 150 seats (needs none oversold, BROKEN)"),
        ({"found": {"ordered": False}}, "no seat idle, BROKEN)"),
        ({"found": {"moves": 1}}, "no seat idle, BROKEN)"),
        ({"found": {"references": REFERENCES[1:]}}, "(needs each of them kept once, BROKEN)"),
        ({"references": [*REFERENCES[1:], REFERENCES[1]]}, "199 of 200 references"),
        ({"one": {"requests": REQUESTS + 1, "queries": 1, "control": 12}}, "8 requests (needs ≤ 7, BROKEN)"),
        (
            {"one": {"requests": 1, "queries": OF_A_REGISTRATION + 1, "control": 12}},
            "81 queries (needs ≤ 80, BROKEN)",
        ),
    ],
)
def test_a_crowd_that_is_not_served_well_is_told(capsys, changed, line):
    assert not report(rounds(), FACTS, crowd(**changed))
    assert line in capsys.readouterr().out


def test_who_is_asked_to_send_again_does_so_a_few_times():
    class Busy:
        def ask(self, *_request):
            return Answer(BUSY, "", "<main>")

    browser = Counting(Busy())
    with pytest.raises(RuntimeError, match="503"):
        browser.send("/ka/register/ECO/1/", "", {})
    assert browser.answers == {BUSY: 5}


def test_a_registration_that_goes_another_way_is_no_measurement():
    class Lost:
        def ask(self, method, *_request):
            return (
                Answer(200, "", "<main>") if method == "GET" else Answer(302, "/ka/my/step/who/?missing", "")
            )

    with pytest.raises(RuntimeError, match=r"something else: .*missing"):
        register(Counting(Lost()), "/ka/register/ECO/1/", 0)


def test_an_application_that_goes_another_way_is_no_measurement():
    class Lost:
        def ask(self, *_request):
            return Answer(200, "", '<main><input type="hidden" name="x" value="1"></main>')

    with pytest.raises(RuntimeError, match="something else"):
        apply(Lost())


@pytest.mark.parametrize(
    "output", ["", "0 requests in 1.00s", "5 requests in 1.00s\n  Non-2xx or 3xx responses: 5"]
)
def test_a_page_that_is_not_answered_is_no_measurement(monkeypatch, output):
    class Done:
        stdout = output

    monkeypatch.setattr(servers, "need", lambda _program: "wrk")
    monkeypatch.setattr(servers.subprocess, "run", lambda *_arguments, **_options: Done)
    with pytest.raises(RuntimeError):
        load("http://127.0.0.1:1/", 1)
