from datetime import UTC, datetime

import pytest
from django.test import Client

from cms.accounts.enums import Role, UnitKind
from cms.core import clock
from cms.pages.cache.generation import bump
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.grants.factories import make_index
from tests.pages.factories import make_homes
from tests.sessions import sign_in


@pytest.fixture
def november():
    """Stop the clock ten days before the deadline of the usual call."""
    with clock.stopped(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)) as moment:
        yield moment


@pytest.fixture
def homes(db, november):
    """Publish home in three languages."""
    return make_homes("en", "ar")


@pytest.fixture
def index(homes):
    """Publish the list of calls in Georgian."""
    return make_index(homes["ka"])


@pytest.fixture
def visitor():
    """A browser without cookies."""
    return Client(raise_request_exception=False)


@pytest.fixture
def applicant(db):
    return UserFactory()


@pytest.fixture
def applicants_browser(applicant):
    return sign_in(Client(raise_request_exception=False), applicant)


@pytest.fixture
def helper(db):
    """Return somebody who helps at a hub."""
    return person_with(Role.HELPER, UnitFactory(hub=True))


@pytest.fixture
def helpers_browser(helper):
    return sign_in(Client(raise_request_exception=False), helper, proven=True)


@pytest.fixture
def office(db):
    return UnitFactory(kind=UnitKind.OFFICE)


@pytest.fixture
def officer(office):
    return person_with(Role.OFFICER, office)


@pytest.fixture
def page_cache(settings, transactional_db):
    """Keep pages, as a real site does; a transaction around the test would keep nothing."""
    settings.PAGE_CACHE = True
    bump()
