"""An organisation whose people send at the same moment still sends no more than the call allows."""

import pytest

from cms.forms.domain.errors import IncompleteError
from cms.grants import kinds as grants
from cms.grants.models import Application, Call
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_filled, make_organisation
from tests.race.test_submit import at_once, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

THREADS, ALLOWED = 10, 2


@pytest.fixture
def drafts():
    person = UserFactory()
    organisation = make_organisation(owner=person)
    call = make_call(per_organisation=ALLOWED)
    typed = {"organisation": str(organisation.pk)}
    return [make_filled(call, owner=person, typed=typed) for _each in range(THREADS)]


def sent(drafts, moment):
    """Send all at once; return what came of it and how many went through."""
    results = at_once(lambda draft: send(draft, moment), drafts)
    return results, Application.objects.filter(state="submitted").count()


def test_two_of_ten_go_through(stopped_clock, drafts):
    results, through = sent(drafts, stopped_clock.now)
    refused = [result for result in results if isinstance(result, IncompleteError)]
    assert (through, len(refused)) == (ALLOWED, THREADS - ALLOWED)


def test_without_the_lock_more_would(stopped_clock, drafts, monkeypatch):
    def unlocked(key):
        return Call.objects.get(pk=key)

    monkeypatch.setattr(grants.queries, "locked_call", unlocked)
    _results, through = sent(drafts, stopped_clock.now)
    assert through > ALLOWED
