"""When a request arrived: a deadline is judged by this moment, not by when a view ran.

Behind nginx the moment is that of the first byte only if request buffering is off for the URL.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from cms.core import clock

PATIENCE = timedelta(minutes=10)
"""A body on a slow line may take so long. Whoever holds one back for hours, to write on meanwhile,
arrives with its end."""


class ArrivalMiddleware:
    """The first middleware: notes the moment before anything reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the moment, then go on."""
        request.META["khidi.arrived_at"] = clock.now()
        return self.get_response(request)


def arrived_at(request: HttpRequest) -> datetime:
    """Return the aware moment at which the request reached the application."""
    now, noted = clock.now(), request.META.get("khidi.arrived_at")
    return noted if isinstance(noted, datetime) and now - noted <= PATIENCE else now
