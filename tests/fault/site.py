"""The site as its operator runs it: web server, runner, worker and beat as processes of their own."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.request
from urllib.error import URLError

from django.conf import settings

from tests.servers.ports import HOST, free_port, wait_until
from tests.servers.process import alive, family


class Process:
    """One started command with everything it has started itself."""

    def __init__(self, name, command, environment, folder):
        self.name = name
        self.path = folder / f"{name}.log"
        with self.path.open("ab") as log:
            self.popen = subprocess.Popen(
                [sys.executable, *command],
                cwd=settings.BASE_DIR,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def log(self):
        return self.path.read_text(errors="replace")

    def terminate(self):
        """Ask it to end, as an init system does."""
        self.popen.send_signal(signal.SIGTERM)

    def exit_code(self, *, seconds=30):
        """Wait for its end."""
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} does not end:\n{self.log[-3000:]}") from None

    def children(self):
        return family(self.popen.pid)[1:]

    def kill(self):
        """Crash it with everything it has started."""
        pids = family(self.popen.pid)
        for pid in pids:
            kill(pid)
        self.popen.wait(10)
        wait_until(lambda: not any(alive(pid) for pid in pids), seconds=5)


def kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class Site:
    """Processes over one database, one broker and one folder."""

    def __init__(self, folder, database_url, broker_url="redis://127.0.0.1:1/0"):
        self.folder = folder
        self.port = free_port()
        self.processes = []
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.fault.settings",
            "DATABASE_URL": database_url,
            "BROKER_URL": broker_url,
            "VAR": str(folder),
            "PYTHONUNBUFFERED": "1",
        }

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for process in self.processes:
            if process.popen.poll() is None:
                process.kill()

    def start(self, name, *command, jobs="off"):
        process = Process(name, command, {**self.environment, "JOBS": jobs}, self.folder)
        self.processes.append(process)
        return process

    def web(self, jobs):
        """Start gunicorn as docs/running.md says."""
        gunicorn = ("-m", "gunicorn", "cms.wsgi:application", "--worker-class=gthread", "--threads=8")
        return self.start("web", *gunicorn, "--workers=1", f"--bind={HOST}:{self.port}", jobs=jobs)

    def runner(self):
        """Start `manage.py jobs run`."""
        return self.start("runner", "manage.py", "jobs", "run")

    def worker(self, pool="prefork", concurrency=2):
        """Start one Celery worker for both lanes."""
        options = ("--queues=now,later", f"--concurrency={concurrency}", f"--pool={pool}", "--loglevel=INFO")
        return self.start("worker", "-m", "celery", "-A", "cms.celery", "worker", *options, jobs="celery")

    def beat(self):
        """Start Celery's clock."""
        return self.start("beat", "-m", "celery", "-A", "cms.celery", "beat", jobs="celery")

    def get(self, path, *, seconds=10):
        """Return what an address answers."""
        with urllib.request.urlopen(f"http://{HOST}:{self.port}{path}", timeout=seconds) as response:
            return response.read().decode()

    def serves(self):
        try:
            return self.get("/alive/", seconds=2) == "alive"
        except (URLError, OSError):
            return False

    @property
    def notes(self):
        """What jobs have told."""
        path = self.folder / "notes"
        return path.read_text().splitlines() if path.exists() else []

    def go(self):
        """Let slow jobs end."""
        (self.folder / "go").touch()

    def logs(self):
        """The end of every log, for the message of a failed assertion."""
        return "\n".join(f"--- {process.name}\n{process.log[-2500:]}" for process in self.processes)
