"""What the page of a body shows: its members and its meetings."""

from typing import Any, NamedTuple

from cms.core import clock
from cms.pages.models import BodyPage


class Meetings(NamedTuple):
    """What is to come, the next first, and what has been, the last first."""

    coming: list[Any]
    past: list[Any]


def meetings(page: BodyPage) -> Meetings:
    """Return the meetings; one of which only the month is known is to come until the month is over."""
    today = clock.today()
    known = (block.value for block in page.meetings if block.value["date"])  # Drafts may still lack it.
    values = sorted(known, key=lambda value: value["date"])
    coming = [value for value in values if value["date"].last >= today]
    return Meetings(coming, [value for value in reversed(values) if value["date"].last < today])


def members(page: BodyPage) -> list[Any]:
    """Return the members of whom anything is said; a person or organisation may be gone by now."""
    values = (block.value for block in page.members)
    return [value for value in values if value["person"] or value["organisation"] or value.get("function")]
