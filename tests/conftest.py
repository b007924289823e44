"""Fixtures of every test; docs/testing.md tells how they are meant."""

import gc
import shutil
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.core.files.storage import storages
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from cms.core import clock
from tests import database, guards
from tests.servers.postgresql import PostgreSQL
from tests.servers.redis import Redis
from tests.servers.smtp import SMTPSink

MARKERS = (
    "expects_error_log(*loggers): the test makes these loggers (or any) write an error",
    "fault: servers are frozen, crashed or refused (every test in tests/fault)",
    "only_on(vendor): the test is about one database, 'sqlite' or 'postgresql'",
)

LEFT = pytest.StashKey[int]()
"""How many tests of a run are left to another lane."""

TOUCHES = {"db", "transactional_db", "live_server", "django_db_setup"}
"""Fixtures of which a test that meets the database has one: pytest-django refuses it to all others."""


def pytest_addoption(parser):
    told = "leave out the tests that cannot meet the database: the lane of SQLite runs them"
    parser.addoption("--with-database", action="store_true", help=told)


def pytest_configure(config):
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what lies in tests/fault; leave out what is about the other database, or, if asked, about none."""
    kept, others = [], []
    for item in items:
        if "fault" in item.path.parts:
            item.add_marker("fault")
        if marker := item.get_closest_marker("only_on"):
            wanted = marker.args == (connection.vendor,)
        else:
            wanted = not config.option.with_database or meets_database(item)
        (kept if wanted else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = kept
    config.stash[LEFT] = len(others)


def meets_database(item):
    """Tell whether a test may ask the database."""
    return bool(item.get_closest_marker("django_db") or TOUCHES & set(item.fixturenames))


def pytest_report_collectionfinish(config):
    """Say what this lane has left out."""
    left = config.stash[LEFT]
    return [f"{left} tests are left to the lane of the other database"] if left else []


def pytest_collection_finish():
    """Spare the collector what lives as long as the run."""
    gc.collect()
    gc.freeze()


# --- No error is logged unnoticed -------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    return (yield from guards.fail_on_errors(item))


# --- Isolation --------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def loopback_only():
    with guards.loopback_only():
        yield


@pytest.fixture(autouse=True)
def fresh_process():
    """Caches and the active language are state of the process, not of the database."""
    from cms.pages.cache import generation  # noqa: PLC0415 - models need Django to be set up

    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()
    generation.forget()
    translation.deactivate()


@pytest.fixture(autouse=True)
def files(request, settings, tmp_path, monkeypatch):
    """Uploads go to a folder of the test; returns it. Pictures of a seeded database lie there already."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr(storages["private"], "location", str(tmp_path / "private"))
    if "seeded" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("seeded"), settings.MEDIA_ROOT)
    return tmp_path


# --- Database ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory):
    """Copy the migrated template; renew the copy instead of flushing it."""
    with django_db_blocker.unblock():
        copies = database.copies(tmp_path_factory.mktemp("database"))
        copies.copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: copies.renew())
        yield copies
    with django_db_blocker.unblock():
        connection.close()
        copies.drop()


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """Let the tests of a module find the demonstration instead of an empty site; returns its files.

    `pytestmark = pytest.mark.usefixtures("seeded")`: a database is chosen for whole modules.
    """
    with django_db_blocker.unblock():
        media = django_db_setup.use_seeded()
    yield media
    with django_db_blocker.unblock():
        django_db_setup.use_migrated()


@pytest.fixture
def database_url(django_db_setup):
    """Return the DATABASE_URL of this test's database, for processes it starts."""
    return django_db_setup.url


# --- Time -------------------------------------------------------------------------------------


class StoppedClock:
    """The product's clock, standing still until the test moves it."""

    def __init__(self, stack):
        self.stack = stack
        self.set(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    @property
    def now(self):
        return clock.now()

    def set(self, moment):
        self.stack.enter_context(clock.stopped(moment))

    def move(self, **span):
        self.set(clock.now() + timedelta(**span))


@pytest.fixture
def stopped_clock():
    """Stop the clock on a Monday morning: `stopped_clock.move(minutes=11)`."""
    with ExitStack() as stack:
        yield StoppedClock(stack)


# --- Real servers -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _postgresql():
    with PostgreSQL() as server:
        yield server


@pytest.fixture
def postgresql(_postgresql):
    """A PostgreSQL beside the one under test that the test may freeze, crash and restart."""
    yield _postgresql
    _postgresql.cont()
    if not _postgresql.ready():
        _postgresql.restart()


@pytest.fixture(scope="session")
def _redis():
    with Redis() as server:
        yield server


@pytest.fixture
def redis_server(_redis):
    """An empty Redis that the test may freeze, crash and restart."""
    if not _redis.ready():
        _redis.restart()
    _redis.flush()
    yield _redis
    _redis.cont()


@pytest.fixture(scope="session")
def _smtp():
    with SMTPSink() as sink:
        yield sink


@pytest.fixture
def smtp_sink(_smtp):
    """A mail server without mail that accepts everything until told otherwise."""
    _smtp.reset()
    yield _smtp
    _smtp.reset()
