"""Links that sign in without a password: on this machine only, and not to be guessed."""

import ipaddress

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "khidi.demo.try-as"


def token_of(role: str) -> str:
    """Return the part of a link that nobody can guess; it lasts as long as the secret key in VAR."""
    return salted_hmac(SALT, role, algorithm="sha256").hexdigest()[:32]


def fits(role: str, token: str) -> bool:
    """Tell whether a link is one of ours."""
    return constant_time_compare(token_of(role), token)


def from_this_machine(request: HttpRequest) -> bool:
    """Tell whether the request comes from this machine itself."""
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
