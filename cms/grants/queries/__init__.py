"""Named questions to the database."""

from cms.grants.queries.applications import locked, locked_call, sent_by
from cms.grants.queries.calls import calls_of, titles_of

__all__ = ["calls_of", "locked", "locked_call", "sent_by", "titles_of"]
