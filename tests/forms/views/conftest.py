"""Somebody with a draft, and their browser."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.enums import Role
from cms.forms.domain.clarify import clarify
from tests.accounts.conftest import mails  # noqa: F401 - a fixture, for whoever signs in with a code
from tests.accounts.factories import UserFactory, person_with
from tests.forms.factories import make_call, make_draft, make_filled, make_sent
from tests.sessions import sign_in


@pytest.fixture(autouse=True)
def during_the_call(stopped_clock):
    stopped_clock.set(datetime(2026, 11, 2, 11, 0, tzinfo=UTC))


@pytest.fixture
def person(db):
    return UserFactory(name="Nino")


@pytest.fixture
def browser(person):
    return sign_in(Client(), person, proven=False)


@pytest.fixture
def draft(person):
    return make_draft(make_call(), owner=person, language="en")


@pytest.fixture
def filled(person):
    return make_filled(make_call(), owner=person, language="en")


@pytest.fixture
def at():
    """Return the address of a page about a submission, in English: `at("step", draft, "project")`."""

    def address(name, submission=None, *arguments):
        token = [submission.token] if submission else []
        return reverse(f"forms:{name}", args=[*token, *arguments]).replace("/ka/", "/en/", 1)

    return address


@pytest.fixture
def save(browser, at):
    """Return a function that posts a step as its page does: `save(draft, "project", title="…")`."""

    def post(submission, step, button=None, *, client=None, serial=None, **typed):
        if serial is None:
            serial = submission.steps.filter(step=step).values_list("serial", flat=True).first() or 0
        data = {f"{step}-{name}": value for name, value in typed.items()}
        data |= {"wizard-current_step": step, "serial": serial}
        return (client or browser).post(at("step", submission, step), data | (button or {}))

    return post


# --- What was sent, and asked again -----------------------------------------------------------


@pytest.fixture
def sent(person):
    return make_sent(make_call(), owner=person, language="en")


@pytest.fixture
def officer(sent):
    return person_with(Role.OFFICER, sent.unit, name="Olga Officer")


@pytest.fixture
def ask(sent, officer):
    """Return a function that asks about questions: `ask("title", "partners")`."""

    def asked(*keys, text="Who is meant?", due_on=date(2026, 12, 20)):
        return clarify(submission=sent, text=text, keys=keys, due_on=due_on, by=officer)

    return asked


@pytest.fixture
def change(browser, at, sent):
    """Return a function that posts a step of the answer: `change("project", title="…")`."""

    def post(step, *, client=None, serial=None, files=None, button=None, **typed):
        row = sent.steps.filter(step=step).first()
        data = {f"{step}-{name}": value for name, value in typed.items()}
        data["serial"] = serial if serial is not None else row.serial if row else 0
        return (client or browser).post(at("answer_step", sent, step), data | (files or {}) | (button or {}))

    return post


@pytest.fixture
def reply(browser, at, sent):
    """Return a function that sends the answer to a question of the office."""

    def post(asked, text="", key=None, **more):
        data = {"number": asked.pk, "text": text, "idempotency_key": str(key or uuid4()), **more}
        return browser.post(at("answer", sent), data)

    return post
