"""Template databases, migrated and seeded; every session works on a copy, renewed after transactional tests.

A template is kept in var/tests under a fingerprint of everything that decides its content, so that
migrations run once, and the demonstration is seeded once a day. A copy costs milliseconds on SQLite
(a file) and a quarter of a second on PostgreSQL (`CREATE DATABASE … TEMPLATE`), less than Django's
flush, and, unlike the flush, it brings back what migrations wrote: Wagtail's root page, locales, groups.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests.servers.programs import find

CACHE = settings.BASE_DIR / "var" / "tests"

DECISIVE = (
    "cms/**/migrations/*.py",
    "search/migrations/*.py",
    "cms/**/apps.py",
    "cms/**/signals.py",
    "cms/**/wagtail_hooks.py",
)
"""Migrations, what listens to post_migrate, and which snippets get permissions there."""


OF_THE_DEMO = ("cms/**/*.py", "cms/demo/content/**/*.toml")
"""What decides what the demonstration holds; beside it today's date, from which its dates are counted."""


def fingerprint() -> str:
    """Return a digest of every file that decides what a migrated database holds."""
    root = settings.BASE_DIR
    files = {path for pattern in DECISIVE for path in root.glob(pattern)}
    files |= {root / "requirements-dev.lock", root / "cms" / "settings" / "i18n.py"}
    return digest_of(files, ",".join(settings.INSTALLED_APPS))


def seeded_fingerprint(migrated: str) -> str:
    """Return a digest of everything that decides what the demonstration of today holds."""
    files = {path for pattern in OF_THE_DEMO for path in settings.BASE_DIR.glob(pattern)}
    return digest_of(files, f"{migrated} {date.today().isoformat()}")  # noqa: DTZ011 - a day of this machine


def digest_of(files: set[Path], start: str) -> str:
    """Return a digest of names and content of files."""
    digest = hashlib.sha256(start.encode())
    for path in sorted(files):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def only_one() -> Iterator[None]:
    """Let one process at a time make a template; on the other kind of database another one may."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def replace(path: Path, made: Path) -> None:
    """Put `made` in the place of `path` at once, and forget older ones of its kind."""
    made.rename(path)
    for old in sorted(CACHE.glob(f"*{''.join(path.suffixes)}"), key=lambda file: file.stat().st_mtime)[:-6]:
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)


class Copies(ABC):
    """Copies of a template, one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fingerprint = fingerprint()
        with only_one():
            self.migrated = self.template = self.kept(self.fingerprint, self.migrate)

    @abstractmethod
    def kept(self, fingerprint: str, fill: Callable[[], None], start: str = "") -> str:
        """Return the template with this fingerprint; if there is none, let `fill` make it.

        `fill` finds Django's connection at a database that is empty, or a copy of template `start`.
        """

    @cached_property
    def seeded_fingerprint(self) -> str:
        """What the demonstration is known by; the same for all modules of a session."""
        return seeded_fingerprint(self.fingerprint)

    def use_seeded(self) -> Path:
        """Go on with copies of the demonstration; return the folder of its pictures."""
        fingerprint = self.seeded_fingerprint
        media = CACHE / f"{fingerprint}.{connection.vendor}.media"
        with only_one():
            if not media.exists():  # Whoever has the rows without the files starts anew.
                self.forget(fingerprint)
            self.template = self.kept(fingerprint, lambda: self.seed(media), self.migrated)
        self.renew()
        return media

    def use_migrated(self) -> None:
        """Go on with copies of the empty site."""
        self.template = self.migrated
        self.renew()

    @abstractmethod
    def forget(self, fingerprint: str) -> None:
        """Remove a template."""

    @abstractmethod
    def copy(self) -> None:
        """Put a fresh copy in the place of the last one."""

    @abstractmethod
    def drop(self) -> None:
        """Remove the copy."""

    @property
    @abstractmethod
    def url(self) -> str:
        """The DATABASE_URL of the copy, for processes that a test starts."""

    def use(self, name: str | Path) -> None:
        """Let Django's connection, here and in every thread, lead to another database."""
        connection.close()
        connection.settings_dict["NAME"] = str(name)

    def migrate(self) -> None:
        """Run all migrations in an empty database."""
        call_command("migrate", verbosity=0, interactive=False)

    def seed(self, media: Path) -> None:
        """Seed the demonstration in a migrated database, its pictures into a folder."""
        from cms.demo.start import fill  # noqa: PLC0415 - models need Django to be set up

        files = self.folder / "seeded.media"
        with override_settings(MEDIA_ROOT=str(files)):
            fill()
        files.mkdir(exist_ok=True)
        made = CACHE / f"made.{connection.vendor}.media"
        shutil.rmtree(made, ignore_errors=True)
        shutil.copytree(files, made)
        shutil.rmtree(media, ignore_errors=True)
        replace(media, made)

    def renew(self) -> None:
        """Forget everything that was written since the last copy."""
        connection.close()
        self.copy()


class SQLiteCopies(Copies):
    """Files: an in-memory database cannot be shared by threads and processes."""

    number = 0

    @property
    def path(self) -> Path:
        """The copy in use.

        Each has a name of its own: a thread that still has the last one open removes the journals of
        that name when it closes it, and would take them from under the next one.
        """
        return self.folder / f"test-{self.number}.sqlite3"

    @property
    def url(self) -> str:
        """The DATABASE_URL of the copy."""
        return f"sqlite:///{self.path}"

    def kept(self, fingerprint: str, fill: Callable[[], None], start: str = "") -> str:
        """Make the template in a file of this session, and keep it in the cache."""
        template = CACHE / f"{fingerprint}.sqlite3"
        if template.exists():
            template.touch()  # Old ones are forgotten.
            return str(template)
        made = self.folder / "template.sqlite3"
        made.unlink(missing_ok=True)
        if start:
            shutil.copyfile(start, made)
        self.use(made)
        fill()
        connection.close()
        shutil.copy(made, CACHE / "made.sqlite")
        replace(template, CACHE / "made.sqlite")
        return str(template)

    def forget(self, fingerprint: str) -> None:
        """Remove the file."""
        (CACHE / f"{fingerprint}.sqlite3").unlink(missing_ok=True)

    def copy(self) -> None:
        """Copy the file; who still has the old one open keeps writing into nothing."""
        self.drop()
        self.number += 1
        shutil.copyfile(self.template, self.path)
        self.use(self.path)

    def drop(self) -> None:
        """Remove the file and its journals."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)


class PostgreSQLCopies(Copies):
    """Databases on the server of DATABASE_URL, copied by the server; a dump is kept in the cache."""

    @property
    def name(self) -> str:
        """The copy in use: one a process."""
        return f"test_khidi_{os.getpid()}"

    @property
    def url(self) -> str:
        """The DATABASE_URL of the copy."""
        given = connection.settings_dict
        user = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}".rstrip(":")
        return f"postgresql://{user}@{given['HOST']}:{given['PORT']}/{self.name}"

    def kept(self, fingerprint: str, fill: Callable[[], None], start: str = "") -> str:
        """Make the template in a database of its own, or restore the dump of an earlier run."""
        template, unfinished = f"template_khidi_{fingerprint}", "template_khidi_unfinished"
        if self.server("SELECT 1 FROM pg_database WHERE datname = %s", template):
            return template
        self.server(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
        self.server(f"CREATE DATABASE {unfinished}")
        dump = CACHE / f"{fingerprint}.sql"
        if not (dump.exists() and self.program("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}")):
            self.server(f"DROP DATABASE {unfinished} WITH (FORCE)")
            self.server(f"CREATE DATABASE {unfinished}" + (f" TEMPLATE {start}" if start else ""))
            self.use(unfinished)
            fill()
            connection.close()
            if self.program("pg_dump", "--no-owner", f"--file={CACHE / 'made'}"):
                replace(dump, CACHE / "made")
        self.server(f"ALTER DATABASE {unfinished} RENAME TO {template}")
        return template

    def forget(self, fingerprint: str) -> None:
        """Remove database and dump."""
        self.server(f"DROP DATABASE IF EXISTS template_khidi_{fingerprint} WITH (FORCE)")
        (CACHE / f"{fingerprint}.sql").unlink(missing_ok=True)

    def copy(self) -> None:
        """Let the server copy the template."""
        self.drop()
        self.server(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        self.use(self.name)

    def drop(self) -> None:
        """Remove the copy, whoever is still connected to it."""
        self.server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def server(self, statement: str, *values: str) -> list[tuple[object, ...]]:
        """Run a statement that belongs to no database of ours."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def program(self, name: str, *arguments: str) -> bool:
        """Run a program of PostgreSQL on the unfinished template; tell whether it worked."""
        given = connection.settings_dict
        place = find(name)
        variables = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"]}
        variables |= {"PGPASSWORD": given["PASSWORD"], "PGDATABASE": "template_khidi_unfinished"}
        environment = os.environ | {key: str(value) for key, value in variables.items()}
        return (
            bool(place)
            and not subprocess.run(
                [str(place), *arguments], env=environment, check=False, capture_output=True
            ).returncode
        )


def copies(folder: Path) -> Copies:
    """Return the kind of copies that fits the database of this run."""
    kind = {"sqlite": SQLiteCopies, "postgresql": PostgreSQLCopies}[connection.vendor]
    return kind(folder)
