from datetime import timedelta

import pytest

from cms.accounts.enums import Role
from cms.jobs import runner, schedule
from cms.jobs.outbox import enqueue
from tests.accounts.factories import UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["accounts.check_rights", "accounts.prune_unconfirmed"])
def test_it_is_done_every_day(kind):
    assert schedule.scheduled()[kind] == timedelta(days=1)


def test_the_runner_repairs_and_forgets(office, stopped_clock):
    person = person_with(Role.EDITOR, office)
    person.groups.clear()
    UserFactory(confirmed=False, email="never@example.org")
    stopped_clock.move(days=2)
    for kind in ("accounts.check_rights", "accounts.prune_unconfirmed"):
        enqueue(kind)
    runner.run_due()
    assert person.groups.get().name == "editor:office"
    assert not type(person).objects.filter(email="never@example.org").exists()
