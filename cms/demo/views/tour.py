"""A short walk through the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.demo.presenters import TOUR


@require_safe
@never_cache
def tour(request: HttpRequest) -> HttpResponse:
    """Show the stops."""
    return render(request, "demo/tour.html", {"steps": TOUR})
