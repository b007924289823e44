"""What stands around a page: menu, path, foot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from cms.core.languages import address_in
from cms.core.pages import BasePage
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


def home_address(language: str) -> str:
    """Return the address of home in a language."""
    with override(language):
        return reverse("wagtail_serve", args=[""])


def link(page: Page, language: str) -> PageLink:
    """Return the link to a page."""
    return PageLink(page.title, address(page, language), page.locale.language_code)


def short_links(pages: Iterable[Page], language: str) -> list[PageLink]:
    """Return links with the titles for the menu and the path."""
    found = list(pages)
    titles = queries.short_titles(found)
    return [replace(link(page, language), label=titles[page.pk]) for page in found]


def short(values: Iterable[object]) -> str:
    """Return a short name of some values, for keys of caches: these take no spaces and no long lists."""
    return blake2b(repr(list(values)).encode(), digest_size=12).hexdigest()


def linked(numbers: Iterable[int], language: str, *, shut: bool = False) -> dict[int, PageLink]:
    """Return page number → link, for pages that an editor chose: each in the best language.

    What nobody may see has no link; what is behind a password or a sign-in has one only with `shut`.
    """
    wanted = sorted(set(numbers))
    if not wanted:
        return {}

    def make() -> dict[int, PageLink]:
        pages = queries.chosen(wanted, language, shut=shut)
        return {number: link(page, language) for number, page in pages.items()}

    return remembered(f"links:{language}:{shut:d}:{short(wanted)}", make)


def menu(language: str, path: str) -> list[PageLink]:
    """Return the main menu; the section that `path` lies in is marked."""
    links = remembered(f"menu:{language}", lambda: short_links(queries.top_pages(language), language))
    return [replace(item, current=path.startswith(item.url)) for item in links]


def foot(language: str) -> list[PageLink]:
    """Return the pages that the law asks for."""
    return remembered(
        f"foot:{language}", lambda: [link(page, language) for page in queries.legal_pages(language)]
    )


def crumbs(page: BasePage, language: str) -> list[PageLink]:
    """Return the path from home to the page, in the reader's language; the last has no address."""

    def make() -> list[PageLink]:
        pages = {above.pk: above for above in queries.ancestors(page)}
        # What is above a page that was not translated may well be; not to look is the usual case.
        known = {} if page.locale.language_code == language else queries.chosen(pages, language, shut=True)
        return short_links([known.get(number, above) for number, above in pages.items()], language)

    above = remembered(f"crumbs:{language}:{page.path[: -page.steplen]}", make)
    return [*above, PageLink(page.short_title, "", page.locale.language_code)]
