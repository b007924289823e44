"""The page on which an application begins; opening it creates nothing."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.accounts.models import User
from cms.core.arrival import arrived_at
from cms.core.security.limits import limited
from cms.core.security.once import key_of
from cms.forms.domain.errors import FormsError, NotAllowedError
from cms.forms.enums import Door
from cms.forms.views.access import held, hold
from cms.grants import presenters
from cms.grants.domain import begin_application
from cms.grants.models import Call
from cms.grants.views.calls import call_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say what it is, until when and what one needs; begin a draft when asked to."""
    call = call_or_404(code)
    return begin(request, call) if request.method == "POST" else shown(request, call)


def shown(request: HttpRequest, call: Call, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Show the page, with what stood in the way of beginning."""
    page = presenters.start_page(
        call, user=request.user, held=held(request), language=get_language() or settings.LANGUAGE_CODE
    )
    return render(request, "cms_grants/start.html", {"page": page, "problem": problem}, status=status)


def begin(request: HttpRequest, call: Call) -> HttpResponse:
    """Begin a draft and lead to it; the same form sent twice leads to the same one.

    Raises:
        BadRequest: the form carries no key.

    """
    key = key_of(request)
    if key is None:
        raise BadRequest
    owner = request.user if isinstance(request.user, User) else None
    if owner is None and call.form.door == Door.ACCOUNT:
        return redirect_to_login(reverse("grants:start", args=[call.code]))
    if limited(request, "begin"):
        return render(request, "429.html", status=429)
    try:
        submission = begin_application(
            call=call,
            owner=owner,
            language=get_language() or settings.LANGUAGE_CODE,
            key=key,
            arrived=arrived_at(request),
        )
    except NotAllowedError as error:
        raise BadRequest from error
    except FormsError as error:
        return shown(request, call, problem=error.text, status=409)
    if owner is None:
        hold(request, submission)
    return redirect("forms:tasks", token=submission.token)
