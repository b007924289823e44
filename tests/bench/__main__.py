"""Measure pages, a whole application and registrations against a bare Django view: `make bench`.

All in one run. Figures of one machine say little on another one, and less when it is busy. Ratios hold: each
measurement of a page has one of the bare view beside it, now before and now after, and the median of
their ratios counts. If a bound is broken, as many rounds follow once more and all of them count: a
busy neighbour does not last, a slow page does. Registrations are measured by `tests.bench.crowd`.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.applying import CALL, Applications
from tests.bench.crowd import Crowd, registrations
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
AT_LEAST, AT_MOST, WHOLE, ONE = 0.6, 60, 600, 400
QUERIES, OF_A_STEP, OF_THE_QUEUE = 14, 15, 20
BOUNDS = [
    Bound("cached article", RATE, rate, lambda ratio: ratio >= AT_LEAST, f"≥ {AT_LEAST}"),
    Bound("cached home", RATE, rate, lambda ratio: ratio >= AT_LEAST, f"≥ {AT_LEAST}"),
    Bound("uncached article", CPU, cpu, lambda ratio: ratio <= AT_MOST, f"≤ {AT_MOST}"),
    Bound("application", CPU, cpu, lambda ratio: ratio <= WHOLE, f"≤ {WHOLE}"),
    Bound("registration", CPU, cpu, lambda ratio: ratio <= ONE, f"≤ {ONE}"),
    Bound("uncached home", CPU, cpu),
    Bound("cached article", CPU, cpu),
]

Turn = Callable[[], Cost]
"""One measurement."""
Facts = dict[str, Any]
"""What `tests.bench.facts` says."""


def say(text: str = "") -> None:
    """Print at once, also into a file or a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def facts_of(site: Server) -> Facts:
    """Ask a process of its own for what to measure, and for queries."""
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


def measured(turns: dict[str, Turn], bare: Turn) -> Rounds:
    """Measure each page beside the bare view; the first time of each warms up and does not count."""
    for turn in (bare, *turns.values()):
        turn()
    rounds = some_rounds(turns, bare)
    if not all(bound.told(rounds)[1] for bound in BOUNDS if bound.page in rounds):
        more = some_rounds(turns, bare)
        rounds = {name: rounds[name] + more[name] for name in turns}
    return rounds


def some_rounds(turns: dict[str, Turn], bare: Turn) -> Rounds:
    """Measure each page in every round, the bare view before it or after it."""
    rounds: Rounds = {name: [] for name in turns}
    for number in range(ROUNDS):
        for name, page in turns.items():
            costs = [turn() for turn in ((bare, page) if number % 2 else (page, bare))]
            rounds[name].append((costs[1], costs[0]) if number % 2 else (costs[0], costs[1]))
    return rounds


def report(rounds: Rounds, facts: Facts, crowd: Crowd) -> bool:
    """Print everything; tell whether every bound holds."""
    everything = {name: [page for page, _bare in pairs] for name, pairs in rounds.items()}
    everything["bare view"] = [bare for pairs in rounds.values() for _page, bare in pairs]
    for name, costs in everything.items():
        rates, cpus = median(cost.rate for cost in costs), median(cost.cpu for cost in costs)
        say(f"{name:>17}: {rates:8.1f} a second, {cpus * 1000:7.3f} ms CPU each")
    say()
    lines = [bound.told(rounds) for bound in BOUNDS] + counted(facts) + crowd.told()
    for line, _good in lines:
        say(line)
    return all(good for _line, good in lines)


def counted(facts: Facts) -> list[tuple[str, bool]]:
    """Return the lines about queries, and whether they hold."""
    pages, whole, queue = facts["pages"], facts["application"], facts["queue"]
    lines = [at_most(f"uncached {page}", fact["queries"], QUERIES) for page, fact in pages.items()]
    lines.append((f"application: {whole['requests']} requests, {whole['queries']} queries in all", True))
    lines.append(at_most("saving a step of it", whole["step"], OF_A_STEP))
    lines += [at_most(f"queue of {rows}", count, OF_THE_QUEUE) for rows, count in queue.items()]
    same = len(set(queue.values())) == 1
    lines.append((f"queue: {'as many' if same else 'BROKEN, not as many'} queries at any length", same))
    return lines


def at_most(name: str, count: int, most: int) -> tuple[str, bool]:
    """Return the line about a number of queries, and whether it holds."""
    good = count <= most
    return f"{name}: {count} queries (needs ≤ {most}{'' if good else ', BROKEN'})", good


def main() -> int:
    """Start the servers, measure, and return the exit code: 1 for a broken bound."""
    if not install([*OF_THE_BENCH, "postgres"], fonts=False, say=say):
        return 2
    with tempfile.TemporaryDirectory(prefix="khidi-bench-") as folder, Site(Path(folder) / "site") as site:
        facts = facts_of(site)
        found = facts["pages"]
        say(
            f"Measuring {', '.join(page['path'] for page in found.values())} and {CALL} in {ROUNDS} rounds.\n"
        )
        turns: dict[str, Turn] = {}
        size = 0
        for name, page in found.items():
            path = page["path"]
            size = make_sure(site, path, cached=True)
            make_sure(site, path + UNCACHED, cached=False)
            turns |= {
                f"cached {name}": partial(site.measure, path, SECONDS),
                f"uncached {name}": partial(site.measure, path + UNCACHED, SECONDS),
            }
        turns["application"] = Applications(site, facts["applicants"])
        with bare(Path(folder) / "bare", size) as yardstick:
            beside = partial(yardstick.measure, "/", SECONDS)
            rounds = measured(turns, beside)
            crowd = registrations(Path(folder) / "crowd", beside)
            rounds["registration"] = crowd.pairs
    return 0 if report(rounds, facts, crowd) else 1


if __name__ == "__main__":
    sys.exit(main())
