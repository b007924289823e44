"""Start the demonstration anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.demo.domain.reset import reset_demo


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reset(request: HttpRequest) -> HttpResponse:
    """Ask (GET), then forget what visitors did (POST)."""
    if request.method != "POST":
        return render(request, "demo/reset.html")
    reset_demo()
    request.session.flush()  # Its row is gone; writing to it again would be refused.
    messages.success(request, _("The demonstration starts anew."))
    return redirect("demo:tour")
