"""How often something may be done, counted where sign-in counts its tries.

`RATE_LIMITS` says it for each action in allauth's words: "20/m/ip,5/m/key".
"""

from allauth.core.internal import ratelimit  # The public module knows the limits of sign-in only.
from django.conf import settings
from django.http import HttpRequest


def limited(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count one more try and tell whether it is one too many; a refused try is not counted.

    Raises:
        KeyError: `RATE_LIMITS` does not know the action; a typo must not mean "no limit".

    """
    config = {action: settings.RATE_LIMITS[action]}
    allowed = ratelimit.consume(request, app="khidi", action=action, config=config, key=key, limit_get=True)
    return allowed is None
