"""What this room does beside requests: offers and kept seats run out, whoever looks or not."""

from datetime import timedelta

from cms.core import clock
from cms.events import queries
from cms.events.domain.answer_offer import tidy
from cms.events.models import Occurrence
from cms.jobs import schedule
from cms.jobs.enums import Lane
from cms.jobs.outbox import enqueue
from cms.jobs.registry import handles


@handles("events.tidy", lane=Lane.NOW, atomic=True)
def tidy_all() -> None:
    """Find the dates where time has run out; each is tidied by a job of its own, under its own lock."""
    for occurrence in queries.with_due_work(clock.now()):
        enqueue("events.tidy_one", dedupe_key=str(occurrence.pk), occurrence=occurrence.pk)


@handles("events.tidy_one", lane=Lane.NOW, atomic=True)
def tidy_one(occurrence: int) -> None:
    """Tidy one date; one that is gone needs nothing."""
    current = Occurrence.objects.filter(pk=occurrence).first()
    if current is not None:
        tidy(occurrence=current)


schedule.every("events.tidy", timedelta(minutes=1))
