"""What stands around a page: menu, path, foot."""

from dataclasses import dataclass, replace

from wagtail.models import Page

from cms.core.languages import address_in
from cms.pages import queries
from cms.pages.cache.generation import remembered


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page in the reader's part of the site, and the language of its title."""

    label: str
    url: str
    language: str
    current: bool = False
    """Whether the reader is there or below; only menus say so."""


def address(page: Page, language: str) -> str:
    """Return the address of a page for a reader of `language`, also if it is written in another."""
    own = page.get_url() or ""
    return own if page.locale.language_code == language else address_in(language, own)


def link(page: Page, language: str) -> PageLink:
    """Return the link to a page."""
    return PageLink(page.title, address(page, language), page.locale.language_code)


def menu(language: str, path: str) -> list[PageLink]:
    """Return the main menu; the section that `path` lies in is marked."""
    links = remembered(
        f"menu:{language}", lambda: [link(page, language) for page in queries.top_pages(language)]
    )
    return [replace(item, current=path.startswith(item.url)) for item in links]


def foot(language: str) -> list[PageLink]:
    """Return the pages that the law asks for."""
    return remembered(
        f"foot:{language}", lambda: [link(page, language) for page in queries.legal_pages(language)]
    )


def crumbs(page: Page, language: str) -> list[PageLink]:
    """Return the path from home to the page; the last has no address."""
    above = remembered(
        f"crumbs:{language}:{page.path[: -page.steplen]}",
        lambda: [link(ancestor, language) for ancestor in queries.ancestors(page)],
    )
    return [*above, PageLink(page.title, "", page.locale.language_code)]
