"""What is said of one call, wherever it is shown."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core import clock
from cms.core.zones import moment, wall_of, zone_name
from cms.grants.enums import Standing
from cms.grants.kinds import why_closed
from cms.grants.models import Call
from cms.grants.presenters.words import amounts, left, takes

KINDS = {
    Standing.PREPARED: "plain",
    Standing.AHEAD: "",
    Standing.OPEN: "good",
    Standing.OVER: "plain",
    Standing.CLOSED: "plain",
}
"""Where a call stands → the shape of its tag."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call at one moment, for readers."""

    call: Call
    standing: Standing
    label: str
    kind: str
    closes: datetime | None
    """The deadline as clocks in the zone of the call show it."""
    zone: str
    amounts: SafeString
    left: str = ""
    why: str = ""
    """Why nobody can apply now, with the date that says so."""
    minutes: str = ""
    start_url: str = ""
    questions_url: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether one can apply now."""
        return self.standing == Standing.OPEN

    @property
    def startable(self) -> bool:
        """Tell whether there is something to fill in: a form that was published."""
        return self.is_open and self.call.form.current_id is not None


def facts(call: Call, *, language: str, minutes: int | None) -> CallFacts:
    """Return what is said of a call now, in the language in use; addresses are for a reader of `language`.

    `minutes` is how long its form takes, if that is known.
    """
    now = clock.now()
    standing = call.told(now)
    open_ = standing == Standing.OPEN
    announced = standing != Standing.PREPARED
    asks = announced and call.form.current_id is not None
    return CallFacts(
        call=call,
        standing=standing,
        label=str(standing.label),
        kind=KINDS[standing],
        closes=wall_of(call.closes_at, call.zone) if call.closes_at else None,
        zone=zone_name(call.zone),
        amounts=amounts(call.minimum, call.maximum, call.currency),
        left=left(call.closes_at, now) if open_ and call.closes_at else "",
        why="" if open_ else why_closed(call, standing),
        minutes=takes(minutes) if minutes and asks else "",
        start_url=address("grants:start", call, language) if announced else "",
        questions_url=address("grants:questions", call, language) if asks else "",
    )


def deadline(call: Call) -> str:
    """Return the deadline as a line of a list says it."""
    if call.closes_at is None:
        return _("Applications at any time")
    return _("Deadline: %(moment)s") % {"moment": moment(call.closes_at, call.zone)}


def address(name: str, call: Call, language: str) -> str:
    """Return the address of one of the doors of a call, for a reader of `language`."""
    with override(language):
        return reverse(name, args=[call.code])
