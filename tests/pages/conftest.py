import pytest
from django.test import Client

from cms.pages.cache import middleware
from cms.pages.cache.generation import bump
from tests.pages.cache_site import probe


@pytest.fixture
def page_cache(settings, transactional_db):
    """Keep pages, as a real site does; a transaction around the test would keep nothing."""
    settings.PAGE_CACHE = True
    bump()


@pytest.fixture
def site_of_one_view(settings, db, monkeypatch):
    """Return the one view, whose answers are kept; `generation` stands in for the database's number."""
    settings.PAGE_CACHE = True
    settings.ROOT_URLCONF = "tests.pages.cache_site"
    probe.__init__()
    monkeypatch.setattr(middleware, "current", lambda: probe.generation)
    return probe


@pytest.fixture
def visitor():
    """A browser without cookies."""
    return Client(raise_request_exception=False)
