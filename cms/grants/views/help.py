"""The helper's door: somebody fills in an application for a person who cannot do it alone."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.accounts.request import signed_in
from cms.accounts.second_factor import second_factor_required
from cms.core.arrival import arrived_at
from cms.core.security.limits import limited
from cms.core.security.once import key_of
from cms.forms.domain.errors import FormsError, NotAllowedError
from cms.forms.domain.start import Person
from cms.forms.presenters.help import HelpForm
from cms.grants import presenters
from cms.grants.domain import help_to_apply
from cms.grants.models import Call
from cms.grants.policy import may_help, units_of_helper
from cms.grants.views.calls import call_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_somebody(request: HttpRequest, code: str) -> HttpResponseBase:
    """Let helpers in, once they have proved a second factor; visitors are led to sign in.

    Raises:
        Http404: whoever asks is no helper, or the form is not for helpers.

    """
    call = call_or_404(code)
    if request.user.is_authenticated and not may_help(request.user, call):
        raise Http404
    return asked(request, call)


@second_factor_required
def asked(request: HttpRequest, call: Call) -> HttpResponse:
    """Ask for whom; begin a draft in that person's name."""
    form = HelpForm(request.POST or None, units=units_of_helper(request.user))
    if request.method == "POST" and form.is_valid():
        return begin(request, call, form)
    return shown(request, call, form)


def shown(
    request: HttpRequest, call: Call, form: HelpForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Show the form, with what stood in the way."""
    language = get_language() or settings.LANGUAGE_CODE
    facts = presenters.facts(call, language=language, minutes=None)
    context = {"form": form, "facts": facts, "problem": problem}
    return render(request, "cms_grants/help.html", context, status=status)


def begin(request: HttpRequest, call: Call, form: HelpForm) -> HttpResponse:
    """Begin a draft for the person and lead to it.

    Raises:
        BadRequest: the form carries no key, or one of somebody else.

    """
    key, helper = key_of(request), signed_in(request)
    if key is None:
        raise BadRequest
    if limited(request, "begin"):
        return render(request, "429.html", status=429)
    cleaned = form.cleaned_data
    try:
        submission = help_to_apply(
            call=call,
            helper=helper,
            unit=cleaned["unit"],
            person=Person(**{name: cleaned[name] for name in ("name", "email", "phone")}),
            language=cleaned["language"],
            key=key,
            arrived=arrived_at(request),
        )
    except NotAllowedError as error:
        raise BadRequest from error
    except FormsError as error:
        return shown(request, call, form, problem=error.text, status=409)
    return redirect("forms:tasks", token=submission.token)
