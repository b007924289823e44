"""Numbers of the pages of a list, as links that work without a script."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.core.paginator import Page as Part
from django.utils.http import urlencode

LONGEST: Final = 4
"""Digits of a page number."""


class Step(NamedTuple):
    """A link to another page of a list; without an address a gap."""

    number: str
    url: str = ""
    current: bool = False


class Address:
    """Makes addresses of the pages of one list; the first has no number."""

    def __init__(self, path: str, chosen: Mapping[str, str]) -> None:
        self.path, self.chosen = path, chosen

    def __call__(self, number: int) -> str:
        """Return the address of a page."""
        query = {**self.chosen, **({"page": str(number)} if number > 1 else {})}
        return f"{self.path}?{urlencode(query)}" if query else self.path


def number_of(query: Mapping[str, Any]) -> str:
    """Return the number asked for; only plain digits count, as the paginator knows many more."""
    number = str(query.get("page", "1"))
    return number if number.isascii() and number.isdigit() and len(number) <= LONGEST else ""


def steps(part: Part[Any], address: Address) -> tuple[Step, ...]:
    """Return the links below a list, with gaps where it is long."""
    numbers = part.paginator.get_elided_page_range(part.number, on_each_side=1, on_ends=1)
    return tuple(
        Step(str(number), address(number), current=number == part.number)
        if isinstance(number, int)
        else Step(str(number))
        for number in numbers
    )
