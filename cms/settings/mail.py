"""Outgoing mail: everything becomes a message row first; SMTP_URL says where it goes."""

from urllib.parse import urlsplit

from cms.settings.environment import SITE_URL, env

EMAIL_BACKEND = "cms.messages.backend.OutboxBackend"
"""Mail of libraries becomes a message row too."""

SMTP = env.email_url("SMTP_URL", default="consolemail://")
SMTP_TIMEOUT = env.int("SMTP_TIMEOUT", default=20)

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="office@khidi.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MESSAGE_ID_DOMAIN = env.str("MESSAGE_ID_DOMAIN", default=urlsplit(SITE_URL).hostname or "localhost")
"""Right side of every Message-ID: fixed, because asking DNS for the host name can stall."""
