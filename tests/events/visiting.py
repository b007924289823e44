"""How people register over HTTP: which addresses they open and what they post."""

from uuid import uuid4

from django.urls import reverse
from django.utils.translation import override

TYPED = {"who-person": "ნინო ბერიძე", "who-people": "ნინო ბერიძე", "who-phone": "", "who-email": ""}
"""The one step of a usual registration, filled in."""


def address(name, *arguments, language="en"):
    """Return the address of a route."""
    with override(language):
        return reverse(name, args=arguments)


def door(date, name="register", language="en"):
    """Return the door of a date."""
    return address(f"events:{name}", date.event.code, date.number, language=language)


def own(name, registration, language="en"):
    """Return a page about a registration, or a submission."""
    submission = getattr(registration, "submission", registration)
    return address(name, submission.token, language=language)


def typed(*, key=None, **more):
    """Return what a browser posts from the first page; `more` by the key of the question."""
    answers = {**TYPED, **{f"who-{name}": value for name, value in more.items()}}
    page = {"on-page": "person phone email people needs", "serial": "1"}
    return {"idempotency_key": str(key or uuid4()), **page, **answers}


def once():
    """Return what every form carries."""
    return {"idempotency_key": str(uuid4())}
