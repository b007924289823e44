"""Named questions to the database."""

from cms.events.queries.occurrences import announced_occurrence, with_due_work
from cms.events.queries.places import Whereabouts, places_of
from cms.events.queries.registrations import locked, mine, of_occurrence

__all__ = [
    "Whereabouts",
    "announced_occurrence",
    "locked",
    "mine",
    "of_occurrence",
    "places_of",
    "with_due_work",
]
