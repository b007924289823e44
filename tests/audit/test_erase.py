import pytest
from django.db import connection

from cms.audit.domain.erase import ERASE, erase
from cms.audit.domain.record import record
from cms.audit.domain.seal import seal
from cms.audit.domain.verify import verify
from cms.audit.enums import Fault
from cms.audit.models import Entry
from tests.audit.factories import entries

pytestmark = pytest.mark.django_db


def test_erasing_takes_the_payload_and_leaves_the_chain():
    kept, gone, unsealed = *entries(2), None
    seal()
    unsealed = record("test.done", details={"name": "Nino"})

    assert erase(entries=Entry.objects.filter(pk__in=[gone.pk, unsealed.pk]), by=None) == 2

    gone.refresh_from_db()
    assert (gone.details, gone.salt, gone.erased) == (None, "", True)
    kept.refresh_from_db()
    assert kept.details == {"number": 0, "name": "Person 0"}
    seal()
    report = verify()
    assert (report.ok, report.erased, report.unsealed) == (True, 2, 0)


def test_erasing_is_on_record_without_what_was_erased():
    gone = record("test.done", details={"name": "Nino"})

    erase(entries=Entry.objects.filter(pk=gone.pk), by=None)

    assert Entry.objects.get(action=ERASE).details == {"entries": [gone.pk]}
    assert not Entry.objects.filter(details__icontains="Nino").exists()


def test_erasing_twice_does_nothing_the_second_time():
    gone = record("test.done")
    erase(entries=Entry.objects.filter(pk=gone.pk), by=None)

    assert erase(entries=Entry.objects.all(), by=None) == 0
    assert Entry.objects.filter(action=ERASE).count() == 1


def test_details_that_vanish_without_an_erasure_are_named():
    gone = record("test.done", details={"name": "Nino"})
    seal()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Entry._meta.db_table} SET details = NULL, salt = '' WHERE id = %s", [gone.pk]
        )

    assert [(broken.fault, broken.entry) for broken in verify().broken] == [(Fault.ERASED, gone.pk)]
