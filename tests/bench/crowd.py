"""Two hundred registrations on gunicorn and PostgreSQL: what one costs, and what became of the seats."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.registering import BUSY, PEOPLE, crowd
from tests.bench.servers import Cost, Server, Site
from tests.runner.parts import ROOT
from tests.servers.postgresql import PostgreSQL

REQUESTS, QUERIES = 7, 80
WARM = 20
PART = 40
"""After so many people the bare view is measured once more."""

Line = tuple[str, bool]
"""A line of the report, and whether what it says holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What was measured, and what the database says afterwards."""

    pairs: list[tuple[Cost, Cost]]
    """What a registration cost in each part, and what the bare view cost after it."""
    one: dict[str, int]
    """Requests and queries of one registration."""
    references: list[str]
    answers: Counter[int]
    found: dict[str, Any]
    """How the seats are spread (`tests.bench.seats.found`)."""

    def told(self) -> list[Line]:
        """Return the lines about it, and whether they hold."""
        found, rate = self.found, median(cost.rate for cost, _bare in self.pairs) * 60
        good = self.found["references"] == sorted(set(self.references))
        sent = len(set(self.references))
        taken, capacity = found["taken"], found["capacity"]
        fair = found["ordered"] and not found["moves"] and not found["held"]
        return [
            most("registration", self.one["requests"], REQUESTS, "requests"),
            most("registration", self.one["queries"], QUERIES, "queries"),
            (f"registration: {self.one['control']} beginnings and ends of transactions", True),
            (f"registrations: {rate:.0f} a minute, {self.answers[BUSY]} times asked to send again", True),
            holds(f"{sent} of {PEOPLE} references", good and sent == PEOPLE, "each of them kept once"),
            holds(f"{taken} people on {capacity} seats", taken <= capacity, "none oversold"),
            holds(
                f"{found['waiting']} people wait", fair, "in the order in which they came, and no seat idle"
            ),
        ]


def most(name: str, count: int, limit: int, what: str) -> Line:
    """Return the line about a number that has a limit."""
    good = count <= limit
    return f"{name}: {count} {what} (needs ≤ {limit}{'' if good else ', BROKEN'})", good


def holds(what: str, good: bool, needs: str) -> Line:  # noqa: FBT001 - what a line says of itself
    """Return the line about something that must be so."""
    return f"registrations: {what} (needs {needs}{'' if good else ', BROKEN'})", good


def registrations(folder: Path, bare: Callable[[], Cost]) -> Crowd:
    """Start the site over a PostgreSQL of its own, let people register, and look into the database."""
    with PostgreSQL() as database, Site(folder, database.url) as site:
        made = ask(site, "make")
        crowd(site, made["warm"]["door"], people=WARM, first=PEOPLE)
        bare()
        parts = [
            (crowd(site, made["crowd"]["door"], people=PART, first=first), bare())
            for first in range(0, PEOPLE, PART)
        ]
        found = ask(site, "found", str(made["crowd"]["key"]))
    return Crowd(
        pairs=[(part.cost, beside) for part, beside in parts],
        one=made["registration"],
        references=[reference for part, _beside in parts for reference in part.references],
        answers=sum((part.answers for part, _beside in parts), Counter()),
        found=found,
    )


def ask(site: Server, *arguments: str) -> dict[str, Any]:
    """Ask a process of its own, over the database of the site."""
    command = [sys.executable, "-m", "tests.bench.seats", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=site.variables, stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
