"""Organisations, and what they have handed in: filled in and sent as people do, each at its moment."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import make_aware

from cms.accounts.domain.invite import invite
from cms.accounts.enums import OrganisationRole
from cms.accounts.models import Organisation, User
from cms.core import clock
from cms.core.i18n import in_locale
from cms.demo.people import BY_CODE
from cms.demo.seed.content import CONTENT, Values
from cms.demo.seed.filling import fill_in
from cms.forms.domain.assign import assign, set_due
from cms.forms.domain.clarify import clarify
from cms.forms.domain.start import Person
from cms.forms.domain.submit import submit
from cms.forms.domain.transition import transition
from cms.forms.domain.withdraw import withdraw
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.grants.domain.begin_application import begin_application, help_to_apply
from cms.grants.enums import ApplicationVerb
from cms.grants.models import Call


def seed_applications(folder: Path = CONTENT) -> None:
    """Fill in and send everything, unless somebody has handed in something already."""
    if Submission.objects.exists():
        return
    rows = tomllib.loads((folder / "applications.toml").read_text(encoding="utf-8"))
    organisations: dict[str, Organisation] = {}
    for code, row in rows["organisation"].items():
        organisations[code] = _organisation(row, organisations)
    today = clock.today()
    for place, row in sorted(enumerate(rows["application"]), key=lambda pair: int(pair[1]["sent"][:-1])):
        day = today + timedelta(days=int(row["sent"][:-1]))
        morning = make_aware(datetime.combine(day, time(10, 20)))
        with clock.stopped(morning), in_locale(row["language"]):
            submission = _filled(row, organisations, key=f"application.{place}")
            if row["state"] != "draft":
                submit(submission=submission, arrived=clock.now(), by=submission.owner or submission.helper)
        with clock.stopped(min(morning + timedelta(days=1), clock.now())):
            _move_on(submission, row, today)


def _organisation(row: Values, others: dict[str, Organisation]) -> Organisation:
    owner = row["owner"]
    invite(email=owner["email"], name=owner["name"], language=owner["language"], unit=None, roles=[], by=None)
    fields = {name: value for name, value in row.items() if name not in {"owner", "host"}}
    organisation = Organisation(**fields, host=others.get(row.get("host", "")))
    organisation.full_clean()
    organisation.save()
    person = User.objects.get(email=owner["email"])
    organisation.members.create(user=person, role=OrganisationRole.OWNER)
    return organisation


def _filled(row: Values, organisations: dict[str, Organisation], *, key: str) -> Submission:
    """Return a draft with everything that the texts answer."""
    submission = _begun(row, organisations, key)
    organisation = organisations.get(row.get("organisation", ""))
    journey = Journey(submission)
    for step in journey.outline.steps:
        if step.key in row.get("open", ()):
            continue
        answers = dict(row["answers"].get(step.key, {}))
        if "organisation" in answers and organisation:
            answers["organisation"] = str(organisation.pk)
        fill_in(journey, step, answers)
    submission.refresh_from_db()
    return submission


def _begun(row: Values, organisations: dict[str, Organisation], key: str) -> Submission:
    call = Call.objects.get(code=row["call"])
    common: dict[str, Any] = {
        "call": call,
        "language": row["language"],
        "key": uuid5(NAMESPACE_URL, f"demo/{key}"),
        "arrived": clock.now(),
    }
    if "helper" not in row:
        organisation = organisations.get(row.get("organisation", ""))
        owner = organisation.members.get().user if organisation else None
        return begin_application(owner=owner, **common)
    helper = User.objects.get(email=row["helper"])
    you = row["answers"]["you"]
    person = Person(name=you["name"], phone=you.get("phone", ""), email=you.get("email", ""))
    return help_to_apply(helper=helper, unit=helper.role_assignments.get().unit, person=person, **common)


def _move_on(submission: Submission, row: Values, today: date) -> None:
    """Do what officers and applicants have done since."""
    officer = User.objects.get(email=BY_CODE["officer"].email)
    submission.refresh_from_db()
    due = (today + timedelta(days=int(row["due"][:-1]))) if "due" in row else None
    if "assignee" in row:
        assign(submission=submission, to=User.objects.get(email=row["assignee"]), by=officer)
    if row["state"] in {"screening", "clarification", "in_review"}:
        transition(submission=submission, verb=ApplicationVerb.SCREEN, by=officer)
    if row["state"] == "clarification":
        clarify(submission=submission, text=row["question"], keys=row["ask"], due_on=due, by=officer)
    elif due:
        set_due(submission=submission, due_on=due, by=officer)
    if row["state"] == "in_review":
        transition(submission=submission, verb=ApplicationVerb.PASS_ON, by=officer)
    if row["state"] == "withdrawn":
        withdraw(submission=submission, by=submission.owner)
