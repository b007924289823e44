from types import SimpleNamespace

import factory
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import Permission
from factory.django import DjangoModelFactory

from cms.accounts.enums import Role, UnitKind
from cms.accounts.models import RoleAssignment, Unit, User
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from cms.messages.vault import Content, seal


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"Office {n}")
    kind = UnitKind.OFFICE
    email = factory.LazyAttribute(lambda unit: f"{unit.code}@khidi.example")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    preferred_language = "en"


class MessageFactory(DjangoModelFactory):
    """A mail that was sent; no job belongs to it."""

    class Meta:
        model = Message

    class Params:
        queued = factory.Trait(state=MessageState.QUEUED, sent_at=None)
        dead = factory.Trait(state=MessageState.DEAD, error="550 SMTPRecipientsRefused", sent_at=None)
        call = factory.Trait(
            channel=Channel.CALL, state=MessageState.OPEN, email="", phone="+995 555 12 34 56", sent_at=None
        )
        hidden = factory.Trait(secret=True, subject="", body="")

    channel = Channel.MAIL
    template = "test"
    language = "en"
    name = factory.Sequence(lambda n: f"Nino {n}")
    email = factory.Sequence(lambda n: f"nino-{n}@example.org")
    unit = factory.SubFactory(UnitFactory)
    subject = "Your application arrived"
    body = "Hello,\n\nit is here.\n"
    state = MessageState.SENT


def secret_message(text, **fields):
    """Return a secret mail that waits to be sent."""
    return MessageFactory(hidden=True, queued=True, sealed=seal(Content("Code", text)), **fields)


def staff(*roles, unit, superuser=False):
    """Return a person who works in the admin."""
    person = PersonFactory(is_superuser=superuser)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for role in roles or (Role.OFFICER,):
        if unit is not None:
            RoleAssignment.objects.create(user=person, unit=unit, role=role)
    return person


def sign_in(client, person):
    """Sign a person in who has proved a second factor."""
    client.force_login(person)
    session = client.session
    record_authentication(SimpleNamespace(session=session), person, "mfa")
    session.save()
    return client
