"""What a project page shows: where its phases stand, who takes part, what has been reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wagtail.blocks import StreamValue

from cms.core import clock
from cms.core.codes import Codes
from cms.events.enums import PartyRole as EventRole
from cms.events.models import EventPage
from cms.pages import queries
from cms.pages.enums import PartyRole, ProjectState
from cms.pages.models import Place, ProjectPage, PublicOrganisation, Topic
from cms.pages.presenters.entries import Name, names
from cms.pages.presenters.links import PageLink, link
from cms.pages.presenters.named import Named, named

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


class Funder(NamedTuple):
    """Who pays, which share in per cent, and the words that the funder's rules ask for."""

    organisation: Named
    share: Decimal | None
    acknowledgement: str


class Parties(NamedTuple):
    """The organisations with one role."""

    role: str
    organisations: list[Named]


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


def funders(page: ProjectPage) -> list[Funder]:
    """Return who pays; organisations that are gone are left out, here and below."""
    values = [block["value"] for block in page.funders.raw_data]
    known = _organisations(values, page.language)
    return [
        Funder(known[number], _decimal(value.get("share")), value.get("acknowledgement") or "")
        for value in values
        if (number := value.get("organisation")) in known
    ]


def parties(page: ProjectPage) -> list[Parties]:
    """Return who takes part, by role, in the order of the roles."""
    return _by_role(page.partners, PartyRole, page.language)


def event_parties(page: EventPage) -> list[Parties]:
    """Return who has to do with an event, by role."""
    return _by_role(page.parties, EventRole, page.language)


def _by_role(stream: StreamValue, roles: type[Codes], language: str) -> list[Parties]:
    values = [block["value"] for block in stream.raw_data]
    known = _organisations(values, language)
    groups = []
    for role, label in roles.options():
        numbers = [value["organisation"] for value in values if value.get("role") == role]
        if found := [known[number] for number in numbers if number in known]:
            groups.append(Parties(str(label), found))
    return groups


def _organisations(values: Iterable[dict[str, Any]], language: str) -> dict[int | None, Named]:
    return named(PublicOrganisation, (value.get("organisation") for value in values), language)


def _decimal(raw: Any) -> Decimal | None:
    return None if raw is None or raw == "" else Decimal(str(raw))


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
