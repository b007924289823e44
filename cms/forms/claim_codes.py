"""Codes with which somebody without a mailbox comes back: read out, written down, typed again."""

import hmac
import secrets
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: what looks alike is one sign, and no word can be spelt by accident."""

LENGTH, GROUP = 8, 4
SALT = "khidi.forms.claim"

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def make() -> str:
    """Return a new code in two groups: forty bits, of which each wrong try is counted."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{signs[:GROUP]}-{signs[GROUP:]}"


def tidy(text: str) -> str:
    """Return what somebody typed as it was given: no blanks or hyphens, look-alikes set right."""
    plain = unicodedata.normalize("NFKC", text).upper()
    signs = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain if sign.isalnum())
    return signs.translate(_ALIKE)


def digest(*, code: str, salt: str) -> str:
    """Return what is kept of a code; `salt` is the row's own."""
    return _digest(tidy(code), salt, settings.SECRET_KEY)


def fits(*, code: str, salt: str, kept: str) -> bool:
    """Tell whether it is the code behind `kept`; takes as long for a wrong one, and for none."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    found = [hmac.compare_digest(_digest(tidy(code), salt, key), kept) for key in keys]
    return any(found) and bool(kept)


def _digest(code: str, salt: str, secret: str) -> str:
    return salted_hmac(f"{SALT}.{salt}", code, secret=secret, algorithm="sha256").hexdigest()
