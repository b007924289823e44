"""Everything that somebody has begun and sent."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cms.accounts.second_factor import proven
from cms.forms import kinds, policy
from cms.forms.policy import is_helper, works_at_a_desk
from cms.forms.presenters.mine import FindForm, entries_of
from cms.forms.queries.own import of_person
from cms.forms.views.access import ProofError, held


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the account and this browser hold, and the way to one that somebody else filled in.

    Raises:
        ProofError: among it is what a helper fills in for others.

    """
    helps = is_helper(request.user) or works_at_a_desk(request.user)
    if helps and not proven(request) and policy.helped_by(request.user).exists():
        raise ProofError
    return show_mine(request, FindForm())


def show_mine(request: HttpRequest, find_form: FindForm) -> HttpResponse:
    """Show the list; `find_form` says why a reference was not found."""
    tokens = held(request)
    found = of_person(policy.own(request.user, helping=proven(request)), held=tokens, related=kinds.related())
    context = {
        **entries_of(found, request.user),
        "find_form": find_form,
        "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
    }
    return render(request, "forms/mine.html", context)
