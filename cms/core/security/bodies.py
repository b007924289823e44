"""How much one request may bring along.

Django writes files to the disk as they come, before any view knows of them, and without an end: one
request that never stops would fill it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.core.formats.numbers import number

TOO_LARGE = 413
MB = 1024 * 1024


class BodyLimitMiddleware:
    """Refuse what says that it is larger, before anything reads it; what says nothing has no body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in words, in the language of the page."""
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if not length.isdecimal() or int(length[:20]) <= settings.LARGEST_BODY:
            return self.get_response(request)
        text = _("This is too much at once: at most %(most)s MB. Go back, and choose fewer or smaller files.")
        words = text % {"most": number(settings.LARGEST_BODY // MB)}
        return HttpResponse(words, status=TOO_LARGE, content_type="text/plain; charset=utf-8")
