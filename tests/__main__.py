"""Run every check and every test: `make test`, or `python -m tests [--postgresql] [pytest's arguments]`.

With arguments only those tests run, on SQLite or, with `--postgresql`, on a PostgreSQL of their own.
The last line is always `N passed, N failed`; the exit code says the same.
"""

import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.runner import plan
from tests.runner.memory import in_memory
from tests.runner.parts import Check, Count, Lane, Outcome
from tests.servers.postgresql import PostgreSQL
from tests.servers.programs import install


def say(text: str = "") -> None:
    """Print at once, also into a file or a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show(outcome: Outcome) -> None:
    """Print what a part has printed, and what it counted."""
    say(f"\n===== {outcome.name} =====")
    say(outcome.output.strip())
    say(f"----- {outcome.name}: {outcome.count} in {outcome.seconds:.0f} s")


def side_by_side(parts: Iterable[Check | Lane]) -> list[Outcome]:
    """Run parts, as many at a time as there are cores, and print each as it ends."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        for done in as_completed([pool.submit(part.run) for part in parts]):
            outcomes.append(done.result())
            show(outcomes[-1])
    return outcomes


def everything() -> list[Outcome]:
    """Run all checks and lanes."""
    outcomes = [plan.preparation().run()]
    show(outcomes[0])
    with PostgreSQL() as server:
        outcomes += side_by_side([*plan.lanes(server.url), *plan.checks()])
    return outcomes


def some(arguments: list[str]) -> list[Outcome]:
    """Run the tests that the arguments choose."""
    plan.preparation().run()
    if "--postgresql" not in arguments:
        return side_by_side([Lane("SQLite", arguments)])
    arguments.remove("--postgresql")
    with PostgreSQL() as server:
        return side_by_side([Lane("PostgreSQL", arguments, {"DATABASE_URL": server.url})])


def main(arguments: list[str]) -> int:
    """Run what is asked for and return the exit code."""
    if not install(say=say):
        say(str(Count(failed=1)))
        return 2
    with in_memory():
        outcomes = some(arguments) if arguments else everything()
    say("\n===== Summary =====")
    for outcome in sorted(outcomes, key=lambda one: -one.seconds):
        say(f"{outcome.seconds:6.0f} s  {outcome.name}: {outcome.count}")
    total = sum((outcome.count for outcome in outcomes), Count())
    say()
    say(str(total))
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
