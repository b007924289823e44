import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from cms.audit.domain import seal as sealing
from cms.audit.domain.record import record
from cms.audit.domain.seal import seal
from cms.audit.domain.verify import verify
from cms.audit.jobs import SEAL
from cms.audit.models import Entry, Seal
from cms.jobs.models import Job
from cms.jobs.runner import run_due
from cms.jobs.schedule import tick
from tests.audit.factories import entries

on_postgresql = pytest.mark.only_on("postgresql")  # SQLite has one writer at a time: nothing is ever late.


@pytest.mark.django_db
def test_sealing_goes_in_order_and_only_once():
    keys = [entry.pk for entry in entries(3)]

    assert (seal(), seal()) == (3, 0)
    keys += [entry.pk for entry in entries(2)]
    assert seal() == 2
    assert list(Seal.objects.order_by("position").values_list("position", "entry_id")) == [
        (place, key) for place, key in enumerate(keys, start=1)
    ]
    assert not Entry.objects.filter(sealed=False).exists()
    assert verify().ok


@pytest.mark.django_db
def test_sealing_stops_at_its_limit_and_goes_on_later(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    entries(5)

    assert (seal(limit=3), seal(limit=3)) == (3, 2)
    assert verify().ok


@pytest.mark.django_db
def test_sealing_costs_the_same_queries_for_one_and_many(django_assert_num_queries):
    for number in (1, 50):
        entries(number)
        with django_assert_num_queries(9 if connection.vendor == "postgresql" else 8):
            seal()


@pytest.mark.django_db(transaction=True)
def test_the_schedule_seals():
    entries(3)

    tick()
    Job.objects.exclude(kind=SEAL).delete()
    assert run_due() == 1

    assert Seal.objects.count() == 3


@contextmanager
def another_transaction():
    """Keep an entry of another connection open until the block asks for its commit."""
    written, commit = threading.Event(), threading.Event()
    keys = []

    def work():
        try:
            with transaction.atomic():
                keys.append(record("test.slow").pk)
                written.set()
                commit.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert written.wait(10)

    def finish():
        commit.set()
        thread.join(10)
        return keys[0]

    try:
        yield finish
    finally:
        finish()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_late_is_sealed_late_and_never_skipped():
    with another_transaction() as commit:
        quick = record("test.quick").pk
        assert seal() == 1
        slow = commit()

    assert slow < quick
    assert seal() == 1
    assert list(Seal.objects.order_by("position").values_list("entry_id", flat=True)) == [quick, slow]
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_many_sealers_make_one_chain():
    entries(200)
    sealed, errors = [], []

    def work():
        try:
            sealed.append(seal(limit=60))
        except Exception as error:
            errors.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert not errors
    assert sum(sealed) == 200
    report = verify()
    assert (report.ok, report.sealed, report.position) == (True, 200, 200)
