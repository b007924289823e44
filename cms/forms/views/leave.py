"""Leave a computer that others use, too, without having signed in."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget in this browser what it has come to; what was written stays where it is."""
    logout(request)
    messages.success(request, _("This computer has forgotten what you opened here."))
    return redirect("forms:mine")
