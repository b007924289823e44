"""What one process of the site knows of itself, as JSON: what to measure, by whom, and queries a page.

python -m tests.bench.facts
"""

import json
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings

UNCACHED = "?bench=1"
"""No list asks for this, so that the page cache lets it pass: every time the page is made anew."""


APPLICANTS = 40
"""People who are signed in and can apply: enough for every round, and for as many once more."""


def newest_article() -> str:
    """Return the path of the newest news in the site's first language."""
    from cms.pages.models import NewsPage  # noqa: PLC0415 - models need Django to be set up

    news = NewsPage.objects.live().public().filter(locale__language_code=settings.LANGUAGE_CODE)
    found = news.order_by("-date", "-pk").first()
    if found is None:
        raise SystemExit("The demonstration has no news to measure.")
    return urlsplit(found.full_url).path


def queries(path: str) -> int:
    """Return how many queries making a page takes once menus and the like are remembered."""
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test import Client  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    host = urlsplit(settings.SITE_URL).netloc
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = Client().get(path + UNCACHED, headers={"host": host})
    if response.status_code != 200 or "Cache-Status" in response.headers:
        raise SystemExit(f"{path} answers {response.status_code}.")
    return len(captured)


def main() -> None:
    """Print the facts."""
    django.setup()
    pages = {"home": f"/{settings.LANGUAGE_CODE}/", "article": newest_article()}
    from tests.bench import intake  # noqa: PLC0415 - as above

    facts = {
        "pages": {name: {"path": path, "queries": queries(path)} for name, path in pages.items()},
        "application": intake.application(),
        "queue": intake.queue(),
        "applicants": [intake.session(intake.applicant(number)) for number in range(100, 100 + APPLICANTS)],
    }
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    main()
