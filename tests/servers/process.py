"""A server process and the faults a test can give it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.servers.ports import free_port, wait_until


class Server:
    """A real server; subclasses say which command starts it and when it is ready.

    `stop` and `cont` freeze and thaw it (it still accepts connections, but answers nothing),
    `kill` ends it as a crash would, `restart` brings it back on the same port with its files.
    """

    name = "server"
    user: str | None = None
    """The system user it runs as when the tests run as root."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"khidi-{self.name}-"))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the files that the server needs before its first start."""

    def command(self) -> list[str]:
        """Return the command that runs the server in the foreground."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Tell whether the server answers."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        try:
            if self.user and os.geteuid() == 0:
                shutil.chown(self.folder, self.user, self.user)
            self.prepare()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def identity(self) -> dict[str, object]:
        """Return the arguments that make a child process run as the server's own user."""
        if self.user is None or os.geteuid() != 0:
            return {}
        return {"user": self.user, "group": self.user, "extra_groups": []}

    @property
    def log(self) -> str:
        """What the server has printed so far."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start the process and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.identity,
            )
        process = self.process
        wait_until(lambda: process.poll() is not None or self.ready(), seconds=30)
        if process.poll() is not None or not self.ready():
            message = f"The {self.name} server did not start:\n{self.log[-4000:]}"
            raise RuntimeError(message)

    def stop(self) -> None:
        """Freeze the server: connections are accepted by the kernel, nothing answers."""
        self._signal(signal.SIGSTOP)

    def cont(self) -> None:
        """Let a frozen server go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """Crash the server: no clean-up of any kind."""
        if self.process is not None:
            pids = family(self.process.pid)
            self._signal(signal.SIGKILL)
            self.process.wait(timeout=10)
            wait_until(lambda: not any(alive(pid) for pid in pids), seconds=5)

    def restart(self) -> None:
        """End the server if it still runs and start it again on the same port with its files."""
        self._end()
        self.start()

    def close(self) -> None:
        """End the server and remove its files."""
        self._end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.cont()
        self.process.send_signal(signal.SIGINT)  # PostgreSQL: fast shutdown; Redis: the same as TERM.
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, number: signal.Signals) -> None:
        """Signal the server and every process it has started (PostgreSQL has one a connection)."""
        if self.process is None or self.process.poll() is not None:
            return
        for pid in family(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)


def family(pid: int) -> list[int]:
    """Return `pid` and the ids of all its descendants, parents first."""
    pids = [pid]
    for known in pids:
        for task in Path(f"/proc/{known}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                pids += [int(child) for child in task.read_text().split()]
    return pids


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
