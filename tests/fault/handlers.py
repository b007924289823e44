"""Jobs that tell a test what they do, and wait until the test lets them go on."""

import os
import time
from datetime import timedelta
from pathlib import Path

from cms.jobs.enums import Lane
from cms.jobs.registry import handles


def folder() -> Path:
    return Path(os.environ["VAR"])


def write(line):
    """Add a line to the notes; several processes may do so at once."""
    notes = os.open(folder() / "notes", os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    try:
        os.write(notes, f"{line}\n".encode())
    finally:
        os.close(notes)


@handles("fault.note", lane=Lane.NOW)
def note(*, name):
    write(name)


def slow(*, name):
    """Begin, wait for the file `go`, end."""
    write(f"began {name}")
    deadline = time.monotonic() + 30
    while not (folder() / "go").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    write(f"ended {name}")


handles("fault.slow_now", lane=Lane.NOW, timeout=timedelta(seconds=2))(slow)


@handles("fault.slow_later", lane=Lane.LATER, timeout=timedelta(seconds=2))
def slow_later(*, name):
    slow(name=name)
