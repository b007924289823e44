"""The test house itself: every guard is shown to catch what it is for."""

import logging
import socket
import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from wagtail.models import Locale, Page

from cms.accounts.models import Unit
from cms.core import clock
from tests import database, guards
from tests.conftest import meets_database


def unit(code):
    return Unit.objects.create(code=code, name=code, kind="office")


@pytest.mark.django_db
def test_the_template_is_migrated_and_isolated():
    assert list(Page.objects.values_list("depth", flat=True)[:1]) == [1]
    assert not Unit.objects.exists()
    unit("a")


@pytest.mark.django_db
def test_what_another_test_wrote_is_gone():
    assert not Unit.objects.exists()


@pytest.mark.parametrize("time", [1, 2])
def test_transactional_tests_leave_nothing_and_lose_nothing(transactional_db, time):
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.exists()
    unit("same")
    seen = []

    def look():
        seen.append(Unit.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db
def test_plain_tests_after_transactional_ones_see_the_template_again():
    assert not Unit.objects.exists()
    assert Page.objects.filter(depth=1).exists()


def test_a_changed_migration_changes_the_fingerprint(monkeypatch, settings, tmp_path):
    root = tmp_path / "checkout"
    for name in ("requirements-dev.lock", "cms/settings/i18n.py", "cms/pages/migrations/0001_initial.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("one")
    settings.BASE_DIR = root
    before = database.fingerprint()
    (root / "cms/pages/migrations/0001_initial.py").write_text("two")
    assert database.fingerprint() != before


@pytest.mark.expects_error_log("cms.jobs.runner")
def test_an_error_in_any_thread_is_collected_unless_expected():
    with guards.error_log() as log:
        thread = threading.Thread(target=logging.getLogger("cms.jobs.runner").error, args=("lost",))
        thread.start()
        thread.join()
        logging.getLogger("cms.jobs").warning("slow")
    assert log.unexpected(()) == ["cms.jobs.runner: lost"]
    assert log.unexpected(("cms.job",)) == ["cms.jobs.runner: lost"]
    assert log.unexpected(("cms.jobs",)) == []
    assert log.unexpected(("",)) == []


@pytest.mark.expects_error_log("cms.jobs")
def test_an_unexpected_error_fails_the_test():
    unmarked = SimpleNamespace(get_closest_marker=lambda _name: None)
    call = guards.fail_on_errors(unmarked)
    next(call)
    logging.getLogger("cms.jobs").error("lost")
    with pytest.raises(pytest.fail.Exception, match="lost"):
        next(call)


@pytest.mark.expects_error_log("cms.jobs")
def test_an_expected_error_does_not():
    logging.getLogger("cms.jobs").error("lost")


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_nothing_leaves_this_machine(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as outgoing, pytest.raises(guards.OutgoingConnectionError):
        outgoing.connect((host, 80))


def test_no_name_is_looked_up():
    with pytest.raises(guards.OutgoingConnectionError):
        socket.create_connection(("khidi.example", 80))


def test_the_clock_stands_until_it_is_moved(stopped_clock):
    assert clock.now() == stopped_clock.now == datetime(2026, 3, 2, 9, tzinfo=UTC)
    stopped_clock.move(minutes=11)
    assert clock.now() == datetime(2026, 3, 2, 9, 11, tzinfo=UTC)


@pytest.mark.parametrize("time", [1, 2])
def test_caches_are_cleared_between_tests(time):
    assert cache.get("kept") is None
    cache.set("kept", 1)


def test_only_who_may_ask_the_database_counts_as_meeting_it(request):
    assert not meets_database(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


@pytest.mark.django_db
def test_a_mark_counts_as_meeting_the_database(request):
    assert meets_database(request.node)


@pytest.fixture
def person(transactional_db):
    """Lead to the database, as most factories' fixtures do."""


def test_a_fixture_counts_as_meeting_the_database(request, person):
    assert meets_database(request.node)
