"""Text that staff must not read: encrypted in the row until it is sent.

A database dump or an administrator's query shows nothing; the key is derived from SECRET_KEY for
this purpose alone. Old keys in SECRET_KEY_FALLBACKS still open what waits while a key is changed.
"""

import base64
import json
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"khidi.messages.vault"


class Content(NamedTuple):
    """What a person reads or hears."""

    subject: str
    body: str


class UnreadableError(Exception):
    """The text is gone, or its key is."""


def seal(content: Content) -> str:
    """Return the text encrypted."""
    return _fernet().encrypt(json.dumps(content).encode()).decode()


def unseal(sealed: str) -> Content:
    """Return the text behind `sealed`.

    Raises:
        UnreadableError: it was dropped, or no key of this site opens it.

    """
    try:
        return Content(*json.loads(_fernet().decrypt(sealed)))
    except InvalidToken as error:
        raise UnreadableError from error


def _fernet() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
