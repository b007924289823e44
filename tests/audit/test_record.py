import pytest
from django.db import transaction

from cms.audit.domain.digest import digest_of
from cms.audit.domain.record import record
from cms.audit.domain.seal import seal
from cms.audit.models import Entry, Seal
from cms.audit.models.immutable import ImmutableRowError
from cms.jobs.models import Job
from tests.audit.factories import entries

pytestmark = pytest.mark.django_db


class Somebody:
    pk = 7


def test_an_entry_notes_who_what_and_whose():
    job = Job.objects.create(kind="test", lane="now")

    entry = record("jobs.retry", target=job, actor=Somebody(), unit_id=3, details={"kind": "test"})

    entry.refresh_from_db()
    assert (entry.action, entry.target, entry.actor_id, entry.unit_id) == (
        "jobs.retry",
        f"cms_jobs.job {job.pk}",
        7,
        3,
    )
    assert entry.details == {"kind": "test"}
    assert entry.digest == digest_of(salt=entry.salt, details=entry.details)
    assert not entry.sealed


def test_the_unit_of_the_target_counts_unless_another_is_given():
    job = Job.objects.create(kind="test", lane="now")
    job.unit_id = 5

    assert record("jobs.retry", target=job).unit_id == 5
    assert record("jobs.retry", target=job, unit_id=6).unit_id == 6


def test_an_entry_is_lost_with_its_transaction():
    with transaction.atomic():
        record("test.done")
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


def test_equal_details_have_different_digests():
    first, second = record("test.done", details={"a": "b"}), record("test.done", details={"a": "b"})

    assert first.digest != second.digest


@pytest.mark.parametrize("action", ["", "done", "Test.done", "test.", "test.done\n", "test done"])
def test_an_action_is_room_and_verb(action):
    with pytest.raises(ValueError, match="room"):
        record(action)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, object(), b"x", {"a"}])
def test_inexact_details_are_refused(value):
    with pytest.raises(TypeError, match="exact JSON"):
        record("test.done", details={"value": value})


def test_what_no_database_keeps_is_replaced_and_still_verifies():
    entry = record("test.done", details={"n\0ul": ["a\0b", "\ud800", "ხიდი", True, None, 10**20]})

    entry.refresh_from_db()
    assert entry.details == {"n\ufffdul": ["a\ufffdb", "?", "ხიდი", True, None, 10**20]}
    assert entry.digest == digest_of(salt=entry.salt, details=entry.details)


def test_entries_and_seals_are_written_once():
    entry = entries(2)[0]
    seal()
    entry.action = "test.undone"

    for change in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.filter(pk=entry.pk).update(action="test.undone"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([entry], ["action"]),
        lambda: Entry.objects.update_or_create(pk=entry.pk, defaults={"action": "test.undone"}),
        lambda: Entry.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["action"], unique_fields=["id"]
        ),
        lambda: Seal.objects.get(position=1).save(),
        lambda: Seal.objects.get(position=1).delete(),
        lambda: Seal.objects.update(hash=""),
        lambda: Seal.objects.all().delete(),
    ):
        with pytest.raises(ImmutableRowError), transaction.atomic():
            change()

    entry.refresh_from_db()
    assert entry.action == "test.done"
    assert Seal.objects.count() == 2


def test_a_new_object_cannot_take_the_place_of_an_old_one():
    old = record("test.done", details={"a": "b"})

    with pytest.raises(Exception, match=r"(?i)unique|duplicate"), transaction.atomic():
        Entry(pk=old.pk, at=old.at, action="test.undone", digest="").save()

    old.refresh_from_db()
    assert old.action == "test.done"
