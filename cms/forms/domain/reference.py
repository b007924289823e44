"""Draw the next reference of a series."""

from datetime import datetime

from django.utils import timezone

from cms.forms import references
from cms.forms.models import ReferenceSeries


def draw_reference(*, prefix: str, received_at: datetime) -> str:
    """Return the next reference of a prefix in the year in which it was received.

    The series stays locked until the transaction ends: if that fails, the number is drawn again, so
    that none is ever left out.
    """
    year = timezone.localdate(received_at).year
    series = _locked(prefix, year)
    if series is None:
        # Whoever comes second waits for the first here, and then finds their row.
        ReferenceSeries.objects.bulk_create(
            [ReferenceSeries(prefix=prefix, year=year)], ignore_conflicts=True
        )
        series = _locked(prefix, year)
    if series is None:
        raise ReferenceSeries.DoesNotExist
    series.last += 1
    series.save(update_fields=["last"])
    return references.make(prefix=prefix, year=year, number=series.last)


def _locked(prefix: str, year: int) -> ReferenceSeries | None:
    return ReferenceSeries.objects.select_for_update().filter(prefix=prefix, year=year).first()
