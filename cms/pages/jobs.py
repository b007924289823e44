"""What is done after pages and snippets were published."""

from cms.jobs.enums import Lane
from cms.jobs.registry import handles
from cms.pages.domain import refresh_source as refreshing


@handles("pages.refresh_source", lane=Lane.NOW, atomic=True)
def refresh_source(*, source_id: int) -> None:
    """Show translators the text of today."""
    refreshing.refresh_source(source_id=source_id)
