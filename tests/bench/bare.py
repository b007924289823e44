"""The yardstick: Django with one view and nothing else."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = b"x" * int(os.environ.get("BENCH_SIZE", "20000"))
"""As long as the article it is compared with."""


def view(_request: HttpRequest) -> HttpResponse:
    """Answer the same each time."""
    return HttpResponse(PAGE)


urlpatterns = [path("", view)]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    LOGGING_CONFIG=None,
    ROOT_URLCONF=__name__,
    SECRET_KEY="not-secret-bench-only",
)
application = get_wsgi_application()
