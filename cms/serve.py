"""One process for a site on this machine: bring everything up to date, then serve.

Only what changed is done again, so that a later start takes seconds. `cms.management.commands.serve`
is the door; docs/running.md tells what it needs.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import socket
import sys
import threading
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from wagtail.models import Site

from cms.core.catalogues import compile_catalogues

THREADS = 8
PATIENCE = 30
"""Seconds within which a stopping server lets requests finish."""


class TroubleError(Exception):
    """The site cannot be served; the text says why in one line, for the person who started it."""


def serve(out: OutputWrapper) -> None:
    """Serve on both localhost addresses until told to stop; does not return.

    Raises:
        TroubleError: port, folder, database or demonstration data are not usable.

    """
    port = chosen_port()
    with locked(settings.VAR):
        announcement = settings.VAR / "demo.json"
        announcement.unlink(missing_ok=True)  # Whoever waits for it must not find the last one.
        sockets = bind(port)
        prepare()
        connections.close_all()  # A connection must not be shared with the forked worker.
        Server(sockets, port, out).run()


# --- What a start needs -----------------------------------------------------------------------


def chosen_port() -> int:
    """Return the port as a number."""
    if settings.PORT.isdecimal() and 0 < int(settings.PORT) < 2**16:
        return int(settings.PORT)
    raise TroubleError(f"PORT={settings.PORT} is no port: choose a number between 1 and 65535.")


class locked:  # noqa: N801 - reads as the statement it is used in
    """Hold the folder of run-time files for one server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        try:
            (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
            self.file = (self.folder / "serve.lock").open("w", encoding="ascii")
        except OSError as error:
            raise TroubleError(f"Cannot keep the site's files in {self.folder}: {error.strerror}.") from error
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise TroubleError(
                f"Another server already uses {self.folder}: stop it or choose another VAR."
            ) from error

    def __exit__(self, *_exception: object) -> None:
        self.file.close()


def bind(port: int) -> list[socket.socket]:
    """Return sockets bound to the port at once, before the long work; they do not listen yet.

    Browsers try both families for "localhost", so both are taken where the machine has them.
    """
    with ExitStack() as opened:
        sockets = [opened.enter_context(take(socket.AF_INET, "127.0.0.1", port))]
        with suppress(OSError):
            sockets.append(opened.enter_context(take(socket.AF_INET6, "::1", port)))
        opened.pop_all()
    return sockets


def take(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    """Return a socket bound to an address.

    Raises:
        TroubleError: somebody else uses the port, or it is for the superuser alone.
        OSError: the machine knows no such address of IPv6.

    """
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise TroubleError(f"Port {port} is in use: choose another one with PORT=…") from error
        if family == socket.AF_INET:
            raise TroubleError(f"Cannot use port {port}: {error.strerror}.") from error
        raise
    return taken


# --- Bringing everything up to date -----------------------------------------------------------


def prepare() -> None:
    """Do what changed since the last start: catalogues, migrations, static files, demonstration."""
    compile_catalogues()
    try:
        check_database()
        migrate()
        set_address()
        if settings.DEMO:
            _demo().fill()
    except (DatabaseError, InterfaceError) as error:
        raise TroubleError(f"The database {database_name()} cannot be used: {first_line(error)}") from error
    collect_static()


def check_database() -> None:
    """Read from the database; of an SQLite file, every page."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        answer = cursor.fetchone()[0]
    if answer != "ok":
        raise TroubleError(f"The database {database_name()} is damaged: {first_line(answer)}")


def migrate() -> None:
    """Apply the migrations that are missing, unless the ones that made this database were edited."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if settings.DEMO and _demo().edited_migrations():
        raise TroubleError(
            f"This demo database was made by an older version: "
            f"start anew with make run VAR=…, or delete {database_name()}."
        )
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        _demo().remember_migrations()


def set_address() -> None:
    """Let Wagtail's Site row carry the host and port that people type."""
    host, _, port = settings.SITE_URL.partition("://")[2].partition(":")
    site = Site.objects.filter(is_default_site=True).first()
    number = int(port or (443 if settings.SITE_URL.startswith("https:") else 80))
    if site and (site.hostname, site.port) != (host, number):
        site.hostname, site.port = host, number
        site.save()


def collect_static() -> None:
    """Collect and compress the static files if one of them changed: that takes long every time."""
    stamp, now = settings.VAR / "static.stamp", static_fingerprint()
    if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    stamp.unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        shutil.rmtree(settings.STATIC_ROOT)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now, encoding="ascii")


def static_fingerprint() -> str:
    """Return a digest of the names, sizes and times of all static files."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))  # noqa: PTH116 - two thousand files: a Path each costs more
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def database_name() -> str:
    """Return what a person calls the database: its file, or its server without a password."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(given["NAME"])
    return f"{given['NAME']} on {given['HOST'] or 'localhost'}:{given['PORT'] or 5432}"


def first_line(text: object) -> str:
    """Return the first line with something in it."""
    return next((line.strip() for line in str(text).splitlines() if line.strip()), type(text).__name__)


def _demo() -> Any:
    """Return the demonstration's own part of a start, which exists in its settings only."""
    from cms.demo import start  # noqa: PLC0415 - its models exist only where it is installed

    return start


# --- Serving ----------------------------------------------------------------------------------


class Server(BaseApplication):
    """gunicorn in this process: one worker with eight threads, as SQLite and the embedded jobs want.

    Not preloaded: the runner's threads start in the worker, where requests can wake them.
    """

    def __init__(self, sockets: list[socket.socket], port: int, out: OutputWrapper) -> None:
        # From here on the sockets are gunicorn's, which closes them when it stops.
        self.bind = [f"fd://{taken.detach()}" for taken in sockets]
        self.port, self.out = port, out
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own defaults."""
        for name, value in {
            "bind": self.bind,
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 120,  # Of the worker's own loop, not of a request.
            "graceful_timeout": PATIENCE,
            "keepalive": 5,
            "worker_tmp_dir": str(settings.VAR / "tmp"),
            "control_socket_disable": True,  # Would lie in the home folder.
            "loglevel": "warning",
            "proc_name": "khidi",
            "post_worker_init": self.warm_up,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application; this runs in the worker."""
        return import_string(settings.WSGI_APPLICATION)

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        Arbiter(self).run()

    def warm_up(self, _worker: object) -> None:
        """Ask for the first pages beside the worker's loop, and say so once they came."""
        threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()

    def _warm_up(self) -> None:
        problem = ask(self.port, "/healthz/ready") or ask(self.port, f"/{settings.LANGUAGE_CODE}/")
        if problem:
            sys.stderr.write(f"The site does not answer: {problem}.\n")
            sys.stderr.flush()
            os._exit(Arbiter.WORKER_BOOT_ERROR)  # gunicorn then gives up instead of trying again.
        ask(self.port, "/admin/")  # Loads what editors need; where it leads is no matter.
        announcement = settings.VAR / "demo.json"
        if announcement.exists():
            return  # A worker that took over: everything has been said.
        if settings.DEMO:
            write_whole(announcement, json.dumps(_demo().description(), ensure_ascii=False, indent=2))
            connections.close_all()
        self.out.write(f"{settings.SITE_URL}/\n")
        self.out.flush()


def ask(port: int, path: str) -> str:
    """Ask this server for a page; return what is wrong with the answer, or nothing."""
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        client.request("GET", path, headers={"Host": settings.SITE_URL.partition("://")[2]})
        answer = client.getresponse()
        answer.read()
    except (OSError, HTTPException) as error:
        return f"{path}: {type(error).__name__}"
    finally:
        client.close()
    return f"{path}: {answer.status}" if answer.status >= 500 else ""  # noqa: PLR2004 - HTTP's own class


def write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees a part of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)
