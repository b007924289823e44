"""What this room does beside requests: tell that a draft is kept, and tidy up every hour."""

from datetime import timedelta

from cms.forms.domain import prune
from cms.forms.domain.tell_saved import tell_saved
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.jobs import schedule
from cms.jobs.enums import Lane
from cms.jobs.registry import handles


@handles("forms.tell_saved", lane=Lane.LATER, atomic=True)
def tell_about_draft(submission: int) -> None:
    """Write how to come back to a draft; one that is gone needs no mail."""
    draft = Submission.objects.select_related("owner", "version__form").filter(pk=submission).first()
    if draft is not None:
        tell_saved(journey=Journey(draft, language=draft.language))


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
