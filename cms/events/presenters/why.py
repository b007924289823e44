"""Why nobody moves up: whole sentences, from facts alone."""

from collections import Counter
from collections.abc import Container, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.formats.numbers import number
from cms.core.zones import moment
from cms.events import told
from cms.events.enums import EventState, OccurrenceStatus, Precision
from cms.events.models import Occurrence, Registration
from cms.events.presenters.reach import Reach, reach_of
from cms.events.seats import Seats


def why_nobody_moves_up(
    occurrence: Occurrence,
    left: Seats,
    *,
    waiting: Sequence[Registration],
    offered: Sequence[Registration],
    calls: Container[int],
    kept_until: datetime | None,
    now: datetime,
) -> list[str]:
    """Return the reasons; `waiting` is in order, `calls` are the submissions about which a call is open."""
    if not waiting:
        return [_("Nobody waits.")]
    if obstacle := _obstacle(occurrence, now):
        return [obstacle]
    return [
        *_large_groups(left),
        *_about_seats(left, waiting),
        *_open_offers(occurrence, offered),
        *_unreached(Counter(reach_of(offer, calls) for offer in offered if offer.offer_ends_at is None)),
        *_kept(occurrence, left, kept_until),
    ]


def _obstacle(occurrence: Occurrence, now: datetime) -> str:
    """Return why nobody can move up at all, whatever seats there are."""
    if occurrence.status == OccurrenceStatus.CANCELLED:
        return _("The date is cancelled.")
    if occurrence.status == OccurrenceStatus.POSTPONED:
        return _("The date is postponed. Everybody keeps their place until there is a new day.")
    if occurrence.event.state == EventState.DRAFT:
        return _("The event is not announced yet.")
    if occurrence.precision == Precision.MONTH:
        return _("The day is not known yet.")
    if now >= occurrence.begin:
        return _("The date has begun.")
    return ""


def _large_groups(left: Seats) -> list[str]:
    if not left.stuck:
        return []
    return [
        ngettext(
            "%(number)s person waits in a group that is larger than all seats together. "
            "The others go past; please speak with the group.",
            "%(number)s people wait in groups that are larger than all seats together. "
            "The others go past; please speak with these groups.",
            left.stuck,
        )
        % {"number": number(left.stuck)}
    ]


def _about_seats(left: Seats, waiting: Sequence[Registration]) -> list[str]:
    if left.over:
        return [
            ngettext(
                "No seat is free: %(number)s more person has a seat than there are seats.",
                "No seat is free: %(number)s more people have a seat than there are seats.",
                left.over,
            )
            % {"number": number(left.over)}
        ]
    free = left.free
    if free is not None and free <= 0:
        return [_("No seat is free.")]
    first = next((person for person in waiting if left.ever_fits(person.seats)), None)
    if first is None:
        return []
    if free is None or first.seats <= free:
        return [_("Seats are free: the next in the list gets an offer within a minute.")]
    return [
        ngettext(
            "The first in the list is a group of %(people)s, and %(number)s seat is free.",
            "The first in the list is a group of %(people)s, and %(number)s seats are free.",
            free,
        )
        % {"people": number(first.seats), "number": number(free)}
    ]


def _open_offers(occurrence: Occurrence, offered: Sequence[Registration]) -> list[str]:
    ends = sorted(offer.offer_ends_at for offer in offered if offer.offer_ends_at)
    if not ends:
        return []
    return [
        ngettext(
            "%(number)s offer is open until %(moment)s.",
            "%(number)s offers are open, the first until %(moment)s.",
            len(ends),
        )
        % {"number": number(len(ends)), "moment": moment(ends[0], occurrence.zone)}
    ]


def _unreached(people: Counter[Reach]) -> list[str]:
    """Return what keeps offers from their people; a mail that is on its way asks nothing of the office."""
    words = {
        Reach.CALL: ngettext(
            "%(number)s offer has not reached its person yet: please ring them.",
            "%(number)s offers have not reached their people yet: please ring them.",
            people[Reach.CALL],
        ),
        Reach.NONE: ngettext(
            "%(number)s offer cannot reach its person by telephone or mail: please ask the hub.",
            "%(number)s offers cannot reach their people by telephone or mail: please ask the hub.",
            people[Reach.NONE],
        ),
        Reach.MAIL: ngettext(
            "%(number)s offer is on its way by mail.",
            "%(number)s offers are on their way by mail.",
            people[Reach.MAIL],
        ),
    }
    return [text % {"number": number(people[reach])} for reach, text in words.items() if people[reach]]


def _kept(occurrence: Occurrence, left: Seats, until: datetime | None) -> list[str]:
    if not left.held or until is None:
        return []
    return [
        ngettext(
            "%(number)s seat is kept for people who are writing, until %(time)s at the latest.",
            "%(number)s seats are kept for people who are writing, until %(time)s at the latest.",
            left.held,
        )
        % {"number": number(left.held), "time": told.clock_at(until, occurrence)}
    ]
