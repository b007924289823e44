"""Texts encrypted with keys that are derived from SECRET_KEY, one for each purpose.

A database dump or an administrator's query shows nothing, and what was sealed for one purpose opens
for no other. Old keys in SECRET_KEY_FALLBACKS still open what was sealed before a key was changed.
"""

import base64
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableError(Exception):
    """The text is gone, or its key is."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one purpose ("khidi.messages.vault")."""

    purpose: str

    def seal(self, text: str) -> str:
        """Return the text encrypted."""
        return self._keys().encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return the text behind `sealed`.

        Raises:
            UnreadableError: it was dropped, or no key of this site opens it.

        """
        try:
            return self._keys().decrypt(sealed).decode()
        except (InvalidToken, ValueError) as error:  # Not even base64: ValueError.
            raise UnreadableError from error

    def _keys(self) -> MultiFernet:
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return MultiFernet([_key(secret, self.purpose) for secret in secrets])


@lru_cache(maxsize=32)
def _key(secret: str, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
