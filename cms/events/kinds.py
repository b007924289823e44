"""What is special about registrations: the kind that events bring to the engine of forms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.absolute import absolute_url
from cms.core.formats import numbers
from cms.events import queries, seats, told
from cms.events.enums import CONCERNED, SEAT_TAKING, OccurrenceStatus, Source, Standing
from cms.events.enums import RegistrationState as State
from cms.events.enums import RegistrationVerb as Verb
from cms.events.models import Attendee, Event, Hold, Occurrence, Registration
from cms.events.transitions import PHASES, TRANSITIONS
from cms.forms.enums import QuestionRole
from cms.forms.kinds import (
    PERSON,
    Acceptance,
    Answers,
    Kind,
    Panel,
    PlainState,
    Subject,
    TakingBack,
    Waypoint,
    questions_with,
)
from cms.forms.models import Submission

PLAIN = {
    State.DRAFT: PlainState(
        code="draft",
        label=State.DRAFT.label,
        text=gettext_lazy("You are not registered yet: look at your answers and send them."),
    ),
    State.CONFIRMED: PlainState(
        code="confirmed",
        label=gettext_lazy("You are registered"),
        text=gettext_lazy("The seat is yours. If you cannot come, please cancel: others may be waiting."),
        tag="good",
    ),
    State.WAITLISTED: PlainState(
        code="waiting",
        label=gettext_lazy("You are on the waiting list"),
        text=gettext_lazy("As soon as a seat is free for you, we tell you. Nobody can overtake you."),
        tag="warn",
    ),
    State.OFFERED: PlainState(
        code="offered",
        label=gettext_lazy("A seat is free for you"),
        text=gettext_lazy("Please say whether you take it."),
        tag="warn",
    ),
    State.LAPSED: PlainState(
        code="lapsed",
        label=State.LAPSED.label,
        text=gettext_lazy("The time for your answer is over, and the seat went on. You can queue again."),
        tag="plain",
    ),
    State.CANCELLED_BY_PERSON: PlainState(
        code="cancelled",
        label=gettext_lazy("You have cancelled"),
        text=gettext_lazy("Your seat is free for somebody else. Thank you for telling us."),
        tag="plain",
    ),
    State.CANCELLED_BY_OFFICE: PlainState(
        code="called_off",
        label=gettext_lazy("The office has cancelled your registration"),
        text=gettext_lazy("If you do not know why, please ask us."),
        tag="bad",
    ),
}
"""Where a registration stands, in words for the person."""

TOO_LARGE = gettext_lazy(
    "Your group is larger than all seats together, so others go past it, and you keep your place. "
    "If fewer of you can come, please change it here; if not, please speak with us."
)
STANDS_STILL = gettext_lazy(
    "The date is put off, and your offer stands still. Once there is a new day, we tell you again."
)
"""What somebody who waits, or has an offer, reads instead, as long as it is so."""

STILL = frozenset({Standing.POSTPONED, Standing.UNDATED, Standing.PREPARED})

BEHIND = {
    State.CONFIRMED: gettext_lazy("You have a seat."),
    State.WAITLISTED: gettext_lazy("All seats were taken."),
    State.OFFERED: gettext_lazy("A seat became free for you."),
    State.LAPSED: gettext_lazy("The offer ran out."),
}
"""What is said of a station that lies behind."""


LONGEST_NAME = 150
"""Of somebody who comes; a name that is asked for as plain text may be longer."""


class RegistrationKind(Kind):
    """Registrations for a date of an event."""

    code = "registration"
    label = pgettext_lazy("kind of submission", "Registration")
    plural = gettext_lazy("Registrations")
    detail = "registration"
    related = ("registration__occurrence__event", "hold")
    subject_code = "registration__occurrence__event__code"
    states = State
    phases = PHASES
    transitions = TRANSITIONS
    submit_verb = Verb.CONFIRM
    withdraw_verb = Verb.CANCEL
    view = "events.view"
    work = "events.work"
    special = "events.special"
    short = True
    receipt_by_call = False
    desk = True
    withdrawn_template = "events/cancelled"
    taking_back = TakingBack(
        label=gettext_lazy("Cancel your registration"),
        question=gettext_lazy("Cancel your registration?"),
        effect=gettext_lazy("Your seat, or your place in the waiting list, goes to somebody else."),
        yes=gettext_lazy("Yes, cancel it"),
        no=gettext_lazy("No, I would like to come"),
        done=gettext_lazy("You have cancelled. Thank you for telling us."),
    )
    staff_words = PERSON
    watched = frozenset({QuestionRole.ATTENDEES.value})
    beside_template = "cms_events/parts/beside.html"
    own_template = "cms_events/parts/own.html"

    def lock_shared(self, submission: Submission) -> None:
        """Lock the date: seats are counted, taken and freed one after another."""
        seats.lock(submission.registration.occurrence_id)

    def lock_shared_of(self, submissions: Sequence[Submission]) -> None:
        """Lock their dates at once, in the order of keys: one by one they would wait for each other."""
        seats.lock(*{submission.registration.occurrence_id for submission in submissions})

    def lock(self, submission: Submission) -> Registration:
        """Return the registration, locked until the transaction ends, with its date as it is now."""
        registration = queries.locked(submission)
        submission.registration = registration  # What is asked next reads this one, not an older copy.
        return registration

    def subject(self, submission: Submission) -> Subject:
        """Return the date, by the title of its event."""
        occurrence = occurrence_of(submission)
        event = occurrence.event
        return Subject(
            title=event.title,
            code=occurrence.code,
            url=reverse("events:register", args=[event.code, occurrence.number]),
            staff_url=reverse("event_dates:seats", args=[occurrence.pk]),
            language=event.title_language,
            note=told.when(occurrence),
        )

    def prefix(self, submission: Submission) -> str:
        """Return the code of the event."""
        return occurrence_of(submission).event.code

    def acceptance(self, submission: Submission, arrived: datetime) -> Acceptance:
        """Tell whether the date took registrations at `arrived`; at the desk it does until it is over."""
        registration: Registration = submission.registration
        occurrence = registration.occurrence
        standing = occurrence.standing(arrived)
        accepted = standing == Standing.OPEN
        if registration.source == Source.DESK and standing in {Standing.AHEAD, Standing.CLOSED}:
            accepted = True
        return Acceptance(
            open=accepted,
            reason="" if accepted else told.why_closed(occurrence, standing),
            deadline=occurrence.closes_at,
            zone=occurrence.zone,
        )

    def limits(self, submission: Submission) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
        """Return how many people may come on one registration: never more than there are seats at all.

        Whoever has registered more people before, or has seats kept for them, keeps them when both
        become fewer.
        """
        registration: Registration = submission.registration
        occurrence = registration.occurrence
        usual = occurrence.event.people_at_most
        most = min(usual, occurrence.capacity or usual)
        if registration.state != State.DRAFT:
            most = max(most, registration.seats)
        elif most < usual and submission.pk:
            most = max(most, min(usual, seats.kept_for(submission, at=clock.now())))
        return {QuestionRole.ATTENDEES.value: (Decimal(1), Decimal(most))}

    def send_verb(self, submission: Submission, answers: Answers) -> str:
        """Count, and give a seat or a place on the waiting list; newcomers never overtake."""
        registration: Registration = submission.registration
        people = number_of_people(submission, answers)
        now = clock.now()
        if registration.admitted is None:
            left = seats.count(registration.occurrence, at=now, but=submission)
            registration.admitted = seats.admits(left, submission, people, at=now)
        if registration.admitted:  # What was kept stood when this turn began, even if it has run out since.
            return Verb.CONFIRM
        registration.queued_at = seats.next_place(registration.occurrence, at=now)
        return Verb.QUEUE

    def check_in_lock(self, submission: Submission, answers: Answers) -> dict[str, Any]:
        """Refuse more people than there are seats or places on the list, and changes that come too late."""
        registration: Registration = submission.registration
        people = number_of_people(submission, answers)
        now = clock.now()
        left = registration.counted = seats.count(registration.occurrence, at=now, but=submission)
        key = next(questions_with(submission, QuestionRole.ATTENDEES), "")
        if registration.state == State.DRAFT:
            found = registration.admitted = seats.admits(left, submission, people, at=now)
            return {} if found else no_place(registration.occurrence, left, people, key)
        more = people - registration.seats
        if more <= 0:
            return {}
        if now > registration.occurrence.closes_at:
            return {key: _("Registration is closed: no further person can join.")}
        if registration.state in SEAT_TAKING and (left.in_line or not left.fits(more)):
            return {key: no_more_seats(0 if left.in_line else max(left.free or 0, 0))}
        if registration.state == State.WAITLISTED and not left.may_wait(more):
            return {key: _("The waiting list is full: no further person can join.")}
        return {}

    def on_sent(self, submission: Submission, answers: Answers) -> None:
        """Write down who comes; what was kept for them is theirs now."""
        registration: Registration = submission.registration
        names = names_of(submission, answers)
        registration.seats = len(names)
        registration.save(update_fields=["seats", "queued_at"])
        if registration.state != State.DRAFT:
            registration.attendees.all().delete()
        Attendee.objects.bulk_create(
            Attendee(registration=registration, position=position, name=name[:LONGEST_NAME])
            for position, name in enumerate(names, 1)
        )
        Hold.objects.filter(submission=submission).delete()

    def may_amend(self, submission: Submission, arrived: datetime) -> bool:
        """Tell whether the person still changes answers alone."""
        registration: Registration = submission.registration
        occurrence = registration.occurrence
        ahead = occurrence.status != OccurrenceStatus.CANCELLED and arrived <= occurrence.cancel_until
        return ahead and registration.state in CONCERNED

    def may_withdraw(self, submission: Submission) -> bool:
        """Tell whether the date is not over: who came, and who did not, stays as it was."""
        return clock.now() < occurrence_of(submission).ends_at

    def receipt(self, submission: Submission) -> tuple[str, Mapping[str, Any]]:
        """Return the words of a confirmation, or of a place on the waiting list."""
        registration: Registration = submission.registration
        occurrence = registration.occurrence
        confirmed = registration.state == State.CONFIRMED
        facts = {
            "when": told.when(occurrence),
            "where": told.where(occurrence),
            "people": registration.seats,
            "online_link": occurrence.online_link if confirmed else "",
            "links_url": absolute_url("forms:links", language=get_language() or submission.language),
        }
        return "events/confirmed" if confirmed else "events/waiting", facts

    def plain_state(self, submission: Submission) -> PlainState:
        """Return one of the plain states; once it has begun nobody is told to queue again."""
        registration: Registration = submission.registration
        plain = PLAIN[State(registration.state)]
        if registration.state == State.LAPSED and clock.now() >= registration.occurrence.begin:
            return replace(plain, text=_("The time for your answer is over."))
        if registration.state == State.WAITLISTED and registration.too_large:
            return replace(plain, text=TOO_LARGE)
        if registration.state == State.OFFERED and registration.occurrence.standing() in STILL:
            return replace(plain, text=STANDS_STILL)
        return plain

    def path(self, submission: Submission) -> list[Waypoint]:
        """Return what has happened, and the date itself as the last station."""
        registration: Registration = submission.registration
        here = State(registration.state)
        behind = [(State(change.target), change.at) for change in submission.changes.all()]
        way = [
            Waypoint(label=PLAIN[state].label, text=BEHIND.get(state, ""), at=at, past=True)
            for state, at in behind[:-1]
        ]
        at = behind[-1][1] if behind else submission.received_at
        plain = self.plain_state(submission)
        way.append(Waypoint(label=plain.label, text=plain.text, at=at, here=True))
        if here in SEAT_TAKING | {State.WAITLISTED}:
            occurrence = registration.occurrence
            way.append(Waypoint(label=_("The date"), text=told.when(occurrence)))
        return way

    def next_steps(self, submission: Submission) -> list[str]:
        """Return what the person does with it."""
        registration: Registration = submission.registration
        if registration.state == State.WAITLISTED and registration.too_large:
            return [str(TOO_LARGE)]
        if registration.state == State.WAITLISTED:
            return [
                _("Seats that become free go to the waiting list in its order. Nobody can overtake you."),
                _("When it is your turn, we write to you, or ring you if you have no e-mail address."),
                _("You then have 48 hours to accept, less in the last days."),
            ]
        return [
            _("Come some minutes earlier and show your ticket or tell us your reference."),
            _("If you cannot come, or if fewer people come, please change it here or tell us."),
        ]

    def panels(self, submission: Submission) -> list[Panel]:
        """Return date, people and how they came."""
        registration: Registration = submission.registration
        occurrence = registration.occurrence
        facts: list[tuple[Any, Any]] = [
            (_("Event"), str(occurrence.event)),
            (_("When"), told.when(occurrence)),
            (pgettext("who come to an event", "People"), numbers.number(registration.seats)),
            (_("Came by"), Source(registration.source).label),
        ]
        if registration.offer_ends_at and registration.state == State.OFFERED:
            facts.append((_("Offer ends"), told.moment(registration.offer_ends_at, occurrence.zone)))
        if registration.priority:
            facts.append((_("Priority"), registration.priority_reason))
        return [Panel(title=self.label, facts=facts)]

    def subjects(self, units: QuerySet[Any]) -> list[tuple[str, str]]:
        """Return the events of these units."""
        return [(event.code, str(event)) for event in Event.objects.filter(unit__in=units)]

    def of_subject(self, submissions: QuerySet[Submission], code: str) -> QuerySet[Submission]:
        """Return the registrations for an event, or for one of its dates ("ECO26/3")."""
        event, _slash, number = code.partition("/")
        found = submissions.filter(registration__occurrence__event__code=event)
        if not number:
            return found
        if not (number.isascii() and number.isdigit() and len(number) <= len("9999")):
            return found.none()
        return found.filter(registration__occurrence__number=int(number))

    def export_columns(self) -> list[tuple[str, Any]]:
        """Return the date and the number of people."""
        return [
            ("date", lambda submission: occurrence_of(submission).code),
            ("day", lambda submission: str(occurrence_of(submission).on)),
            ("people", lambda submission: submission.registration.seats),
        ]


def occurrence_of(submission: Submission) -> Occurrence:
    """Return the date of a registration."""
    occurrence: Occurrence = submission.registration.occurrence
    return occurrence


def names_of(submission: Submission, answers: Answers) -> list[str]:
    """Return who comes: the people named, or whoever registers where nobody else was asked for."""
    for key in questions_with(submission, QuestionRole.ATTENDEES):
        if isinstance(names := answers.get(key), list) and names:
            return [str(name) for name in names]
    return [submission.person_name]


def number_of_people(submission: Submission, answers: Answers) -> int:
    """Return how many come."""
    return len(names_of(submission, answers))


def no_place(occurrence: Occurrence, left: seats.Seats, people: int, key: str) -> dict[str, Any]:
    """Return why somebody gets neither seats nor a place on the list; nothing if there is one."""
    if clock.now() >= occurrence.begin:
        return {"": _("All seats are taken, and it has begun: nobody can move up any more.")}
    if left.may_wait(people) and left.ever_fits(people):
        return {}
    if left.free and left.free > 0 and not left.in_line:
        return {key: no_more_seats(left.free)}
    if left.waiting_limit == 0:
        return {"": _("All seats are taken.")}
    return {"": _("All seats are taken, and the waiting list is full.")}


def no_more_seats(free: int) -> str:
    """Return what is said to whoever wants to bring more people than there is room for."""
    if not free:
        return _("There is no seat for a further person. You can register them for the waiting list.")
    return ngettext("Only %(number)s more seat is free.", "Only %(number)s more seats are free.", free) % {
        "number": numbers.number(free)
    }
