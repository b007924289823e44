"""Measure public pages against a bare Django view, side by side in one run: `make bench`.

Figures of one machine say little on another one, and less when it is busy. Ratios hold: each
measurement of a page has one of the bare view beside it, now before and now after, and the median of
their ratios counts. If a bound is broken, as many rounds follow once more and all of them count: a
busy neighbour does not last, a slow page does.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.facts import UNCACHED
from tests.bench.servers import Cost, Server, Site, bare
from tests.runner.parts import ROOT
from tests.servers.programs import OF_THE_BENCH, install

ROUNDS = 5
SECONDS = 1

Pair = tuple[Cost, Cost]
"""What a page cost, and what the bare view cost beside it."""
Rounds = dict[str, list[Pair]]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a page may cost, and how to read it from a round."""

    page: str
    words: str
    figure: Callable[[Cost, Cost], float]
    holds: Callable[[float], bool] | None = None
    needs: str = ""

    def told(self, rounds: Rounds) -> tuple[str, bool]:
        """Return the line about it, and whether it holds."""
        ratios = [self.figure(page, bare) for page, bare in rounds[self.page]]
        ratio = median(ratios)
        good = self.holds is None or self.holds(ratio)
        needs = f" (needs {self.needs}{'' if good else ', BROKEN'})" if self.needs else ""
        spread = f"rounds {min(ratios):.2f} to {max(ratios):.2f}"
        return f"{self.page}: {ratio:.2f} {self.words}{needs}; {spread}", good


def rate(page: Cost, bare: Cost) -> float:
    """Return requests a second as a part of the bare view's."""
    return page.rate / bare.rate


def cpu(page: Cost, bare: Cost) -> float:
    """Return the CPU a request as a multiple of the bare view's."""
    return page.cpu / bare.cpu


RATE, CPU = "of the bare view's requests a second", "times the bare view's CPU"
AT_LEAST, AT_MOST, QUERIES = 0.6, 60, 14
BOUNDS = [
    Bound("cached article", RATE, rate, lambda ratio: ratio >= AT_LEAST, f"≥ {AT_LEAST}"),
    Bound("cached home", RATE, rate, lambda ratio: ratio >= AT_LEAST, f"≥ {AT_LEAST}"),
    Bound("uncached article", CPU, cpu, lambda ratio: ratio <= AT_MOST, f"≤ {AT_MOST}"),
    Bound("uncached home", CPU, cpu),
    Bound("cached article", CPU, cpu),
]


def say(text: str = "") -> None:
    """Print at once, also into a file or a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def facts_of(site: Server) -> dict[str, dict[str, object]]:
    """Ask a process of its own for the pages to measure and their queries."""
    command = [sys.executable, "-m", "tests.bench.facts"]
    done = subprocess.run(
        command, cwd=ROOT, env=site.variables, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def make_sure(site: Server, path: str, *, cached: bool) -> int:
    """Return the size of a page once it is known to be answered as its name says."""
    site.get(path)
    status, headers, body = site.get(path)
    if status != 200 or ("Cache-Status" in headers) is not cached:
        raise RuntimeError(f"{path}: {status}, {'not ' if cached else ''}answered from the cache.")
    return len(body)


def measured(pages: dict[str, tuple[Server, str]], yardstick: Server) -> Rounds:
    """Measure each page beside the bare view; the first time of each warms up and does not count."""
    bare = (yardstick, "/")
    for server, path in (bare, *pages.values()):
        server.measure(path, SECONDS)
    rounds = some_rounds(pages, bare)
    if not all(bound.told(rounds)[1] for bound in BOUNDS):
        more = some_rounds(pages, bare)
        rounds = {name: rounds[name] + more[name] for name in pages}
    return rounds


def some_rounds(pages: dict[str, tuple[Server, str]], bare: tuple[Server, str]) -> Rounds:
    """Measure each page in every round, the bare view before it or after it."""
    rounds: Rounds = {name: [] for name in pages}
    for number in range(ROUNDS):
        for name, page in pages.items():
            turns = (bare, page) if number % 2 else (page, bare)
            costs = [server.measure(path, SECONDS) for server, path in turns]
            rounds[name].append((costs[1], costs[0]) if number % 2 else (costs[0], costs[1]))
    return rounds


def report(rounds: Rounds, facts: dict[str, dict[str, object]]) -> bool:
    """Print everything; tell whether every bound holds."""
    everything = {name: [page for page, _bare in pairs] for name, pairs in rounds.items()}
    everything["bare view"] = [bare for pairs in rounds.values() for _page, bare in pairs]
    for name, costs in everything.items():
        rates, cpus = median(cost.rate for cost in costs), median(cost.cpu for cost in costs)
        say(f"{name:>17}: {rates:8.1f} requests/s, {cpus * 1000:7.3f} ms CPU a request")
    say()
    lines = [bound.told(rounds) for bound in BOUNDS]
    for page, fact in facts.items():
        good = int(str(fact["queries"])) <= QUERIES
        needs = f"needs ≤ {QUERIES}{'' if good else ', BROKEN'}"
        lines.append((f"uncached {page}: {fact['queries']} queries ({needs})", good))
    for line, _good in lines:
        say(line)
    return all(good for _line, good in lines)


def main() -> int:
    """Start both servers, measure, and return the exit code: 1 for a broken bound."""
    if not install(OF_THE_BENCH, fonts=False, say=say):
        return 2
    with tempfile.TemporaryDirectory(prefix="khidi-bench-") as folder, Site(Path(folder) / "site") as site:
        facts = facts_of(site)
        say(f"Measuring {', '.join(str(fact['path']) for fact in facts.values())} in {ROUNDS} rounds.\n")
        pages: dict[str, tuple[Server, str]] = {}
        size = 0
        for name, fact in facts.items():
            path = str(fact["path"])
            size = make_sure(site, path, cached=True)
            make_sure(site, path + UNCACHED, cached=False)
            pages |= {f"cached {name}": (site, path), f"uncached {name}": (site, path + UNCACHED)}
        with bare(Path(folder) / "bare", size) as yardstick:
            rounds = measured(pages, yardstick)
    return 0 if report(rounds, facts) else 1


if __name__ == "__main__":
    sys.exit(main())
