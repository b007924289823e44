"""Secret key, hosts, cookies and the content security policy."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from cms.settings.environment import SITE_URL, env

SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
"""Keys that were in use before: what was sealed or signed with them still opens."""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname])

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

RATE_LIMITS: dict[str, str] = {
    # A hub where everybody begins something on one afternoon stays below; a script does not.
    "begin": "20/m/ip,120/h/ip",
    # What was typed after a session had ended is kept in a new one: room for people, not for junk.
    "forms.keep": "60/h/ip",
    # Links and codes lead to what somebody wrote: of codes there are 2**40, tried eight an hour at most.
    "forms.find": "30/h/ip,8/h/key",
    "forms.code": "10/h/key",
    "forms.resume": "120/h/ip",
    "forms.link": "60/h/ip,6/h/key",
    "forms.links": "20/h/ip,3/h/key",
    "forms.write": "30/h/key",
}
"""How often an action may be done: "20/m/ip,5/m/key" (cms.core.security.limits)."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
