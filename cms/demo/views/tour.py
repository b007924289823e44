"""A short walk through the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.demo import presenters


@require_safe
@never_cache
def tour(request: HttpRequest) -> HttpResponse:
    """Show the stops."""
    return render(request, "demo/tour.html", {"stops": presenters.tour(get_language() or "")})
