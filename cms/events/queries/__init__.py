"""Named questions to the database."""

from cms.events.queries.occurrences import (
    announced_occurrence,
    with_due_work,
    with_people_waiting,
)
from cms.events.queries.pages import (
    best_pages,
    calendar_page,
    page_by_code,
    pages_in_series,
    series_of,
    visible_pages,
    with_form,
)
from cms.events.queries.places import Whereabouts, places_of
from cms.events.queries.registrations import before_in_queue, locked, mine, of_occurrence
from cms.events.queries.shown import dates_of, past_occurrences, told_occurrences
from cms.events.queries.tags import Tagged, tagged

__all__ = [
    "Tagged",
    "Whereabouts",
    "announced_occurrence",
    "before_in_queue",
    "best_pages",
    "calendar_page",
    "dates_of",
    "locked",
    "mine",
    "of_occurrence",
    "page_by_code",
    "pages_in_series",
    "past_occurrences",
    "places_of",
    "series_of",
    "tagged",
    "told_occurrences",
    "visible_pages",
    "with_due_work",
    "with_form",
    "with_people_waiting",
]
