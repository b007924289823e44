"""An office with a call, an officer of it, and what was sent to it."""

from datetime import UTC, datetime

import pytest

from cms.accounts.enums import Role
from tests.accounts.factories import UnitFactory, UserFactory
from tests.forms.factories import make_call, make_sent
from tests.forms.queue.people import staff
from tests.sessions import sign_in


@pytest.fixture(autouse=True)
def during_the_call(stopped_clock):
    stopped_clock.set(datetime(2026, 11, 2, 11, 0, tzinfo=UTC))


@pytest.fixture
def unit(db):
    return UnitFactory(name="Office of Communities")


@pytest.fixture
def call(unit):
    return make_call(unit=unit, code="MV27")


@pytest.fixture
def officer(unit):
    return staff(Role.OFFICER, unit=unit)


@pytest.fixture
def colleague(unit):
    return staff(Role.OFFICER, unit=unit)


@pytest.fixture
def browser(client, officer):
    return sign_in(client, officer)


@pytest.fixture
def send(call):
    """Return a function that makes submissions of this call that were sent."""

    def sent(where=call, **fields):
        fields = {"owner": UserFactory(name="Nino"), "language": "en", **fields}
        return make_sent(where, **fields)

    return sent


@pytest.fixture
def sent(send):
    return send()


@pytest.fixture
def foreign():
    """Return what was sent to another office."""
    return make_sent(make_call(code="OTHER"), owner=UserFactory(name="Stranger"), typed={"title": "Foreign"})
