"""Links that are made without a request, in mails and jobs."""

from django.conf import settings
from django.urls import reverse

from cms.core.i18n import in_locale


def absolute(path: str) -> str:
    """Return `path` (starting with a slash) under the site's public address."""
    return f"{settings.SITE_URL}{path}"


def absolute_url(view_name: str, *args: object, language: str) -> str:
    """Return the public address of a named view in a language."""
    with in_locale(language):
        return absolute(reverse(view_name, args=args))
