"""A site of real processes on the database of the test."""

import pytest

from tests.fault.site import Site


@pytest.fixture
def site(transactional_db, database_url, tmp_path):
    """The embedded shape, or a runner beside the web server; no broker."""
    with Site(tmp_path, database_url) as started:
        yield started


@pytest.fixture
def celery_site(transactional_db, database_url, tmp_path, redis_server):
    """The scaled-out shape over a real Redis."""
    with Site(tmp_path, database_url, redis_server.url) as started:
        yield started
