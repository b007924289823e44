"""One migrated template database; every session works on a copy, renewed after transactional tests.

The template is kept in var/tests under a fingerprint of everything that decides its content, so that
migrations run once. A copy costs milliseconds on SQLite (a file) and a quarter of a second on
PostgreSQL (`CREATE DATABASE … TEMPLATE`), less than Django's flush, and, unlike the flush, it brings
back what migrations wrote: Wagtail's root page, locales, groups.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.servers.programs import find

CACHE = settings.BASE_DIR / "var" / "tests"

DECISIVE = ("cms/**/migrations/*.py", "search/migrations/*.py", "cms/**/apps.py", "cms/**/signals.py")
"""Migrations, and what listens to post_migrate."""


def fingerprint() -> str:
    """Return a digest of every file that decides what a migrated database holds."""
    root = settings.BASE_DIR
    files = {path for pattern in DECISIVE for path in root.glob(pattern)}
    files |= {root / "requirements-dev.lock", root / "cms" / "settings" / "i18n.py"}
    digest = hashlib.sha256(",".join(settings.INSTALLED_APPS).encode())
    for path in sorted(files):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def only_one() -> Iterator[None]:
    """Let one process at a time make a template."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def replace(path: Path, made: Path) -> None:
    """Put `made` in the place of `path` at once, and forget older ones of its kind."""
    made.rename(path)
    for old in sorted(CACHE.glob(f"*{path.suffix}"), key=lambda file: file.stat().st_mtime)[:-4]:
        old.unlink(missing_ok=True)


class Copies(ABC):
    """Copies of the template, one at a time, under one name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fingerprint = fingerprint()
        with only_one():
            self.make_template()

    @abstractmethod
    def make_template(self) -> None:
        """Migrate a template unless one with this fingerprint is there."""

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

    def migrate(self, name: str | Path) -> None:
        """Run all migrations in an empty database."""
        self.use(name)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()

    def renew(self) -> None:
        """Forget everything that was written since the last copy."""
        connection.close()
        self.copy()


class SQLiteCopies(Copies):
    """Files: an in-memory database cannot be shared by threads and processes."""

    @property
    def path(self) -> Path:
        """The copy in use."""
        return self.folder / "test.sqlite3"

    @property
    def url(self) -> str:
        """The DATABASE_URL of the copy."""
        return f"sqlite:///{self.path}"

    def make_template(self) -> None:
        """Migrate into a file of the cache."""
        self.template = CACHE / f"{self.fingerprint}.sqlite3"
        if not self.template.exists():
            made = self.folder / "template.sqlite3"
            self.migrate(made)
            shutil.copy(made, CACHE / "made")
            replace(self.template, CACHE / "made")

    def copy(self) -> None:
        """Copy the file; who still has the old one open keeps writing into nothing."""
        self.drop()
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

    def make_template(self) -> None:
        """Migrate into a database of its own, or restore the dump of an earlier migration."""
        self.template = f"template_khidi_{self.fingerprint}"
        if self.server("SELECT 1 FROM pg_database WHERE datname = %s", self.template):
            return
        self.server("DROP DATABASE IF EXISTS template_khidi_unfinished WITH (FORCE)")
        self.server("CREATE DATABASE template_khidi_unfinished")
        dump = CACHE / f"{self.fingerprint}.sql"
        if not (dump.exists() and self.program("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}")):
            self.migrate("template_khidi_unfinished")
            if self.program("pg_dump", "--no-owner", f"--file={CACHE / 'made'}"):
                replace(dump, CACHE / "made")
        self.server(f"ALTER DATABASE template_khidi_unfinished RENAME TO {self.template}")

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
