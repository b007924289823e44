"""What the page of a body shows: its members and its meetings."""

from typing import Any, NamedTuple

from cms.core import clock
from cms.pages.models import BodyPage, PublicOrganisation, PublicPerson
from cms.pages.presenters.named import Named, named


class Meetings(NamedTuple):
    """What is to come, the next first, and what has been, the last first."""

    coming: list[Any]
    past: list[Any]


class Member(NamedTuple):
    """Somebody who sits in it, or an organisation that sends somebody."""

    person: Named | None
    function: str
    organisation: Named | None


def meetings(page: BodyPage) -> Meetings:
    """Return the meetings; one of which only the month is known is to come until the month is over."""
    today = clock.today()
    known = (block.value for block in page.meetings if block.value["date"])  # Drafts may still lack it.
    values = sorted(known, key=lambda value: value["date"])
    coming = [value for value in values if value["date"].last >= today]
    return Meetings(coming, [value for value in reversed(values) if value["date"].last < today])


def members(page: BodyPage) -> list[Member]:
    """Return the members of whom anything is left to say: people and organisations may be gone."""
    values = [block["value"] for block in page.members.raw_data]
    people = named(PublicPerson, (value.get("person") for value in values), page.language)
    organisations = named(PublicOrganisation, (value.get("organisation") for value in values), page.language)
    found = (
        Member(
            people.get(value.get("person")),
            value.get("function") or "",
            organisations.get(value.get("organisation")),
        )
        for value in values
    )
    return [member for member in found if any(member)]
