"""Every page of the demonstration, as somebody finds it who follows every link."""

import pytest
from django.conf import settings
from django.test import Client

from tests.e2e.crawl import Crawl

pytestmark = pytest.mark.usefixtures("seeded")

LANGUAGES = list(dict(settings.LANGUAGES))


@pytest.fixture(scope="module")
def crawl(seeded, django_db_blocker, tmp_path_factory):
    """Crawl once; the tests look at what was found."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", str(seeded))
        found = Crawl(Client(raise_request_exception=False, REMOTE_ADDR="127.0.0.1"))
        found.start("/sitemap.xml", "/")
        for language in LANGUAGES:
            found.start(f"/{language}/", "/")
        found.run()
    return found


def test_nothing_is_broken_anywhere(crawl):
    assert crawl.problems == []


def test_titles_tell_pages_apart(crawl):
    shared = {title: paths for title, paths in crawl.titles.items() if len(paths) > 1}
    assert shared == {}
