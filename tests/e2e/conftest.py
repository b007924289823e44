"""A served site and browsers that visit it."""

import os

import pytest
from django.core.cache import caches

from tests.e2e.browser import Visitor, chromium
from tests.pages.factories import make_homes


@pytest.fixture(scope="session")
def browser():
    # Playwright keeps an event loop in this thread; Django would refuse to ask the database from it.
    with pytest.MonkeyPatch.context() as patch, chromium() as browser:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield browser


@pytest.fixture
def site(request, live_server, settings):
    """Serve the site and return its address: the demonstration in a seeded module.

    Elsewhere it has nothing but home pages in Georgian, English and Arabic.
    """
    settings.SITE_URL = live_server.url
    # The threads of the server fill caches that this one may never have opened: else a page of the
    # last test, with pictures that are gone, would be shown.
    for cache in caches.all():
        cache.clear()
    if "seeded" not in request.fixturenames:
        make_homes("en", "ar")
    return live_server.url


@pytest.fixture
def visitor(browser, site):
    """Return a function that opens browser windows: `visitor(width=390, theme="dark", scripts=False)`."""
    visitors = []

    def visit(**options):
        visitors.append(Visitor(browser, site, **options))
        return visitors[-1]

    yield visit
    for someone in visitors:
        someone.close()
