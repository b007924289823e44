"""Browsers of people who are signed in."""

from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from django.test import Client

from cms.accounts.models import User


def sign_in(client: Client, person: User, *, proven: bool = True) -> Client:
    """Sign a person in, by default with a second factor proved in this session; return the client."""
    client.force_login(person)
    if proven:
        session = client.session
        proof = {"id": 1, "type": "totp", "reauthenticated": True}
        record_authentication(SimpleNamespace(session=session), person, "mfa", **proof)
        session.save()
    return client
