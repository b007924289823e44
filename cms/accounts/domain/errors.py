"""Why something cannot be done, in words for whoever tried."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class RegisteredAlreadyError(Exception):
    """Somebody else has entered the organisation with this number."""

    message: Any = _(
        "An organisation with this number is here already. Ask whoever entered it to act for it, "
        "or write to us if you do not know who that is."
    )
