"""The site, and one address more that enqueues a job and says what that cost."""

import time

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms import urls as site
from cms.jobs.outbox import enqueue


def alive(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive")


def submit(_request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the milliseconds of the job alone: row, commit, and what is done on commit."""
    began = time.perf_counter()
    with transaction.atomic():
        enqueue("fault.note", name=name)
    return HttpResponse(f"{(time.perf_counter() - began) * 1000:.3f}")


urlpatterns = [path("alive/", alive), path("submit/<str:name>/", submit), *site.urlpatterns]
