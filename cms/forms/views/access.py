"""Whom the pages about one submission let in: each of them asks here, and nothing else decides.

Tokens to which a browser has come by a link or a claim code are kept in its session.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.accounts.second_factor import lead_to_proof, proven
from cms.forms import kinds
from cms.forms.models import Submission
from cms.forms.policy import may_fill_in
from cms.forms.queries.own import by_token

HELD = "cms.forms.views.access"
MOST_HELD = 50
SAFE = frozenset({"GET", "HEAD"})

View = Callable[..., HttpResponseBase]


class SignInError(Exception):
    """Nobody is signed in: whoever it is may be the owner."""


class ProofError(SignInError):
    """A helper reads what others have told: a code by mail is not enough for that."""


def held(request: HttpRequest) -> frozenset[str]:
    """Return the tokens that this browser has come to."""
    return frozenset(request.session.get(HELD, ()))


def hold(request: HttpRequest, submission: Submission) -> None:
    """Let this browser come back to a submission until its session ends.

    Whoever knows the session's key from before, such as the last one at a shared computer, does not
    come along.
    """
    token = str(submission.token)
    if request.user.is_anonymous and request.session.session_key:
        request.session.cycle_key()
    others = [other for other in request.session.get(HELD, ()) if other != token]
    request.session[HELD] = [*others, token][-MOST_HELD:]


def admit(request: HttpRequest, submission: Submission) -> None:
    """Let a browser in that came by a link or a code, until it is closed: they lead back again."""
    hold(request, submission)
    if request.user.is_anonymous:
        request.session.set_expiry(0)


def submission_or_404(request: HttpRequest, token: UUID) -> Submission:
    """Return the submission of an address, with what its pages ask for.

    Raises:
        Http404: there is none, or it is not theirs; the two cannot be told apart.
        SignInError: nobody is signed in; said for every token, so that it tells nothing either.
        ProofError: a helper has not proved a second factor in this session.

    """
    submission = by_token(token, related=kinds.related())
    if submission and may_fill_in(request.user, submission, held=held(request)):
        helping = str(token) not in held(request) and submission.owner_id != request.user.pk
        if helping and not proven(request):
            raise ProofError
        if submission.owner_id and submission.owner_id == request.user.pk:
            submission.owner = request.user  # Known already: no need to read it again.
        return submission
    if request.user.is_anonymous:
        raise SignInError
    raise Http404


def private(view: View) -> View:
    """Keep a page out of every cache; lead to sign-in, or to a second factor, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ProofError:
            back = way_back(request, kwargs.get("token"))
            return lead_to_proof(request) if request.method in SAFE else redirect(back)
        except SignInError:
            return redirect_to_login(way_back(request, kwargs.get("token")))

    return never_cache(guarded)


def way_back(request: HttpRequest, token: UUID | None = None) -> str:
    """Return where somebody goes on after signing in: this page, or for a POST the list of parts."""
    if request.method in SAFE:
        return request.get_full_path()
    return reverse("forms:tasks", args=[token]) if token else reverse("forms:mine")
