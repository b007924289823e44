"""Sites that are really started, in folders of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.conf import settings

from tests.servers.ports import free_port

PATIENCE = 120
"""Seconds a first start may take on a loaded machine before a test gives up."""


@dataclass
class Site:
    """`manage.py serve` with its own VAR and port."""

    var: Path
    port: int = field(default_factory=free_port)
    settings: str = "cms.settings.demo"
    variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    @property
    def description(self):
        return self.var / "demo.json"

    def launch(self):
        # Nothing of this test run's own settings may leak into the site.
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment |= {
            "VAR": str(self.var),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONWARNINGS": "ignore",
            **self.variables,
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def start(self):
        """Start and wait for demo.json; return the seconds that took."""
        began = time.monotonic()
        self.launch()
        while self.told() in (None, "stale"):
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() - began < PATIENCE
            time.sleep(0.05)
        return time.monotonic() - began

    def stop(self, how=signal.SIGTERM):
        """Stop; return the exit code and what was printed."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=40)
        return self.process.returncode, out, err

    def refuses(self):
        """Start a site that cannot be served; return its exit code and its lines."""
        out, err = self.launch().process.communicate(timeout=PATIENCE)
        return self.process.returncode, [line for line in (out + err).splitlines() if line]

    def get(self, path):
        """Return (status, text) of a page as a visitor with cookies gets it at the end."""
        visitor = build_opener(HTTPCookieProcessor())
        try:
            with visitor.open(f"{self.url}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as answer:
            return answer.code, answer.read().decode()

    def told(self):
        """Return what demo.json says, or None while there is none."""
        with suppress(FileNotFoundError):
            return json.loads(self.description.read_text(encoding="utf-8"))

    def copy(self, var, **changes):
        """Return another site over a copy of this one's files."""
        shutil.copytree(self.var, var, ignore=shutil.ignore_patterns("static", "static.stamp", "demo.json"))
        return Site(var, **changes)

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            with suppress(ValueError):
                self.process.communicate()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A site that was started once and stopped: its files are there, its database is filled."""
    site = Site(tmp_path_factory.mktemp("served") / "var")
    try:
        site.seconds = site.start()
        yield site
    finally:
        site.close()


@pytest.fixture
def site(tmp_path):
    """A site without files, not started."""
    site = Site(tmp_path / "var")
    yield site
    site.close()
