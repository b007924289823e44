"""Fixtures of this room: the mails that would leave, codes of an app, people who are signed in."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.utils.translation import get_language

from cms.accounts.enums import Role
from cms.accounts.second_factor import note_proven
from cms.messages.adapter import AccountAdapter
from tests.accounts.factories import UnitFactory, person_with

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - known to these tests only


class Mails(list):
    """What allauth wanted to send: template, address, context, language of the request."""

    @property
    def templates(self):
        return [mail.template for mail in self]

    @property
    def code(self):
        return self[-1].context["code"]


@pytest.fixture
def mails(monkeypatch):
    """Catch mails before the room of messages."""
    sent = Mails()

    def send_mail(_adapter, template, email, context):
        sent.append(SimpleNamespace(template=template, email=email, context=context, language=get_language()))

    monkeypatch.setattr(AccountAdapter, "send_mail", send_mail)
    return sent


@pytest.fixture(autouse=True)
def unhurried(settings):
    """Only tests of rate limits meet rate limits."""
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def app_time(monkeypatch):
    """Stop the clock of authenticator apps; returns an object whose `now` tests move."""
    moment = SimpleNamespace(now=1_800_000_000)
    monkeypatch.setattr(totp.time, "time", lambda: moment.now)
    return moment


def app_code(moment, secret=SECRET, *, steps=0):
    """Return what the app shows."""
    return totp.format_hotp_value(totp.hotp_value(secret, moment.now // 30 + steps))


def enrol(user):
    """Give `user` an app and recovery codes."""
    authenticator = totp.TOTP.activate(user, SECRET).instance
    RecoveryCodes.activate(user)
    return authenticator


def recovery_code(user):
    """Return an unused recovery code."""
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return held.wrap().get_unused_codes()[0]


def sign_in(client, user, *, proven=True):
    """Sign in without the journey; `proven` records a second factor as the journey does."""
    client.force_login(user)
    if proven:
        session = client.session
        request = SimpleNamespace(session=session, user=user)
        note_proven(request, SimpleNamespace(pk=0, type="totp"))
        session.save()


@pytest.fixture
def office(db):
    return UnitFactory(code="office", name="Office")


@pytest.fixture
def hub(office):
    return UnitFactory(code="hub", name="Hub", kind="hub", parent=office)


@pytest.fixture
def sibling(office):
    return UnitFactory(code="sibling", name="Sibling", kind="hub", parent=office)


@pytest.fixture
def partner(db):
    return UnitFactory(code="partner", name="Partner", partner=True)


@pytest.fixture
def admin(office):
    return person_with(Role.ADMIN, office, name="Admin")
