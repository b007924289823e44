"""What is special about applications: the kind that grants brings to the engine of forms."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cms.core.formats import dates, money
from cms.core.zones import moment
from cms.forms.enums import QuestionRole
from cms.forms.kinds import Acceptance, Answers, Kind, Panel, PlainState, Subject, Waypoint, questions_with
from cms.forms.models import Submission
from cms.grants import queries
from cms.grants.enums import ApplicationState as State
from cms.grants.enums import ApplicationVerb as Verb
from cms.grants.enums import Standing
from cms.grants.models import Application, Call
from cms.grants.transitions import PHASES, TRANSITIONS

REASONS = {
    Standing.PREPARED: gettext_lazy("This call has not been announced yet."),
    Standing.CLOSED: gettext_lazy("The office has closed this call."),
}
"""What is said where no date says it."""

DRAFT, OVER = "draft", "over"

PLAIN = {
    State.DRAFT: PlainState(
        code=DRAFT, label=State.DRAFT.label, text=gettext_lazy("Nobody but you can read it.")
    ),
    State.SUBMITTED: PlainState(
        code="sent",
        label=State.SUBMITTED.label,
        text=gettext_lazy("We have received it. There is nothing you have to do."),
        tag="good",
    ),
    State.SCREENING: PlainState(
        code="checked",
        label=State.SCREENING.label,
        text=gettext_lazy("We look whether everything is there and the rules of the call are met."),
        tag="good",
    ),
    State.CLARIFICATION: PlainState(
        code="question",
        label=gettext_lazy("Question for you"),
        text=gettext_lazy("We need an answer from you. After that it goes on by itself."),
        tag="warn",
    ),
    State.IN_REVIEW: PlainState(
        code="assessed",
        label=State.IN_REVIEW.label,
        text=gettext_lazy("We compare it with the other applications."),
        tag="good",
    ),
    State.WITHDRAWN: PlainState(
        code="withdrawn",
        label=State.WITHDRAWN.label,
        text=gettext_lazy("You have taken it back. Nobody works on it any more."),
        tag="plain",
    ),
}
"""Where an application stands, in words for the person; a decision and a grant come later."""

MISSED = PlainState(
    code=OVER,
    label=gettext_lazy("Not sent"),
    text=gettext_lazy("The call has ended. What you have written stays here for you to read and copy."),
    tag="plain",
)

WAY = (State.DRAFT, State.SUBMITTED, State.SCREENING, State.CLARIFICATION, State.IN_REVIEW)
"""The stations in their order; decision and grant follow."""

AHEAD = {
    State.DRAFT: gettext_lazy("You fill it in and send it."),
    State.SUBMITTED: gettext_lazy("You get a receipt with a reference at once."),
    State.SCREENING: PLAIN[State.SCREENING].text,
    State.CLARIFICATION: gettext_lazy("Only if something is unclear: then we write to you."),
    State.IN_REVIEW: PLAIN[State.IN_REVIEW].text,
}
"""What is said of a station that lies ahead."""

PAST = {
    State.DRAFT: gettext_lazy("Started by you."),
    State.SUBMITTED: gettext_lazy("Received in time."),
    State.SCREENING: gettext_lazy("We have looked through it."),
    State.CLARIFICATION: gettext_lazy("This has been settled."),
    State.IN_REVIEW: gettext_lazy("It has been read and compared."),
}
"""What is said of a station that lies behind."""


class ApplicationKind(Kind):
    """Applications for a call."""

    code = "application"
    label = pgettext_lazy("kind of submission", "Application")
    plural = gettext_lazy("Applications")
    detail = "application"
    related = ("application__call",)
    subject_code = "application__call__code"
    states = State
    phases = PHASES
    transitions = TRANSITIONS
    submit_verb = Verb.SUBMIT
    ask_verb = Verb.ASK
    answer_verb = Verb.ANSWER
    take_back_verb = Verb.TAKE_BACK
    withdraw_verb = Verb.WITHDRAW
    view = "grants.view"
    work = "grants.work"
    special = "grants.special"

    def lock(self, submission: Submission) -> Application:
        """Return the application, locked until the transaction ends, with its call as it is now."""
        application = queries.locked(submission)
        submission.application = application  # What is asked next reads this one, not an older copy.
        return application

    def subject(self, submission: Submission) -> Subject:
        """Return the call: by its own title where a page gives it one, otherwise by its name."""
        call = self._call(submission)
        return Subject(
            title=call.title,
            code=call.code,
            url=reverse("grants:start", args=[call.code]),
            staff_url=reverse("grant_calls:edit", args=[call.pk]),
            language=call.title_language,
        )

    def prefix(self, submission: Submission) -> str:
        """Return the code of the call."""
        return self._call(submission).code

    def acceptance(self, submission: Submission, arrived: datetime) -> Acceptance:
        """Tell whether the call took applications at `arrived`.

        Who was asked something after the deadline may still answer it.
        """
        call = self._call(submission)
        standing = call.standing(arrived)
        asked = self.state_of(submission) == State.CLARIFICATION
        accepted = standing == Standing.OPEN or asked
        return Acceptance(
            open=accepted,
            reason="" if accepted else why_closed(call, standing),
            deadline=call.closes_at,
            zone=call.zone,
        )

    def limits(self, submission: Submission) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
        """Return the smallest and the largest grant."""
        return limits_of(self._call(submission))

    def check(self, submission: Submission, answers: Answers) -> dict[str, Any]:
        """Refuse an amount in another currency: limits and lists would compare pears with apples."""
        call = self._call(submission)
        key, answer = answered(submission, answers, QuestionRole.AMOUNT_REQUESTED)
        if isinstance(answer, dict) and answer.get("currency") != call.currency:
            return {key: _("Enter the amount in %(currency)s") % {"currency": call.currency}}
        return {}

    def check_in_lock(self, submission: Submission, answers: Answers) -> dict[str, Any]:
        """Refuse one application more than an organisation may send; two at once wait for each other."""
        call = self._call(submission)
        key, answer = answered(submission, answers, QuestionRole.ORGANISATION)
        if call.per_organisation is None or not isinstance(answer, dict) or "id" not in answer:
            return {}
        sent = queries.sent_by(organisation_id=answer["id"], call=queries.locked_call(call.pk))
        if sent.exclude(submission=submission).count() < call.per_organisation:
            return {}
        return {key: limit_reached(call.per_organisation)}

    def on_sent(self, submission: Submission, answers: Answers) -> None:
        """Copy the amount, by which lists are sorted."""
        application: Application = self.object_of(submission)
        application.amount_requested = amount(submission, answers)
        application.save(update_fields=["amount_requested"])

    def plain_state(self, submission: Submission) -> PlainState:
        """Return one of the plain states; a draft says when it can no longer be sent."""
        state = State(self.state_of(submission))
        if state == State.DRAFT and self._call(submission).told() in {Standing.OVER, Standing.CLOSED}:
            return MISSED
        return PLAIN[state]

    def path(self, submission: Submission) -> list[Waypoint]:
        """Return the seven stations, with the dates of those behind and the one promised for the decision."""
        here = State(self.state_of(submission))
        reached = self._reached(submission)
        if here == State.WITHDRAWN:
            behind = [state for state in WAY if state in reached]
            end = Waypoint(
                label=here.label, text=PLAIN[here].text, at=reached.get(State.WITHDRAWN), here=True
            )
            return [*(self._station(state, reached, past=True) for state in behind), end]
        order = _in_order(here, reached)
        place = order.index(here)
        way = [
            self._station(
                state,
                reached if number <= place else {},
                past=number < place and state in reached,
                here=number == place,
            )
            for number, state in enumerate(order)
            if number >= place or state in reached
        ]
        decided_by = self._call(submission).decision_expected
        return [
            *way,
            Waypoint(
                label=_("Decision"),
                text=_("You get it in your language, with the reasons."),
                expected=decided_by,
            ),
            Waypoint(
                label=pgettext_lazy("last station of an application", "Grant"),
                text=_("If the answer is yes: contract and payment."),
            ),
        ]

    def next_steps(self, submission: Submission) -> list[str]:
        """Return what happens after sending."""
        decided_by = self._call(submission).decision_expected
        steps = [
            _("We look whether everything is there. If something is unclear, we write to you."),
            _("Then your application is compared with the others."),
            _("You get the decision in your language, with the reasons."),
        ]
        if decided_by:
            steps[-1] = _("By %(date)s you get the decision in your language, with the reasons.") % {
                "date": dates.day(decided_by)
            }
        return steps

    def panels(self, submission: Submission) -> list[Panel]:
        """Return call, amount and dates."""
        application: Application = self.object_of(submission)
        call = application.call
        facts: list[tuple[Any, Any]] = [(pgettext("for applications", "Call"), str(call))]
        if application.amount_requested is not None:
            asked = money.money(application.amount_requested, call.currency)
            facts.append((_("Amount requested"), asked))
        facts.append((_("Deadline"), moment(call.closes_at, call.zone) if call.closes_at else _("None")))
        if call.decision_expected:
            facts.append((_("Decision expected by"), dates.day(call.decision_expected)))
        return [Panel(title=self.label, facts=facts)]

    def subjects(self, units: QuerySet[Any]) -> list[tuple[str, str]]:
        """Return the calls of these units."""
        return [(call.code, str(call)) for call in queries.calls_of(units)]

    def of_subject(self, submissions: QuerySet[Submission], code: str) -> QuerySet[Submission]:
        """Return the applications for one call."""
        return submissions.filter(application__call__code=code)

    def export_columns(self) -> list[tuple[str, Any]]:
        """Return call, amount and currency; two columns, so that spreadsheets can add up."""
        return [
            ("call", lambda submission: self._call(submission).code),
            ("amount_requested", lambda submission: self.object_of(submission).amount_requested),
            ("currency", lambda submission: self._call(submission).currency),
        ]

    def _call(self, submission: Submission) -> Call:
        call: Call = self.object_of(submission).call
        return call

    def _reached(self, submission: Submission) -> dict[State, datetime]:
        """Return when each state was reached last; one question, or none if the changes are there."""
        reached = {State.DRAFT: submission.created_at}
        for change in submission.changes.all():
            reached[State(change.target)] = change.at
        if submission.received_at:
            reached[State.SUBMITTED] = submission.received_at
        return reached

    def _station(
        self, state: State, reached: Mapping[State, datetime], *, past: bool = False, here: bool = False
    ) -> Waypoint:
        plain = PLAIN[state]
        text = plain.text if here else (PAST if past else AHEAD)[state]
        return Waypoint(label=plain.label, text=text, at=reached.get(state), past=past, here=here)


def _in_order(here: State, reached: Mapping[State, datetime]) -> list[State]:
    """Return the stations; a question that was settled lies behind the check that goes on."""
    order = list(WAY)
    if here == State.SCREENING and State.CLARIFICATION in reached:
        order.remove(State.CLARIFICATION)
        order.insert(order.index(State.SCREENING), State.CLARIFICATION)
    return order


def limits_of(call: Call) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Return the smallest and the largest grant, by the role of the question that asks for the amount."""
    return {QuestionRole.AMOUNT_REQUESTED.value: (call.minimum, call.maximum)}


def why_closed(call: Call, standing: Standing) -> str:
    """Return why a call takes no application at that standing, with the date that says so."""
    if standing == Standing.AHEAD and call.opens_at:
        return _("Applications are taken from %(moment)s.") % {"moment": moment(call.opens_at, call.zone)}
    if standing == Standing.OVER and call.closes_at:
        return _("The deadline was %(moment)s.") % {"moment": moment(call.closes_at, call.zone)}
    return str(REASONS.get(standing, ""))


def limit_reached(limit: int) -> str:
    """Return what is said to an organisation that has sent as many applications as it may."""
    if limit == 1:
        return _("This organisation has already sent an application for this call; it may send one.")
    return _(
        "This organisation has already sent %(number)s applications for this call; it may not send more."
    ) % {"number": limit}


def answered(submission: Submission, answers: Answers, role: QuestionRole) -> tuple[str, Any]:
    """Return key and answer of the first question of a role that was answered; else nothing."""
    for key in questions_with(submission, role):
        if answers.get(key) is not None:
            return key, answers[key]
    return "", None


def amount(submission: Submission, answers: Answers) -> Decimal | None:
    """Return the amount requested, if a question asked for it."""
    _key, answer = answered(submission, answers, QuestionRole.AMOUNT_REQUESTED)
    text = answer.get("amount") if isinstance(answer, dict) else answer
    try:
        return None if text is None else Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        return None
