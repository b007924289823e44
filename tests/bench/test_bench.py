"""The bench compares like with like, and says so when a bound is broken."""

import pytest

from cms.serve import Server
from tests.bench import options, servers
from tests.bench.__main__ import BOUNDS, OF_A_STEP, OF_THE_QUEUE, QUERIES, report
from tests.bench.applying import Answer, apply
from tests.bench.servers import Cost, load

BARE = Cost(rate=1000, cpu=0.001)
FACTS = {
    "pages": {"home": {"path": "/ka/", "queries": 5}, "article": {"path": "/ka/news/a/", "queries": QUERIES}},
    "application": {"requests": 14, "queries": 150, "step": OF_A_STEP},
    "queue": {"3": OF_THE_QUEUE, "200": OF_THE_QUEUE},
}


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
        ({}, "application: 14 requests, 150 queries in all"),
        ({}, "queue: as many queries at any length"),
    ],
)
def test_what_holds_is_told(capsys, costs, line):
    assert report(rounds(**costs), FACTS)
    assert line in capsys.readouterr().out


@pytest.mark.parametrize(
    ("costs", "facts", "line"),
    [
        ({"cached_article": Cost(599, 0.001)}, {}, "(needs ≥ 0.6, BROKEN)"),
        ({"cached_home": Cost(599, 0.001)}, {}, "(needs ≥ 0.6, BROKEN)"),
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
    assert not report(rounds(**costs), FACTS | facts)
    assert line in capsys.readouterr().out


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
