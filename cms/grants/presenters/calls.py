"""The list of calls: those open now, those to come, those that are over."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.languages import address_in
from cms.core.zones import moment
from cms.grants import queries
from cms.grants.enums import Standing
from cms.grants.models import Call, CallPage
from cms.grants.presenters.call import KINDS, deadline
from cms.grants.presenters.words import left

NEVER = datetime.max.replace(tzinfo=UTC)


class Link(NamedTuple):
    """A link to a page, and the language of its title."""

    label: str
    url: str
    language: str


class Tag(NamedTuple):
    """A word with a shape."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """One call as `components/entry.html` shows it."""

    link: Link
    lead: str
    letter: str = "გ"
    day: None = None
    facts: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class CallList:
    """The calls in their groups; what ends first stands first, of what is over the newest."""

    open: list[CallEntry] = field(default_factory=list)
    ahead: list[CallEntry] = field(default_factory=list)
    over: list[CallEntry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.open or self.ahead or self.over)


def call_list(language: str) -> CallList:
    """Return every announced call once, for a reader of `language`."""
    now = clock.now()
    pages = [(page, page.call.told(now)) for page in queries.announced(language)]

    def lines(*standings: Standing, newest: bool = False) -> list[CallEntry]:
        found = [(page, standing) for page, standing in pages if standing in standings]
        found.sort(key=lambda pair: _time(pair[0].call, pair[1]), reverse=newest)
        return [_entry(page, standing, now, language) for page, standing in found]

    return CallList(
        open=lines(Standing.OPEN),
        ahead=lines(Standing.AHEAD),
        over=lines(Standing.OVER, Standing.CLOSED, newest=True),
    )


def open_calls(language: str, count: int) -> list[CallEntry]:
    """Return the calls that are open now, or open soon, for a list somewhere else."""
    found = call_list(language)
    return [*found.open, *found.ahead][:count]


def _time(call: Call, standing: Standing) -> tuple[datetime, str]:
    edge = call.opens_at if standing == Standing.AHEAD else call.closes_at
    return edge or NEVER, call.code


def _entry(page: CallPage, standing: Standing, now: datetime, language: str) -> CallEntry:
    call = page.call
    own = page.get_url() or ""
    tags = [Tag(str(standing.label), KINDS[standing])]
    if standing == Standing.OPEN and call.closes_at:
        tags.append(Tag(left(call.closes_at, now), "warn"))
    facts = [deadline(call)]
    if standing == Standing.AHEAD and call.opens_at:
        facts.insert(0, _("Opens: %(moment)s") % {"moment": moment(call.opens_at, call.zone)})
    return CallEntry(
        link=Link(page.title, own if page.language == language else address_in(language, own), page.language),
        lead=page.lead,
        facts=tuple(facts),
        tags=tuple(tags),
    )
