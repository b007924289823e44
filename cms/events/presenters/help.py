"""The page at the door where somebody registers somebody else, at the desk or as a helper."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.accounts.policy import Person
from cms.core import clock
from cms.events import seats, told
from cms.events.enums import Standing
from cms.events.models import Occurrence
from cms.events.policy import may_work_at
from cms.events.presenters.facts import Facts, facts_of, seats_now

AT_THE_DESK = frozenset({Standing.OPEN, Standing.AHEAD, Standing.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """What stands around the form; `closed` says why nobody can be registered."""

    title: str
    language: str
    facts: Facts
    seats: str
    desk: bool
    closed: str
    url: str


def help_page(occurrence: Occurrence, person: Person) -> HelpPage:
    """Return the page for whoever helps."""
    event = occurrence.event
    standing = occurrence.standing()
    desk = may_work_at(person, event)
    closed = told.why_closed(occurrence, standing)
    if desk and standing in AT_THE_DESK:
        closed = ""
    if not closed and (event.form is None or event.form.current_id is None):
        closed = _("The form is not ready yet. Please come back soon.")
    return HelpPage(
        title=event.title,
        language=event.title_language,
        facts=facts_of(occurrence),
        seats=seats_now(seats.count(occurrence, at=clock.now()))[0],
        desk=desk,
        closed=closed,
        url=reverse("events:register", args=[event.code, occurrence.number]),
    )
