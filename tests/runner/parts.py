"""One part of the run: a command with its output, its time and what it counted."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 20 * 60
"""Seconds after which a part is ended and counts as failed."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a part printed, how long it took and what it counted."""

    name: str
    output: str
    seconds: float
    count: Count


def clean_environment() -> dict[str, str]:
    """Return the environment without what would configure the site: tests decide themselves."""
    example = (ROOT / ".env.example").read_text() if (ROOT / ".env.example").exists() else ""
    names = {line.lstrip("# ").partition("=")[0] for line in example.splitlines() if "=" in line}
    names |= {"DATABASE_URL", "VAR", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in names}


def run(command: list[str], environment: Mapping[str, str], limit: float = LIMIT) -> tuple[int, str]:
    """Run a command of this checkout without input; return its exit code and all it printed."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**clean_environment(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(timeout=limit)
        except BaseException as error:  # Also when the runner itself is interrupted.
            end(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            output.seek(0, os.SEEK_END)
            output.write(f"\nEnded after {limit} seconds.\n".encode())
        output.seek(0)
        return process.returncode, output.read().decode(errors="replace")


def end(process: subprocess.Popen[bytes]) -> None:
    """Interrupt a process, so that it stops the servers it has started, then insist."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass(frozen=True, slots=True)
class Check:
    """A command that passes or fails as one."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> Outcome:
        """Run the command."""
        started = time.monotonic()
        code, output = run(self.command, self.environment)
        count = Count(passed=1) if code == 0 else Count(failed=1)
        return Outcome(self.name, output, time.monotonic() - started, count)


@dataclass(frozen=True, slots=True)
class Lane:
    """Some of the tests in one pytest process."""

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> Outcome:
        """Run the tests; a lane that runs none has failed."""
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="khidi-report-") as folder:
            report = Path(folder) / "report.xml"
            pytest = [sys.executable, "-m", "pytest", "--durations=10", f"--junitxml={report}"]
            code, output = run([*pytest, *self.arguments], self.environment)
            count = counted(report)
        if count.passed + count.failed + count.skipped == 0:
            output += "\nThis lane ran no test.\n"
        if (code != 0 or not count.passed) and not count.failed:
            count += Count(failed=1)
        return Outcome(self.name, output, time.monotonic() - started, count)


def counted(report: Path) -> Count:
    """Read what pytest has counted; a test that fails and cannot clean up counts as one failure."""
    if not report.exists():
        return Count()
    count = Count()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - written by our own pytest
        results = {result.tag for result in case}
        if results & {"failure", "error"}:
            count += Count(failed=1)
        elif "skipped" in results:
            count += Count(skipped=1)
        else:
            count += Count(passed=1)
    return count
