import json
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cms.audit.domain.digest import digest_of, hash_of
from cms.audit.domain.record import record
from cms.audit.domain.seal import seal
from cms.audit.domain.verify import Broken, verify
from cms.audit.enums import Fault
from cms.audit.models import Entry, Seal
from tests.audit.factories import entries

pytestmark = pytest.mark.django_db

ENTRIES, SEALS = Entry._meta.db_table, Seal._meta.db_table


def run(sql, *values):
    """Change the tables behind the ORM's back, as an intruder or a bad migration would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def no_foreign_keys():
    """Do what the superuser of a database can."""
    if connection.vendor == "sqlite":
        run("PRAGMA defer_foreign_keys = ON")
        yield
    else:
        run(f"ALTER TABLE {SEALS} DISABLE TRIGGER ALL")
        run(f"ALTER TABLE {ENTRIES} DISABLE TRIGGER ALL")
        yield
        run(f"ALTER TABLE {SEALS} ENABLE TRIGGER ALL")
        run(f"ALTER TABLE {ENTRIES} ENABLE TRIGGER ALL")


@pytest.fixture
def chain(stopped_clock):
    """Ten sealed entries; returns their ids in order."""
    keys = [entry.pk for entry in entries(10)]
    seal()
    return keys


def faults():
    return [(broken.fault, broken.position, broken.entry) for broken in verify().broken]


def test_a_whole_chain_verifies(chain, stopped_clock):
    record("test.done")
    stopped_clock.move(seconds=3)
    record("test.done")

    report = verify()

    assert (report.ok, report.sealed, report.unsealed) == (True, 10, 2)
    assert report.oldest_unsealed == timedelta(seconds=3)
    assert (report.position, report.head) == (10, Seal.objects.get(position=10).hash)


def test_no_chain_verifies():
    report = verify()

    assert (report.ok, report.sealed, report.oldest_unsealed) == (True, 0, None)


def test_changed_details_are_named(chain):
    run(f"UPDATE {ENTRIES} SET details = %s WHERE id = %s", '{"name": "Somebody else"}', chain[3])

    assert faults() == [(Fault.DETAILS, 4, chain[3])]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "test.undone"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("target_type", "cms_jobs.job"),
        ("target_id", "1"),
        ("unit_id", 8),
        ("actor_id", 9),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_plain_field_is_named(chain, column, value):
    run(f"UPDATE {ENTRIES} SET {column} = %s WHERE id = %s", value, chain[3])

    named = faults()
    assert (Fault.FIELDS, 4, chain[3]) in named
    assert {(position, entry) for _, position, entry in named} == {(4, chain[3])}


def test_a_changed_last_row_is_named(chain):
    run(f"UPDATE {ENTRIES} SET action = 'test.undone' WHERE id = %s", chain[9])

    assert faults() == [(Fault.FIELDS, 10, chain[9])]


def test_changed_details_with_a_fitting_digest_are_named(chain):
    """The intruder knows how digests are made, and has the salt."""
    entry = Entry.objects.get(pk=chain[3])
    forged = digest_of(salt=entry.salt, details={"a": "b"})
    run(f"UPDATE {ENTRIES} SET details = %s, digest = %s WHERE id = %s", '{"a": "b"}', forged, entry.pk)

    assert faults() == [(Fault.FIELDS, 4, chain[3])]


def test_a_changed_seal_is_named(chain):
    run(f"UPDATE {SEALS} SET hash = %s WHERE position = 4", "0" * 64)

    assert faults() == [(Fault.SEAL, 4, chain[3])]


def test_a_row_resealed_to_fit_is_named_by_its_follower(chain):
    run(f"UPDATE {ENTRIES} SET action = 'test.undone' WHERE id = %s", chain[3])
    link = Seal.objects.select_related("entry").get(position=4)
    forged = hash_of(previous=link.previous, position=4, sealed_at=link.sealed_at, entry=link.entry)
    run(f"UPDATE {SEALS} SET hash = %s WHERE position = 4", forged)

    assert faults() == [(Fault.ORDER, 5, chain[4])]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_seal", [True, False])
def test_a_deleted_row_is_named(chain, with_seal):
    if with_seal:
        run(f"DELETE FROM {SEALS} WHERE position = 4")
        run(f"DELETE FROM {ENTRIES} WHERE id = %s", chain[3])
        assert verify().broken == [Broken(Fault.MISSING, 4, None, last=4)]
    else:
        if connection.vendor == "sqlite":
            run("PRAGMA foreign_keys = OFF")
        with no_foreign_keys():
            run(f"DELETE FROM {ENTRIES} WHERE id = %s", chain[3])
        assert verify().broken == [Broken(Fault.MISSING, 4, chain[3], last=4)]


def test_several_deleted_rows_at_the_beginning_are_named(chain):
    run(f"DELETE FROM {SEALS} WHERE position <= 3")
    run(f"DELETE FROM {ENTRIES} WHERE id <= %s", chain[2])

    assert verify().broken == [Broken(Fault.MISSING, 1, None, last=3)]


def test_a_removed_seal_is_named_with_its_entry(chain):
    run(f"DELETE FROM {SEALS} WHERE position = 4")

    assert faults() == [(Fault.MISSING, 4, None), (Fault.UNSEALED, None, chain[3])]


def test_an_inserted_row_is_named(chain):
    """The intruder moves all later rows by one and seals the new row correctly."""
    inserted = record("test.invented")
    run(f"UPDATE {SEALS} SET position = -position - 1 WHERE position >= 4")
    run(f"UPDATE {SEALS} SET position = -position WHERE position < 0")
    before = Seal.objects.get(position=3)
    link = hash_of(previous=before.hash, position=4, sealed_at=before.sealed_at, entry=inserted)
    Seal.objects.create(
        position=4, entry=inserted, sealed_at=before.sealed_at, previous=before.hash, hash=link
    )
    run(f"UPDATE {ENTRIES} SET sealed = (1 = 1) WHERE id = %s", inserted.pk)

    named = faults()
    assert (Fault.ORDER, 5, chain[3]) in named
    assert {position for _, position, _ in named} == set(range(5, 12))


def test_rows_in_another_order_are_named(chain):
    run(f"UPDATE {SEALS} SET position = 99 WHERE position = 4")
    run(f"UPDATE {SEALS} SET position = 4 WHERE position = 5")
    run(f"UPDATE {SEALS} SET position = 5 WHERE position = 99")

    named = faults()
    assert (Fault.ORDER, 4, chain[4]) in named
    assert (Fault.ORDER, 5, chain[3]) in named


def test_a_backdated_row_counts_as_late(chain, stopped_clock):
    stopped_clock.move(hours=3)
    record("test.done")
    seal()
    late = record("test.done")
    run(f"UPDATE {ENTRIES} SET at = %s WHERE id = %s", "2026-03-02 09:00:00+00:00", late.pk)
    stopped_clock.move(seconds=5)
    seal()

    report = verify()
    assert (report.ok, report.late) == (True, 1)


def test_entries_of_a_night_without_a_runner_are_not_late(chain, stopped_clock):
    entries(3)
    stopped_clock.move(hours=10)
    seal()

    assert verify().late == 0


def test_changed_details_are_named_before_they_are_sealed():
    entry = record("test.done", details={"a": "b"})
    run(f"UPDATE {ENTRIES} SET details = %s WHERE id = %s", "{}", entry.pk)

    assert faults() == [(Fault.DETAILS, None, entry.pk)]


def test_a_chain_cut_off_at_its_end_is_seen_against_an_earlier_head(chain):
    head = (10, verify().head)
    assert verify(expect=head).ok
    run(f"DELETE FROM {SEALS} WHERE position = 10")
    run(f"DELETE FROM {ENTRIES} WHERE id = %s", chain[9])

    assert verify().ok
    assert [broken.fault for broken in verify(expect=head).broken] == [Fault.HEAD]


def test_the_walk_goes_on_over_chunks(chain, monkeypatch):
    monkeypatch.setattr("cms.audit.domain.verify.CHUNK", 3)
    run(f"UPDATE {SEALS} SET hash = %s WHERE position = 6", "0" * 64)

    report = verify()
    assert report.sealed == 10
    assert [broken.position for broken in report.broken] == [6]


def verify_audit(*arguments):
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as leave:
        return leave.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_counts(chain):
    code, text = verify_audit()

    assert code == 0
    assert "10 sealed entries, 0 of them erased, 0 broken" in text
    assert "0 wait for their seal" in text


def test_the_command_names_the_broken_row(chain):
    run(f"UPDATE {ENTRIES} SET action = 'test.undone' WHERE id = %s", chain[3])

    code, text = verify_audit()

    assert code == 1
    assert f"BROKEN entry {chain[3]} at position 4: one of its plain fields was changed" in text


def test_the_command_speaks_json(chain):
    record("test.done")
    run(f"DELETE FROM {SEALS} WHERE position = 4")

    code, text = verify_audit("--json")

    data = json.loads(text)
    assert code == 1
    assert (data["ok"], data["sealed"], data["unsealed"], data["oldest_unsealed"]) == (False, 9, 1, 0)
    assert data["broken"][0] == {"fault": "missing", "position": 4, "entry": None, "last": 4}


def test_the_command_compares_heads(chain):
    head = Seal.objects.get(position=10).hash

    assert verify_audit("--expect", f"10:{head}")[0] == 0
    assert verify_audit("--expect", f"10:{'0' * 64}")[0] == 1
    with pytest.raises(CommandError, match="POSITION:HASH"):
        verify_audit("--expect", "ten")
