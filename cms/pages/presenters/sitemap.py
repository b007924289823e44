"""The map of the site: each page with its translations."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from cms.core.absolute import absolute
from cms.pages import queries


class Place(NamedTuple):
    """A page of the map."""

    url: str
    changed: datetime | None
    alternates: list[tuple[str, str]]
    """Language code and address of each translation, itself included; empty without others."""


def places() -> list[Place]:
    """Return every page that all may read, grouped with its translations."""
    found: list[Place] = []
    for _key, pages in groupby(queries.pages_for_all(), key=attrgetter("translation_key")):
        group = [(page, url) for page in pages if (url := page.get_url())]
        addresses = [(page.locale.language_code, absolute(url)) for page, url in group]
        alternates = addresses if len(addresses) > 1 else []
        found += [Place(absolute(url), page.last_published_at, alternates) for page, url in group]
    return found
