"""Registrations: placed as people do it, over three weeks, by the same rules as on the site."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count, cycle
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import make_aware

from cms.accounts.models import User
from cms.core import clock
from cms.core.i18n import in_locale
from cms.demo.people import BY_CODE
from cms.demo.seed.content import CONTENT, Values
from cms.demo.seed.filling import fill_in
from cms.events.domain.answer_offer import lapse_offer
from cms.events.domain.begin_registration import begin_registration
from cms.events.enums import RegistrationState
from cms.events.models import Occurrence, Registration
from cms.forms.domain.submit import submit
from cms.forms.domain.withdraw import withdraw
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.jobs.enums import JobState
from cms.jobs.models import Job

LANGUAGES = ("ka", "ka", "ar", "ka", "en", "ka", "it", "ka", "de", "ka")
GROUPS = (1, 2, 1, 1, 3, 1, 2, 1, 4, 1)
CONTACTS = ("mail", "phone", "mail", "mail", "phone", "mail", "none", "mail", "phone", "mail")
NEEDS: tuple[list[str], ...] = ([], [], ["step_free"], [], [], ["childcare"], [], ["hearing"], [], [])

FIRST_DAY = 20
"""So many days ago the first ones registered."""


def seed_registrations(folder: Path = CONTENT) -> None:
    """Register people for the dates, unless somebody has registered already."""
    if Registration.objects.exists():
        return
    texts = tomllib.loads((folder / "registrations.toml").read_text(encoding="utf-8"))
    crowd = Crowd(texts["names"])
    for row in texts["date"]:
        event, number = row["code"].split("/")
        occurrence = Occurrence.objects.select_related("event__form__current", "event__unit").get(
            event__code=event, number=number
        )
        _fill_date(crowd, occurrence, row)
    # What was to be told then is told now: nothing of it is late.
    Job.objects.filter(state=JobState.QUEUED, run_after__lt=clock.now()).update(run_after=clock.now())


class Crowd:
    """People who come one after another, always the same ones."""

    def __init__(self, names: Values) -> None:
        self.number = count(1)
        self.languages, self.groups = cycle(LANGUAGES), cycle(GROUPS)
        self.contacts, self.needs = cycle(CONTACTS), cycle(NEEDS)
        self.names = {language: self._pairs(rows) for language, rows in names.items()}

    def _pairs(self, rows: Values) -> Iterator[tuple[str, str]]:
        return zip(cycle(rows["given"]), cycle([*rows["family"], rows["family"][0]]), strict=False)

    def next(self, people: int, contact: str = "") -> "Party":
        """Return the next who register, for so many people."""
        language = next(self.languages)
        given, family = next(self.names[language])
        others = [f"{next(self.names[language])[0]} {family}" for _ in range(people - 1)]
        return Party(
            number=next(self.number),
            language=language,
            names=[f"{given} {family}", *others],
            contact=contact or next(self.contacts),
            needs=next(self.needs),
        )


class Party:
    """Who comes on one registration."""

    def __init__(
        self, *, number: int, language: str, names: list[str], contact: str, needs: list[str]
    ) -> None:
        self.number, self.language, self.names, self.needs = number, language, names, needs
        self.email = f"guest{number:03}@khidi.example" if contact == "mail" else ""
        self.phone = f"+995 555 02 {number // 100:02} {number % 100:02}" if contact == "phone" else ""

    @property
    def answers(self) -> dict[str, Values]:
        """Return what they type, by step; forms ask for some of it."""
        told = {"name": self.names[0], "email": self.email, "phone": self.phone}
        return {
            "who": {**told, "people": self.names},
            "needs": {"access": self.needs},
            "you": {**told, "language": self.language},
        }


def _fill_date(crowd: Crowd, occurrence: Occurrence, row: Values) -> None:
    """Register, queue, cancel and let offers lapse, as the texts say."""
    left, parties = row["people"], []
    while left:
        most = occurrence.event.people_at_most
        parties.append(crowd.next(min(left, most, next(crowd.groups))))
        left -= len(parties[-1].names)
    gone = [crowd.next(1) for _ in range(row.get("cancelled", 0))]
    late = [
        crowd.next(people, contact)
        for people, contact in zip(row.get("waiting", ()), row.get("contact", ()), strict=True)
    ]
    span = timedelta(days=FIRST_DAY - 2) / (len(parties) + len(gone) + len(late))
    morning = make_aware(datetime.combine(clock.today() - timedelta(days=FIRST_DAY), time(9, 5)))
    placed = []
    for place, party in enumerate([*gone, *parties, *late]):
        with clock.stopped(morning + place * span):
            placed.append(_register(occurrence, party))
            if party in gone:
                withdraw(submission=placed[-1], by=None)
    _move_on(occurrence, placed[len(gone) :], row)


def _move_on(occurrence: Occurrence, placed: list[Submission], row: Values) -> None:
    """Let some cancel now, so that others move up, and some offers lapse."""
    left = row.get("cancelled_after", 0)
    for submission in placed:
        if left and submission.registration.seats == 1:
            withdraw(submission=submission, by=None)
            left -= 1
    if row.get("lapse"):
        offered = occurrence.registrations.filter(state=RegistrationState.OFFERED).order_by("pk")
        manager = User.objects.get(email=BY_CODE["event_manager"].email)
        for offer in offered.select_related("submission")[: row["lapse"]]:
            lapse_offer(submission=offer.submission, by=manager)


def _register(occurrence: Occurrence, party: Party) -> Submission:
    with in_locale(party.language):
        submission = begin_registration(
            occurrence=occurrence,
            owner=None,
            language=party.language,
            key=uuid5(NAMESPACE_URL, f"demo/registration.{party.number}"),
            arrived=clock.now(),
        )
        journey = Journey(submission)
        for step in journey.outline.steps:
            fill_in(journey, step, party.answers.get(step.key, {}))
        submit(submission=submission, arrived=clock.now(), by=None)
    submission.refresh_from_db()
    return submission
