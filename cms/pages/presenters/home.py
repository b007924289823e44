"""The home page: doors, notices, lists."""

from itertools import groupby
from typing import NamedTuple

from wagtail.blocks import StreamValue

from cms.pages import queries
from cms.pages.enums import ListingLayout
from cms.pages.models import HomePage
from cms.pages.presenters.links import PageLink, home_address, linked


class Door(NamedTuple):
    """One of the few things that people come for."""

    letter: str
    title: str
    text: str
    url: str


class Notice(NamedTuple):
    """What everybody has to know for some days."""

    text: str
    urgent: bool
    language: str
    link: PageLink | None


class Lists(NamedTuple):
    """Lists that stand side by side, or one on a band of its own."""

    band: bool
    blocks: list[StreamValue.StreamChild]


def doors(home: HomePage, language: str) -> list[Door]:
    """Return the doors that lead somewhere."""
    url = home_address(language)
    values = [block["value"] for block in home.doors.raw_data]
    links = linked([value["page"] for value in values if value.get("page")], language)
    found = []
    for value in values:
        page, path = links.get(value.get("page") or 0), value.get("path") or ""
        target = page.url if page else f"{url}{path}" if path else ""
        if target:
            found.append(Door(value["letter"], value["title"], value.get("text") or "", target))
    return found


def notices(language: str) -> list[Notice]:
    """Return what is to be known now, the urgent first."""
    rows = list(queries.notices(language))
    links = linked([row.page_id for row in rows if row.page_id], language)
    return [Notice(row.text, row.urgent, row.locale.language_code, links.get(row.page_id)) for row in rows]


def lists(home: HomePage) -> list[Lists]:
    """Return the lists in their order: lines side by side, arches each on a band."""
    found: list[Lists] = []
    for band, blocks in groupby(home.lists, key=_on_a_band):
        group = list(blocks)
        found += [Lists(band, [block]) for block in group] if band else [Lists(band, group)]
    return found


def _on_a_band(block: StreamValue.StreamChild) -> bool:
    return bool(block.value["layout"] == ListingLayout.ARCHES)
