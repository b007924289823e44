"""Lines of lists: one page each, with what its readers want to know first."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from anyascii import anyascii
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.codes import Codes
from cms.core.formats import dates
from cms.pages import queries
from cms.pages.cache.generation import remembered
from cms.pages.enums import Cost, NewsCategory, ProjectState, ServiceState, StepFree
from cms.pages.models import BodyPage, HubPage, NewsPage, OfficePage, Place, ProjectPage, ServicePage
from cms.pages.models.lists import Entry as Listed
from cms.pages.presenters.links import PageLink, link

KINDS: dict[Codes, str] = {
    StepFree.YES: "good",
    StepFree.HELP: "warn",
    StepFree.NO: "plain",
    Cost.FREE: "good",
    Cost.SOMETIMES: "plain",
    Cost.PAID: "plain",
    ServiceState.PAUSED: "warn",
    ServiceState.PLANNED: "",
    ServiceState.ENDED: "plain",
    ProjectState.PLANNED: "",
    ProjectState.RUNNING: "good",
    ProjectState.FINISHED: "plain",
}
"""Code → the shape of its tag."""

LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "აბცდეფგჰიჯკლმნოპქრსთუვვხიზ", strict=True))
"""Latin letter → the Georgian one for an arch."""


class Tag(NamedTuple):
    """A word with a shape."""

    label: str
    kind: str = ""


class Day(NamedTuple):
    """A date as lists show it: the day large, the rest small."""

    iso: str
    large: str
    small: str


class Name(NamedTuple):
    """An entry of a shared list in the best language for a reader."""

    slug: str
    label: str
    language: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of a list."""

    link: PageLink
    lead: str
    letter: str
    """The Georgian initial of its title, for arches."""

    day: Day | None = None
    facts: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()


def names(kind: type[Listed], language: str) -> dict[uuid.UUID, Name]:
    """Return translation key → name of each entry of a shared list, in the order of the alphabet."""

    def make() -> dict[uuid.UUID, Name]:
        rows = queries.rows_for(kind, language)
        return {row.translation_key: Name(row.slug, row.name, row.locale.language_code) for row in rows}

    return remembered(f"names:{kind.__name__}:{language}", make)


def entry(page: Page, language: str) -> Entry:
    """Return the line of a page, given as its own type, for a reader of `language`.

    What is said of it is in the language in use, that of the text around the list.
    """
    facts, tags = _about(page)
    return Entry(
        link=link(page, language),
        lead=page.lead,
        letter=initial(page.title) or page.letter,
        day=day(page.date) if isinstance(page, NewsPage) else None,
        facts=tuple(filter(None, facts)),
        tags=tuple(tags),
    )


def initial(title: str) -> str:
    """Return the Georgian letter for the beginning of a title in any script, or nothing."""
    first = next(filter(str.isalpha, title), "")
    return first if "ა" <= first <= "ჰ" else LETTERS.get(anyascii(first)[:1].lower(), "")


def day(value: date) -> Day:
    """Return a date for a list; every language of the site writes the day of the month first."""
    large, _space, small = dates.day(value).partition(" ")
    return Day(value.isoformat(), large, small)


def _about(page: Any) -> tuple[list[str], list[Tag]]:
    """Return what is said of a page besides title and lead, by its type."""
    facts: list[str] = []
    tags: list[Tag] = []
    match page:
        case NewsPage() if page.category != NewsCategory.NEWS:
            tags = [Tag(page.get_category_display(), "plain")]
        case HubPage():
            place = names(Place, get_language() or "").get(page.place.translation_key) if page.place else None
            facts, tags = [place.label if place else ""], [_tag(page, "step_free")]
        case ServicePage():
            tags = [_tag(page, "cost" if page.state == ServiceState.AVAILABLE else "state")]
        case ProjectPage():
            facts = [dates.span(page.begins, page.ends) if page.begins and page.ends else ""]
            tags = [_tag(page, "state")]
        case OfficePage() if page.as_of:
            facts = [_("Information as of %(date)s") % {"date": dates.day(page.as_of)}]
        case BodyPage():
            facts = [str(page.get_kind_display())]
    return facts, tags


def _tag(page: Any, field: str) -> Tag:
    label = getattr(page, f"get_{field}_display")()
    return Tag(str(label), KINDS.get(getattr(page, field), "plain"))
