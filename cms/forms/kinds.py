"""The kinds of intake: one engine, and a registry in which other rooms say what is special about theirs.

Forms knows no grant and no event. A room registers an instance of its `Kind` in `apps.py`; the
engine, the queue and the exports ask it. Its own object hangs on the submission, one to one, and
owns the state.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from cms.core.codes import Codes
from cms.core.formats.bidi import told_in
from cms.forms.enums import Phase, QuestionRole
from cms.forms.models import Submission
from cms.forms.transitions import Table

Answers = Mapping[str, Any]
"""Question key → JSON answer of every question that was asked; None where nothing was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Whether a submission may be begun or sent at a moment, and what to tell if not."""

    open: bool
    reason: Any = ""
    deadline: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody hands in for: a call, an event."""

    title: str
    code: str
    url: str = ""
    staff_url: str = ""
    language: str = ""
    """Of the title, where somebody has written it for readers."""
    note: str = ""
    """What tells it from others with the same title, such as the day."""

    @property
    def told(self) -> str:
        """Return the title for a page in the language in use."""
        return told_in(self.title, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainState:
    """A state in words for the person it concerns."""

    code: str
    label: Any
    text: Any = ""
    tag: str = ""
    """ "", "good", "warn", "bad" or "plain", as `components/tag.html` takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """One station on the way of a submission, as its owner sees it."""

    label: Any
    text: Any = ""
    at: datetime | None = None
    expected: date | None = None
    past: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Facts beside the answers on the page for staff."""

    title: Any
    facts: Sequence[tuple[Any, Any]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """The words with which people take back what they sent."""

    label: Any
    question: Any
    effect: Any
    yes: Any
    no: Any
    done: Any


WITHDRAWING = TakingBack(
    label=gettext_lazy("Withdraw it"),
    question=gettext_lazy("Withdraw it?"),
    effect=gettext_lazy(
        "Nobody works on it any more, and you cannot send it again. What you sent stays here for you to read."
    ),
    yes=gettext_lazy("Yes, withdraw it"),
    no=gettext_lazy("No, leave it"),
    done=gettext_lazy("You have withdrawn it. We have sent you a confirmation."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffWords:
    """What pages of staff call whoever sent it, in whole phrases."""

    who: Any
    reads: Any
    write: Any
    from_them: Any
    to_them: Any
    unseen: Any
    see: Any
    by_mail: Any
    by_call: Any
    all_see: Any


APPLICANT = StaffWords(
    who=gettext_lazy("The applicant"),
    reads=gettext_lazy("The applicant reads"),
    write=gettext_lazy("Write to the applicant"),
    from_them=gettext_lazy("from the applicant"),
    to_them=gettext_lazy("to the applicant"),
    unseen=gettext_lazy("The applicant does not see it."),
    see=gettext_lazy("The applicant sees the new state on their page."),
    by_mail=gettext_lazy("It goes out as a mail. The applicant reads %(language)s."),
    by_call=gettext_lazy(
        "There is no address: it becomes a call to make. The applicant speaks %(language)s."
    ),
    all_see=gettext_lazy("The applicants see the new state on their pages."),
)

PERSON = StaffWords(
    who=gettext_lazy("The person"),
    reads=gettext_lazy("The person reads"),
    write=gettext_lazy("Write to the person"),
    from_them=gettext_lazy("from the person"),
    to_them=gettext_lazy("to the person"),
    unseen=gettext_lazy("The person does not see it."),
    see=gettext_lazy("The person sees the new state on their page."),
    by_mail=gettext_lazy("It goes out as a mail. The person reads %(language)s."),
    by_call=gettext_lazy("There is no address: it becomes a call to make. The person speaks %(language)s."),
    all_see=gettext_lazy("They see the new state on their pages."),
)
"""For kinds with which nobody applies for anything."""


class Kind(ABC):
    """One kind of submission. Methods that only add have an empty answer here."""

    code: str
    label: Any
    plural: Any
    detail: str
    """The name of the one-to-one relation from the submission to the kind's object."""
    related: tuple[str, ...] = ()
    """What lists fetch along (`select_related`)."""
    subject_code: str = ""
    """The lookup from a submission to the code of its subject, by which drafts are counted."""
    states: type[Codes]
    phases: Mapping[str, Phase]
    transitions: Table
    submit_verb: str
    ask_verb: str = ""
    answer_verb: str = ""
    take_back_verb: str = ""
    withdraw_verb: str = ""
    view: str
    """The verb of the policy that lets staff read (cms.accounts.policy.allow)."""
    work: str
    """The verb that lets staff change, ask, write and pass on."""
    special: str
    """The verb that lets staff read answers of a special category."""
    withdrawn_template: str = "forms/withdrawn"
    """What somebody is told who has taken back what they sent."""
    taking_back: TakingBack = WITHDRAWING
    staff_words: StaffWords = APPLICANT
    short: bool = False
    """Whether people go through it in one go: no list of parts between the steps."""
    desk: bool = False
    """Whether whoever works on it also fills it in for people who come to a desk."""
    receipt_by_call: bool = True
    """Whether somebody rings a person without an address only to say that it has arrived."""
    watched: frozenset[str] = frozenset()
    """The roles of questions about which it is told as soon as a draft answers them otherwise (`drafted`)."""
    beside_template: str = ""
    """Shown beside the steps and the check of a draft; it knows `submission`, its tags know more."""
    own_template: str = ""
    """Shown on receipt and status, in the same way."""

    def object_of(self, submission: Submission) -> Any:
        """Return the kind's own object."""
        return getattr(submission, self.detail)

    def state_of(self, submission: Submission) -> str:
        """Return the code of its state."""
        state: str = self.object_of(submission).state
        return state

    def lock_shared(self, submission: Submission) -> None:  # noqa: B027 - most compete for nothing
        """Lock what many submissions compete for, before any of them is locked; keeps what it found.

        Raises:
            BusyError: others have held it for too long.

        """

    def lock_shared_of(self, submissions: Sequence[Submission]) -> None:  # noqa: B027 - as above
        """Lock what these compete for, in one order for everybody, before any of them is locked.

        Raises:
            BusyError: others have held some of it for too long.

        """

    @abstractmethod
    def lock(self, submission: Submission) -> Any:
        """Return the kind's own object, locked until the transaction ends."""

    @abstractmethod
    def subject(self, submission: Submission) -> Subject:
        """Return what it is handed in for, in the active language; no query of its own in lists."""

    @abstractmethod
    def prefix(self, submission: Submission) -> str:
        """Return what its reference begins with."""

    @abstractmethod
    def acceptance(self, submission: Submission, arrived: datetime) -> Acceptance:
        """Tell whether a request that arrived then may change or send it."""

    def limits(self, submission: Submission) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:  # noqa: ARG002 - for kinds that have some
        """Return the narrowest and widest answer by role of a question, such as the amount requested."""
        return {}

    def check(self, submission: Submission, answers: Answers) -> dict[str, Any]:  # noqa: ARG002 - for kinds that have rules
        """Return what is wrong across answers, by question key ("" for the whole)."""
        return {}

    def send_verb(self, submission: Submission, answers: Answers) -> str:  # noqa: ARG002 - as above
        """Return what sending means, asked under lock: where seats are counted it may be another verb."""
        return self.submit_verb

    def check_in_lock(self, submission: Submission, answers: Answers) -> dict[str, Any]:  # noqa: ARG002 - as above
        """Return what is wrong once the sender's turn has come: limits that others may have used up."""
        return {}

    def on_sent(self, submission: Submission, answers: Answers) -> None:  # noqa: B027 - nothing to do for most
        """Copy answers by role into the kind's object, in the transaction that sends."""

    @abstractmethod
    def plain_state(self, submission: Submission) -> PlainState:
        """Return where it stands, for the person."""

    @abstractmethod
    def path(self, submission: Submission) -> list[Waypoint]:
        """Return its stations, past and to come, for the person."""

    def receipt(self, submission: Submission) -> tuple[str, Mapping[str, Any]]:  # noqa: ARG002 - for kinds with words of their own
        """Return the template of the receipt and what it needs beyond the usual, in the language in use."""
        return "forms/receipt", {}

    def may_amend(self, submission: Submission, arrived: datetime) -> bool:  # noqa: ARG002 - for kinds that change afterwards
        """Tell whether the person may change answers after sending, without being asked to.

        The change is sent like everything else: `lock_shared`, `lock`, `check_in_lock`, `on_sent`. By
        then the kind's object holds what was sent before; its state stays as it is.
        """
        return False

    def may_withdraw(self, submission: Submission) -> bool:  # noqa: ARG002 - for kinds whose matter ends by itself
        """Tell whether what was sent can still be taken back, as far as its state allows it."""
        return True

    def next_steps(self, submission: Submission) -> list[str]:  # noqa: ARG002 - for kinds with something to tell
        """Return what happens after sending, as sentences in the active language."""
        return []

    def panels(self, submission: Submission) -> list[Panel]:  # noqa: ARG002 - as above
        """Return facts for staff."""
        return []

    def subjects(self, units: QuerySet[Any]) -> list[tuple[str, str]]:  # noqa: ARG002 - as above
        """Return what the queue can be narrowed to, as (code, label), in these units."""
        return []

    def of_subject(self, submissions: QuerySet[Submission], code: str) -> QuerySet[Submission]:  # noqa: ARG002 - as above
        """Return those handed in for one subject."""
        return submissions.none()

    def export_columns(self) -> list[tuple[str, Any]]:
        """Return columns of the kind's own, as (name, function of a submission)."""
        return []


def questions_with(submission: Submission, role: QuestionRole) -> Iterator[str]:
    """Yield the keys of the questions of a role."""
    for step in submission.version.structure.get("steps", ()):
        for item in step.get("items", ()):
            if item.get("role") == role.value and item.get("key"):
                yield item["key"]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind.

    Raises:
        ImproperlyConfigured: another one has this code.

    """
    if type(_kinds.setdefault(kind.code, kind)) is not type(kind):
        raise ImproperlyConfigured(f"Two kinds of submission are called {kind.code!r}.")


def get(code: str) -> Kind:
    """Return the kind of this code.

    Raises:
        KeyError: nobody has registered it.

    """
    return _kinds[code]


def of(submission: Submission) -> Kind:
    """Return the kind of a submission."""
    return _kinds[submission.kind]


def every() -> list[Kind]:
    """Return all kinds, in the order of their codes."""
    return [_kinds[code] for code in sorted(_kinds)]


def choices() -> list[tuple[str, Any]]:
    """Return the kinds as choices."""
    return [(kind.code, kind.label) for kind in every()]


def related() -> tuple[str, ...]:
    """Return what a list of all kinds fetches along."""
    return tuple(dict.fromkeys(name for kind in every() for name in (kind.detail, *kind.related)))
