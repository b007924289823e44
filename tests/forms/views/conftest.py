"""Somebody with a draft, and their browser."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import mails  # noqa: F401 - a fixture, for whoever signs in with a code
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_draft, make_filled
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
