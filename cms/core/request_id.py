"""A number for each request: in its answer, in every line it logs, and in one line about itself."""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("cms.request")

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
"""What is taken over from a proxy; anything else could be a line break or a name."""
SECRETS = ("key", "uidb36", "token", "code", "mark")
"""Parts of addresses that open or prove something."""

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """Return the number of the request being answered, or nothing outside of one."""
    return _current.get()


class RequestIDMiddleware:
    """Give each request a number and log method, path, status and duration; never who asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the number's context."""
        given = request.headers.get(HEADER, "")
        number = given if GIVEN.fullmatch(given) else uuid4().hex
        token = _current.set(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            _log(request, response.status_code, time.perf_counter() - started)
        finally:
            _current.reset(token)
        return response


def _log(request: HttpRequest, status: int, seconds: float) -> None:
    path, ms = path_without_secrets(request), round(seconds * 1000)
    facts = {"method": request.method, "path": path, "status": status, "ms": ms}
    logger.info("%s %s %s", request.method, path, status, extra={"facts": facts})


def path_without_secrets(request: HttpRequest) -> str:
    """Return the path without query string and without keys that open something."""
    path = request.path
    for name, value in request.resolver_match.kwargs.items() if request.resolver_match else ():
        if name in SECRETS and value:
            path = path.replace(str(value), "…")
    return path
