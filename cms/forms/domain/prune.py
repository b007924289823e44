"""Forget what nobody needs any more: files that were removed, links that have expired."""

from datetime import timedelta

from django.db.models import Q

from cms.core import clock
from cms.forms.models import ResumeLink, Upload

KEPT_FOR = timedelta(days=1)
"""A removed file stays for a day: a page may be open that still shows it."""

BATCH = 200


def prune_uploads() -> int:
    """Delete files that were removed and never sent, return how many.

    The file goes before its row: whatever interrupts this, the next run finds what is left.
    """
    gone = Q(removed_at__lt=clock.now() - KEPT_FOR, frozen=False)
    pruned = 0
    while batch := list(Upload.objects.filter(gone)[:BATCH]):
        for upload in batch:
            upload.file.storage.delete(upload.file.name or "")
        pruned += Upload.objects.filter(gone, pk__in=[upload.pk for upload in batch]).delete()[0]
    return pruned


def prune_links() -> int:
    """Delete links that have expired, return how many."""
    return ResumeLink.objects.filter(expires_at__lt=clock.now()).delete()[0]
