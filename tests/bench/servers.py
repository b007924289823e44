"""The two servers that are compared, and the load put on them."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

from tests.runner.parts import ROOT, clean_environment
from tests.servers.ports import HOST, free_port, wait_until
from tests.servers.process import family
from tests.servers.programs import need

CLIENTS = 8
"""Connections kept open, one a thread of the server."""
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page cost in one measurement."""

    rate: float
    """Requests a second."""
    cpu: float
    """CPU seconds a request, of the server alone."""


@dataclass
class Server:
    """A server process on a free port, with its files in a folder."""

    folder: Path
    command: list[str]
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *(part.format(port=self.port) for part in self.command)],
                cwd=ROOT,
                env=self.variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if not wait_until(
            lambda: self.process.poll() is not None or self.ready(), seconds=PATIENCE, every=0.1
        ):
            self.__exit__()
        if self.process.poll() is not None:
            raise RuntimeError(f"A server did not start:\n{(self.folder / 'log').read_text()[-3000:]}")
        return self

    def __exit__(self, *_exception: object) -> None:
        self.process.terminate()
        self.process.wait(40)

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment of the server: nothing from outside configures it."""
        own = {"PORT": str(self.port), "VAR": str(self.folder)}
        return {**clean_environment(), **own, **self.environment}

    def ready(self) -> bool:
        """Tell whether the server answers."""
        try:
            return self.get("/")[0] < 500
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of a page."""
        client = HTTPConnection(HOST, self.port, timeout=60)
        try:
            client.request("GET", path)
            answer = client.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            client.close()

    def spent(self) -> float:
        """Return the CPU seconds of all processes of the server so far."""
        lines = [Path(f"/proc/{pid}/stat").read_text() for pid in family(self.process.pid)]
        # After the name, which may hold anything: user and system time are fields 14 and 15.
        fields = [line.rpartition(")")[2].split() for line in lines]
        return sum(int(found[11]) + int(found[12]) for found in fields) / TICKS

    def measure(self, path: str, seconds: float) -> Cost:
        """Ask for a page as fast as it comes, and return what that cost."""
        self.get(path)  # What the last measurement left in hand is done first, and what is kept is fresh.
        before, began = self.spent(), time.monotonic()
        done = load(f"http://{HOST}:{self.port}{path}", seconds)
        spent, took = self.spent() - before, time.monotonic() - began
        return Cost(rate=done / took, cpu=spent / done)


def load(url: str, seconds: float) -> int:
    """Let wrk ask for a page; return how often it was answered.

    Raises:
        RuntimeError: an answer was no page.

    """
    command = [
        str(need("wrk")),
        "--threads",
        "1",
        "--connections",
        str(CLIENTS),
        "--duration",
        f"{seconds:.0f}s",
    ]
    output = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    done = re.search(r"(\d+) requests in", output)
    if not done or not int(done[1]) or "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"{url} was not answered well:\n{output}")
    return int(done[1])


def bare(folder: Path, size: int) -> Server:
    """Return the bare view, with a page of so many octets."""
    command = ["-m", "gunicorn", "-c", "python:tests.bench.options", "-b", f"{HOST}:{{port}}"]
    return Server(folder, [*command, "tests.bench.bare:application"], {"BENCH_SIZE": str(size)})


class Site(Server):
    """The seeded demonstration as `make run` serves it, without background jobs; on SQLite unless told."""

    def __init__(self, folder: Path, database: str = "") -> None:
        environment = {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "JOBS": "off"}
        environment |= {"DATABASE_URL": database} if database else {}
        super().__init__(folder, ["manage.py", "serve"], environment)

    def ready(self) -> bool:
        """Tell whether everything is prepared and warm."""
        return (self.folder / "demo.json").exists()
