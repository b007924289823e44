"""What must be set before a site sends mail."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

CONSOLE = "django.core.mail.backends.console.EmailBackend"


@register(Tags.security, deploy=True)
def mail_leaves_the_machine(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a real site whose mail is printed: sign-in codes would stand in the log."""
    if settings.SMTP["EMAIL_BACKEND"] == CONSOLE:
        hint = "SMTP_URL=smtp+tls://user:password@mail.example:587"
        return [Error("SMTP_URL is not set: mails would be printed.", hint=hint, id="messages.E001")]
    return []
