"""A real site: TLS in front, a real secret, strict cookies."""

from cms.settings.base import *
from cms.settings.environment import SITE_URL, env

PRODUCTION = True
LONG = 50


def need(fact: object, otherwise: str) -> None:
    """Stop with one line if a site cannot run like that."""
    if not fact:
        raise SystemExit(f"Khidi cannot start: {otherwise}")


need(len(SECRET_KEY) >= LONG, f"SECRET_KEY is missing or shorter than {LONG} characters.")
need(SITE_URL.startswith("https://"), "SITE_URL must be the public address and start with https://.")
need(ALLOWED_HOSTS and "*" not in ALLOWED_HOSTS, "ALLOWED_HOSTS must name the hosts of the site.")

LOGGING["handlers"]["console"]["formatter"] = "json"

# A proxy that ends TLS says so in a header, which it must set itself, whatever the browser sends.
if header := env.str("PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{header.upper().replace('-', '_')}", "https")
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]  # Asked by machines inside, without TLS.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)

# A `__Host-` cookie comes over TLS, from this very host, for all paths: browsers see to it.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
