"""Named questions to the database."""

from cms.grants.queries.applications import locked, locked_call, mine, sent_by
from cms.grants.queries.calls import (
    announced_call,
    calls_of,
    counted,
    has_applications,
    minutes_of,
    titles_of,
)
from cms.grants.queries.pages import announced, page_of

__all__ = [
    "announced",
    "announced_call",
    "calls_of",
    "counted",
    "has_applications",
    "locked",
    "locked_call",
    "mine",
    "minutes_of",
    "page_of",
    "sent_by",
    "titles_of",
]
