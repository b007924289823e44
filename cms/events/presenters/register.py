"""The page on which a registration begins: what it is about, seats now, and the first questions."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from cms.accounts.policy import Person
from cms.core import clock
from cms.core.languages import address_in
from cms.events import queries, seats, told
from cms.events.enums import RegistrationState, Room, Standing
from cms.events.kinds import PLAIN, number_of_people
from cms.events.models import EventPage, Occurrence, Registration
from cms.events.policy import may_help
from cms.events.presenters.facts import Facts, more_of, seats_now
from cms.forms.enums import Door
from cms.forms.journey import Journey
from cms.forms.kinds import PlainState
from cms.forms.presenters.step import step_page, typed_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What this person, or this browser, has begun or sent for the date."""

    label: str
    url: str
    state: PlainState


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """What stands there; `notice` says why nobody can register now, or how many seats are free."""

    occurrence: Occurrence
    title: str
    language: str
    """Of the title; empty where it is the name for staff."""
    when: str
    where: str
    facts: Facts
    notice: tuple[str, str]
    startable: bool
    begun: list[Begun] = field(default_factory=list)
    privacy: str = ""
    page_url: str = ""
    sign_in_url: str = ""
    help_url: str = ""


def register_page(
    occurrence: Occurrence, journey: Journey | None, *, person: Person, held: frozenset[str]
) -> dict[str, Any]:
    """Return what `cms_events/register.html` shows; nothing is begun by it.

    `journey` is that of a registration that has not been begun; None where the form is not ready.
    """
    event = occurrence.event
    page = queries.page_by_code(event.code, get_language() or "")
    standing = occurrence.standing()
    left = seats.count(occurrence, at=clock.now())
    place = queries.places_of([occurrence])[occurrence.pk]
    cost = page.cost if page and page.language == get_language() else ""
    is_open = standing == Standing.OPEN and journey is not None
    closed = told.why_closed(occurrence, standing)
    shown = RegisterPage(
        occurrence=occurrence,
        title=event.title,
        language=event.title_language,
        when=told.when(occurrence),
        where=told.where(occurrence, place),
        facts=more_of(occurrence, place, cost=cost),
        notice=(closed, "warn") if closed else seats_now(left),
        startable=is_open and left.room != Room.NONE,
        begun=[begun_of(one) for one in queries.mine(occurrence, person, held)],
        privacy=journey.version.texts.get(journey.language, {}).get("privacy", "") if journey else "",
        page_url=url_of(page),
        sign_in_url=sign_in_url(occurrence, person),
        help_url=help_url(occurrence, person),
    )
    asks = journey if shown.startable and not shown.sign_in_url else None
    questions = first_step(asks, person) if asks else {"menu": None}
    return {**questions, "page": shown}


def first_step(journey: Journey, person: Person) -> dict[str, Any]:
    """Return the first questions as any step shows them, before anything is kept."""
    form = journey.form(journey.steps[0].key)
    return step_page(journey, form, person, kept=None)


def people_named(journey: Journey | None, data: QueryDict) -> int:
    """Return how many people are named on the first page, for whom seats can be kept; one at least."""
    if journey is None:
        return 0
    answers = journey.form(journey.steps[0].key, data).reading.answers
    return number_of_people(journey.submission, answers)


def unsaved(journey: Journey | None, data: QueryDict, reason: str) -> dict[str, Any]:
    """Return what `forms/unsaved.html` shows to whom something got in the way: every text, to be copied."""
    typed = typed_into(journey, journey.steps[0].key, data) if journey else {}
    return {
        "menu": None,
        "reason": reason,
        "typed": [(label, text) for label, text in typed.items() if text],
    }


def begun_of(registration: Registration) -> Begun:
    """Return one line, with the way to go on."""
    submission = registration.submission
    draft = registration.state == RegistrationState.DRAFT
    return Begun(
        label=submission.reference or submission.person_name,
        url=reverse("forms:tasks" if draft else "forms:status", args=[submission.token]),
        state=PLAIN[RegistrationState(registration.state)],
    )


def url_of(page: EventPage | None) -> str:
    """Return the address of the page about the event, in the reader's part of the site."""
    own = (page.get_url() if page else "") or ""
    language = get_language() or ""
    return own if page is None or page.language == language else address_in(language, own)


def sign_in_url(occurrence: Occurrence, person: Person) -> str:
    """Return where to sign in, if the form wants an account and nobody has signed in."""
    form = occurrence.event.form
    if form is None or form.door != Door.ACCOUNT or not person.is_anonymous:
        return ""
    here = reverse("events:register", args=[occurrence.event.code, occurrence.number])
    return f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: here})}"


def help_url(occurrence: Occurrence, person: Person) -> str:
    """Return the door through which this person registers somebody else."""
    if person.is_anonymous or not may_help(person, occurrence.event):
        return ""
    return reverse("events:help", args=[occurrence.event.code, occurrence.number])
