"""The shape of a table of states; every kind of submission brings its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Actor(StrEnum):
    """Who may set a step off."""

    APPLICANT = "applicant"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From these states to that one.

    `actor` says who sets it off. `label` stands on the button; what has none is set off by another
    verb of the domain, such as a question to the applicant. `bulk` ones can be done to many at once.
    With a `reason` staff say why, and whoever hears of the step tells the person. What does not lead
    `forward` is never the button that stands out, and a `serious` one takes something away from people.
    """

    sources: frozenset[str]
    target: str
    actor: Actor
    label: Any = ""
    bulk: bool = False
    reason: bool = False
    forward: bool = True
    serious: bool = False


Table = Mapping[str, Transition]
