"""People who run events, and their browsers."""

from django.test import Client

from cms.accounts.domain.sync_rights import sync_rights
from tests.accounts.factories import person_with
from tests.sessions import sign_in


def browser_of(person):
    """Return a browser in which somebody of the staff is signed in, who reads English."""
    person.preferred_language = "en"
    person.save()
    sync_rights(person)
    return sign_in(Client(raise_request_exception=False), person)


def browser_with(role, unit):
    """Return a browser of a new person with a role in a unit."""
    return browser_of(person_with(role, unit))
