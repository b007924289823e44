"""Who must prove a second factor, whether this session did, and the door that asks for it.

Whoever opens the admin proves one, whatever the role; views outside the admin that show other
people's data are marked with `second_factor_required`. A code by mail is the first factor.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from cms.accounts.policy import Person, must_prove_second_factor
from cms.accounts.request import signed_in
from cms.core.i18n import in_locale

View = Callable[..., HttpResponseBase]

DOORS = ("wagtailadmin_login", "wagtailadmin_logout")
"""Admin addresses that stay open: they only lead to our own sign-in and sign-out."""


def required(user: Person) -> bool:
    """Tell whether `user` must prove a second factor: a superuser, or a role that sees others' data."""
    return must_prove_second_factor(user)


def proven(request: HttpRequest) -> bool:
    """Tell whether the person signed in here proved a second factor in this session."""
    if not request.user.is_authenticated:
        return False
    # Without the user allauth answers with an empty list.
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_proven(request: HttpRequest, authenticator: Authenticator) -> None:
    """Count enrolling as proving: the person has just typed a code of the new app."""
    record_authentication(
        request, request.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def lead_to_proof(request: HttpRequest) -> HttpResponse:
    """Lead to enrolment, or to the question for a code if there is an app already, and then back.

    The admin's addresses name no language: the page speaks the person's own.

    Raises:
        PermissionDenied: for a script's request, which could not show either page.

    """
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    enrolled = Authenticator.objects.filter(user_id=request.user.pk)
    enrolled = enrolled.exclude(type=Authenticator.Type.RECOVERY_CODES)
    door = "mfa_reauthenticate" if enrolled.exists() else "mfa_activate_totp"
    # What was sent with a POST is gone: lead to a page that can be opened, never to the POST again.
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("wagtailadmin_home")
    with in_locale(signed_in(request).preferred_language):
        return redirect(f"{reverse(door)}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def second_factor_required(view: View) -> View:
    """Let only people in who are signed in and proved a second factor in this session."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not proven(request):
            return lead_to_proof(request)
        return view(request, *args, **kwargs)

    return checked


class SecondFactorMiddleware:
    """Guard every address of the admin before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Keep out whoever has no access (404) or did not prove a second factor.

        Visitors pass: the admin leads them to sign in. People without access are told nothing;
        Wagtail would send them to sign in, which they are, and so round in circles.
        """
        if not request.user.is_authenticated or not is_admin_path(request.path):
            return None
        if request.path in {reverse(name) for name in DOORS}:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        return None if proven(request) else lead_to_proof(request)


def is_admin_path(path: str) -> bool:
    """Tell whether an address belongs to the admin."""
    return path.startswith(reverse("wagtailadmin_home"))
