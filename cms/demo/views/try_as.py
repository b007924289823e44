"""Become one of the invented people with one click."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.models import User
from cms.demo.access import fits, from_this_machine
from cms.demo.domain.become import become
from cms.demo.moments import moment_of
from cms.demo.people import BY_CODE, PEOPLE


@require_safe
@never_cache
def try_as(request: HttpRequest) -> HttpResponse:
    """List the people, each with a button."""
    return render(request, "demo/try_as.html", {"people": PEOPLE})


@require_POST
def try_as_person(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in as a person (the button)."""
    return _signed_in(request, code)


@require_safe
@never_cache
def try_as_link(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Sign in as a person by the link in demo.json, which tools can follow.

    A GET that signs in could be planted on a foreign page: the token, different in every
    installation, keeps others from making such a link.
    """
    if not fits(code, token):
        raise Http404
    return _signed_in(request, code)


def _signed_in(request: HttpRequest, code: str) -> HttpResponse:
    person = BY_CODE.get(code)
    if person is None or not from_this_machine(request):
        raise Http404
    try:
        user = become(request=request, person=person)
    except User.DoesNotExist:
        messages.error(request, _("This person is gone. Reset the demonstration to bring them back."))
        return redirect("demo:tour")
    messages.success(request, _("You are now %(name)s.") % {"name": user.name})
    return redirect(moment_of(person, user))
