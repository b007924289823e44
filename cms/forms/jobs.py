"""What this room does every hour."""

from datetime import timedelta

from cms.forms.domain import prune
from cms.jobs import schedule
from cms.jobs.enums import Lane
from cms.jobs.registry import handles


@handles("forms.prune_uploads", lane=Lane.LATER, timeout=timedelta(minutes=5))
def prune_uploads() -> None:
    """Delete removed files; they lie outside the database, so that a repeat must do no harm."""
    prune.prune_uploads()


@handles("forms.prune_links", lane=Lane.LATER, atomic=True)
def prune_links() -> None:
    """Delete expired links."""
    prune.prune_links()


schedule.every("forms.prune_uploads", timedelta(hours=1))
schedule.every("forms.prune_links", timedelta(hours=1))
