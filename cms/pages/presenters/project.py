"""What a project page shows: where its phases stand, who takes part, what has been reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cms.core import clock
from cms.pages import queries
from cms.pages.enums import PartyRole, ProjectState
from cms.pages.models import Place, ProjectPage, Topic
from cms.pages.presenters.entries import Name, names
from cms.pages.presenters.links import PageLink, link

NEWS = 5
"""Stories on the page of a project."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase, and whether it is "past", "now" or "ahead"."""

    value: Any
    state: str


@dataclass(frozen=True, slots=True)
class Reached:
    """What is counted: the target, the result so far, and how much of the target that is."""

    name: str
    target: Decimal
    result: Decimal | None
    percent: int | None

    @property
    def bar(self) -> int:
        """How full a bar is: no more than whole."""
        return min(self.percent or 0, 100)


class Parties(NamedTuple):
    """The organisations with one role."""

    role: str
    blocks: list[Any]


class Story(NamedTuple):
    """A piece of news about a project."""

    link: PageLink
    date: date


def phases(page: ProjectPage) -> list[Phase]:
    """Return the phases; today decides, and the end of the whole project ends all of them.

    Drafts may still lack what is required, here and below: that is left out.
    """
    today = clock.today()
    finished = page.state == ProjectState.FINISHED
    begun = [block.value for block in page.phases if block.value["begins"]]
    return [Phase(value, "past" if finished else standing(value, today)) for value in begun]


def standing(phase: Any, today: date) -> str:
    """Return where a phase stands; a month or a year counts to its last day, no end means still now."""
    if phase["begins"].first > today:
        return "ahead"
    return "past" if phase["ends"] and phase["ends"].last < today else "now"


def indicators(page: ProjectPage) -> list[Reached]:
    """Return what the project counts; of a target of nothing there is no per cent."""
    return [
        Reached(value["name"], value["target"], value["result"], percent_of(value["result"], value["target"]))
        for value in (block.value for block in page.indicators)
        if value["target"] is not None
    ]


def percent_of(result: Decimal | None, target: Decimal) -> int | None:
    """Return the result in whole per cent of the target, rounded down: 100 means that it is reached."""
    return None if result is None or not target else int(result * 100 // target)


def parties(page: ProjectPage) -> list[Parties]:
    """Return who takes part, by role, in the order of the roles; organisations that are gone are left out."""
    blocks = [block.value for block in page.partners if block.value["organisation"]]
    groups = (Parties(label, [b for b in blocks if b["role"] == role]) for role, label in PartyRole.options())
    return [group for group in groups if group.blocks]


def tags(page: ProjectPage, language: str) -> dict[str, list[Name]]:
    """Return the names of topics and places in the best language for a reader."""
    return {
        "topics": _named(page.topics.all(), names(Topic, language)),
        "places": _named(page.places.all(), names(Place, language)),
    }


def news(page: ProjectPage, language: str) -> list[Story]:
    """Return the newest stories about the project."""
    return [Story(link(story, language), story.date) for story in queries.news_about(page, language)[:NEWS]]


def _named(rows: Iterable[Any], known: dict[Any, Name]) -> list[Name]:
    found = (known.get(row.translation_key) for row in rows)
    return sorted(filter(None, found), key=lambda name: name.label)
